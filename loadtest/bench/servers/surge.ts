import { performance } from 'node:perf_hooks'
import type { Delta } from '../../../hub/contract/live/messages.ts'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import { Situation, type Transaction, type Tuple } from '../../../hub/situation/index.ts'
import { preciseNow } from './control.ts'

const DAY = '2021-11-11'
const OPERATION: Tuple = { id: '1', day: DAY, kind: 'drill', title_th: 'ซ้อม', title_en: 'Drill' }
const SEVERITIES = ['green', 'yellow', 'red'] as const
const CARE = ['waiting', 'hi', 'ci', 'field', 'hospitel', 'hospital'] as const
/** Commits are made in bundles of this time, as a replication stream brings them. */
const BUNDLE_MS = 10
/** Commits made in one bundle at most: a bench process that was held up does not try to catch up for ever. */
const BUNDLE_MAX = 1000

/** A real Situation that folds new cases all over the country: 10 districts in each of 77 provinces. */
export class Surge {
  readonly #situation = new Situation()
  #timer: NodeJS.Timeout | undefined
  #made = 0

  constructor() {
    const rows = [{ table: 'operation', row: OPERATION }]
    this.#situation.reset({ epoch: 'bench', position: 1, at: preciseNow(), groups: [], rows })
  }

  get epoch(): string {
    return this.#situation.epoch
  }

  get position(): number {
    return this.#situation.position
  }

  since(scope: Scope, position: number): Delta {
    return this.#situation.since(scope, position)
  }

  flush(): Delta[] {
    return this.#situation.flush()
  }

  hasDirty(): boolean {
    return this.#situation.hasDirty()
  }

  /** @param changed called after each folded commit, as main.ts does */
  run(perSecond: number, changed: () => void): void {
    clearInterval(this.#timer)
    if (perSecond === 0) return
    const began = performance.now()
    let done = 0
    this.#timer = setInterval(() => {
      const due = Math.floor(((performance.now() - began) / 1000) * perSecond)
      for (let i = 0; i < BUNDLE_MAX && done < due; i++, done++) {
        this.#situation.apply(this.#commit())
        changed()
      }
    }, BUNDLE_MS)
  }

  #commit(): Transaction {
    const n = this.#made++
    // 7919 is prime to all of them: neighbours in time are far apart in place, as they are in the field.
    const place = (n * 7919) % 770
    const row: Tuple = {
      id: String(n + 1),
      district: `${10 + Math.floor(place / 10)}${String(1 + (place % 10)).padStart(2, '0')}`,
      report_day: DAY,
      classification: 'confirmed',
      severity: SEVERITIES[n % SEVERITIES.length]!,
      stage: 'waiting',
      care_place: CARE[n % CARE.length]!,
      outcome: 'none',
      outcome_day: 'infinity',
      waiting: CARE[n % CARE.length] === 'waiting' ? 't' : 'f',
    }
    return { position: n + 2, at: preciseNow(), changes: [{ kind: 'insert', table: 'cases', row }] }
  }
}
