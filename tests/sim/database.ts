import { addDays } from '../../hub/contract/vocabulary/days.ts'
import type { Change, Group, Snapshot, Transaction, Tuple } from '../../hub/situation/change.ts'
import { COUNTED } from '../../hub/situation/counted.ts'
import { contributions } from '../../hub/situation/counting.ts'

const STAGES = ['reported', 'waiting', 'closed', 'duplicate'] as const
const DISTRICTS = ['5001', '5002', '1001', '0000']
const SEVERITIES = ['green', 'yellow', 'red']
const CASES_MAX = 12
const FACILITIES_MAX = 3
/** Commits that a promotion may lose. */
const LOST_MAX = 5

/** The counted groups of these rows of a table, one for each row and metric, as a snapshot of them would have. */
function groupsOf(name: string, rows: Iterable<Tuple>): Group[] {
  const table = COUNTED.find((counted) => counted.table === name)!
  return [...rows].flatMap((row) =>
    table.metrics.flatMap((metric, i) => {
      let n = 0
      contributions({ ...table, metrics: [metric] }, row, 1, (_column, _day, _area, amount) => {
        n = amount
      })
      return n === 0 ? [] : [{ table: name, metric: i, row, n }]
    }),
  )
}

type State = {
  readonly position: number
  readonly cases: ReadonlyMap<number, Tuple>
  readonly facilities: ReadonlyMap<number, Tuple>
  readonly operation: Tuple
}

/** The truth: a few cases and facilities, a log of commits, and a snapshot of now. Another epoch loses the log's end. */
export class SimulatedDatabase {
  epoch = 'e1'
  position = 1000
  readonly log: Transaction[] = []
  #cases = new Map<number, Tuple>()
  #facilities = new Map<number, Tuple>()
  #operation: Tuple = { id: '1', day: '2021-11-11', kind: 'drill', title_th: '', title_en: '' }

  /** before each of the newest commits, the oldest first */
  readonly #past: State[] = []

  /** @param at ms */
  commit(random: () => number, at: number): Transaction {
    this.#past.push(this.#state())
    if (this.#past.length > LOST_MAX) this.#past.shift()
    const changes: Change[] = []
    for (let i = 0; i <= Math.floor(random() * 3); i++) changes.push(this.#change(random))
    this.position += 1 + Math.floor(random() * 50)
    const tx = { position: this.position, at, changes }
    this.log.push(tx)
    return tx
  }

  /** A standby takes over that had not got the newest commits: they are lost, and their positions are taken again. */
  promote(random: () => number): void {
    this.epoch = `e${Number(this.epoch.slice(1)) + 1}`
    const known = [...this.#past, this.#state()]
    const { position, cases, facilities, operation } = known[Math.floor(random() * known.length)]!
    this.position = position
    this.#cases = new Map(cases)
    this.#facilities = new Map(facilities)
    this.#operation = operation
    this.#past.length = 0
    this.log.length = 0
  }

  #state(): State {
    const { position } = this
    return { position, cases: new Map(this.#cases), facilities: new Map(this.#facilities), operation: this.#operation }
  }

  snapshot(): Snapshot {
    const groups = [...groupsOf('cases', this.#cases.values()), ...groupsOf('facilities', this.#facilities.values())]
    const facilities = [...this.#facilities.values()].map((row) => ({ table: 'facilities', row }))
    const rows = [{ table: 'operation', row: this.#operation }, ...facilities]
    return { epoch: this.epoch, position: this.position, at: 0, groups, rows }
  }

  #change(random: () => number): Change {
    const roll = random()
    if (roll < 0.03) return this.#nextDay()
    return roll < 0.25 ? this.#changeFacility(random) : this.#changeCase(random)
  }

  #nextDay(): Change {
    this.#operation = { ...this.#operation, day: addDays(this.#operation.day ?? '', 1) }
    return { kind: 'update', table: 'operation', row: this.#operation, old: null }
  }

  #changeCase(random: () => number): Change {
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
    const id = Math.floor(random() * CASES_MAX)
    const old = this.#cases.get(id)
    if (old !== undefined && random() < 0.3) {
      this.#cases.delete(id)
      return { kind: 'delete', table: 'cases', old }
    }
    const row: Tuple = {
      id: String(id),
      district: pick(DISTRICTS),
      report_day: addDays(this.#operation.day ?? '', -Math.floor(random() * 20)),
      classification: 'confirmed',
      severity: pick(SEVERITIES),
      stage: pick(STAGES),
      risk608: 'f',
      care_place: 'waiting',
      outcome: 'none',
      outcome_day: 'infinity',
      waiting: random() < 0.7 ? 't' : 'f',
    }
    this.#cases.set(id, row)
    return old === undefined ? { kind: 'insert', table: 'cases', row } : { kind: 'update', table: 'cases', row, old }
  }

  #changeFacility(random: () => number): Change {
    const id = Math.floor(random() * FACILITIES_MAX)
    const old = this.#facilities.get(id)
    if (old !== undefined && random() < 0.4) {
      this.#facilities.delete(id)
      return { kind: 'delete', table: 'facilities', old }
    }
    const district = random() < 0.5 ? '5001' : '1001'
    const row: Tuple = {
      id: String(id),
      district,
      kind: 'hospital',
      name_th: 'รพ.',
      name_en: `Hospital ${Math.floor(random() * 9)}`,
      lat: null,
      lon: null,
      active: random() < 0.9 ? 't' : 'f',
      late: random() < 0.2 ? 't' : 'f',
      reported_at: null,
      hours: null,
    }
    this.#facilities.set(id, row)
    return old === undefined
      ? { kind: 'insert', table: 'facilities', row }
      : { kind: 'update', table: 'facilities', row, old }
  }
}
