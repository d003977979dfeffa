import type { AlertRule } from '../contract/alerts/rules.ts'
import type { Area } from '../contract/indicators/indicator.ts'
import { provinceOf } from '../contract/vocabulary/areas.ts'
import type { Change, Transaction, Tuple } from '../situation/change.ts'
import { type Circumstances, onSince, type Places, type Reading, readAll } from './readings.ts'

/** How often a silence of hours is looked at: it reads every facility. */
const SILENCE_MS = 10_000

/** `touched`: what follows from the cells of an area, which a commit has to change · `always`: what time changes within a minute */
type Pace = 'touched' | 'always' | 'silence'
function paceOf({ indicator }: AlertRule): Pace {
  if (indicator === 'silence.facility') return 'silence'
  const isOfTime = indicator.startsWith('system.') || indicator === 'help.unverified' || indicator.endsWith('.oldest')
  return isOfTime ? 'always' : 'touched'
}

/** The provinces that commits have changed something in; `all` when it cannot be said. */
export class Touched {
  #provinces = new Set<string>()
  #all = true

  everything(): void {
    this.#all = true
  }

  add(tx: Transaction): void {
    for (const change of tx.changes) this.#change(change)
  }

  #change(change: Change): void {
    if (change.kind === 'truncate') this.#all = true
    else if (change.kind === 'insert') this.#row(change.row)
    else if (change.kind === 'delete') this.#row(change.old)
    else {
      this.#row(change.row)
      if (change.old) this.#row(change.old)
    }
  }

  #row({ district }: Tuple): void {
    if (district != null) this.#provinces.add(provinceOf(district))
  }

  /** @returns those since the last time; `null`: all */
  take(): ReadonlySet<string> | null {
    const touched = this.#all ? null : this.#provinces
    this.#all = false
    this.#provinces = new Set()
    return touched
  }
}

const within = (areas: readonly Area[], touched: ReadonlySet<string>) =>
  areas.filter(({ code }) => touched.has(provinceOf(code)))

/** What the rules say of every place, kept from look to look: only where something has changed is it read anew. */
export class Readings {
  #all: ReadonlyMap<string, Reading> = new Map()
  #since: ReadonlyMap<string, number> = new Map()
  #of = ''
  #silentAt = Number.NEGATIVE_INFINITY

  get all(): ReadonlyMap<string, Reading> {
    return this.#all
  }
  /** since when each has been on, ms since 1970 */
  get since(): ReadonlyMap<string, number> {
    return this.#since
  }

  /** Goes on from what the last that led has seen. */
  resume(since: ReadonlyMap<string, number>): void {
    this.#since = since
    this.#of = ''
  }

  /** Reads again. @returns whether a rule says of some place what it did not say before */
  read(
    rules: readonly AlertRule[],
    places: Places,
    touched: ReadonlySet<string> | null,
    around: Circumstances,
  ): boolean {
    const { now, today } = around
    const of = `${today} ${JSON.stringify(rules)}`
    const anew = touched === null || of !== this.#of
    const silence = anew || now - this.#silentAt >= SILENCE_MS
    if (silence) this.#silentAt = now
    this.#of = of
    const paced = (pace: Pace) => rules.filter((rule) => paceOf(rule) === pace)
    const changed = anew
      ? places
      : { provinces: within(places.provinces, touched), districts: within(places.districts, touched) }
    const kept = anew
      ? []
      : [...this.#all].filter(([, { rule }]) => paceOf(rule) === 'touched' || (paceOf(rule) === 'silence' && !silence))
    const all = new Map([
      ...kept,
      ...(anew || touched.size > 0 ? readAll(paced('touched'), changed, around) : []),
      ...readAll(paced('always'), places, around),
      ...(silence ? readAll(paced('silence'), places, around) : []),
    ])
    const isNew = saysAnother(this.#all, all)
    this.#all = all
    this.#since = onSince(this.#since, all, now)
    return isNew
  }
}

function saysAnother(before: ReadonlyMap<string, Reading>, readings: ReadonlyMap<string, Reading>): boolean {
  if (before.size !== readings.size) return true
  for (const [key, { verdict }] of readings) if (before.get(key)?.verdict !== verdict) return true
  return false
}
