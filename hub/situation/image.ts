import { firstDays } from '../contract/live/scopes.ts'
import { provinceOf } from '../contract/vocabulary/areas.ts'
import type { Change, Group, Snapshot, Transaction, Tuple } from './change.ts'
import { COUNTED, COUNTED_BY_TABLE, type CountedTable } from './counted.ts'
import { countChange } from './counting.ts'
import { needsSnapshot } from './needs-snapshot.ts'
import { ROW_TABLES, type RowTable } from './row-tables.ts'

type Counted = { readonly day: string | undefined; readonly row: Tuple; n: number }
/** Of a table whose rows are kept: what a snapshot of PostgreSQL reads of it. */
type Kept = {
  readonly columns: readonly string[]
  readonly key: (row: Tuple) => string
  /** only if it travels as rows */
  readonly rows: RowTable | undefined
  readonly tuples: Map<string, Tuple>
}

/**
 * What a snapshot read from PostgreSQL would say, kept up to date by the stream: so that a new hub begins from it
 * without a read of the database. Pure; at a position it equals a snapshot that was taken there.
 */
export class Image {
  epoch = ''
  position = 0
  /** ms: when the newest folded commit was made */
  at = 0
  #today = ''
  /** table → of each of its metrics, dimensions → how many */
  readonly #groups = new Map<CountedTable, readonly Map<string, Counted>[]>()
  readonly #kept = new Map<string, Kept>()

  /** @param alsoRead tables beside ROW_TABLES → columns, the first of which is the key */
  constructor(alsoRead: Readonly<Record<string, readonly string[]>>) {
    for (const table of COUNTED)
      this.#groups.set(
        table,
        table.metrics.map(() => new Map()),
      )
    for (const [table, columns] of Object.entries(alsoRead)) {
      this.#kept.set(table, { columns, key: (row) => row[columns[0]!] ?? '', rows: undefined, tuples: new Map() })
    }
    for (const rows of ROW_TABLES) {
      const columns = [...new Set([...rows.columns, ...(alsoRead[rows.table] ?? [])])]
      this.#kept.set(rows.table, { columns, key: rows.id, rows, tuples: new Map() })
    }
  }

  reset(snapshot: Snapshot): void {
    for (const groups of this.#groups.values()) for (const each of groups) each.clear()
    for (const { tuples } of this.#kept.values()) tuples.clear()
    this.epoch = snapshot.epoch
    this.position = snapshot.position
    this.at = snapshot.at
    for (const { table, row } of snapshot.rows) this.#put(table, row)
    this.#today = this.#dayOf()
    for (const { table: name, metric: index, row, n } of snapshot.groups) {
      const table = COUNTED_BY_TABLE.get(name)
      const metric = table?.metrics[index]
      if (table === undefined || metric === undefined) throw new Error(`not a counted group: ${name} ${index}`)
      this.#add(table, index, row, n)
    }
  }

  /** @returns `resnapshot` when it cannot be folded, by the rules of the situation; nothing is changed then */
  apply(tx: Transaction): 'folded' | 'known' | 'resnapshot' {
    if (tx.position <= this.position) return 'known'
    if (tx.changes.some((change) => needsSnapshot(change, this.#today, this.#knows))) return 'resnapshot'
    this.position = tx.position
    this.at = tx.at
    for (const change of tx.changes) this.#fold(change)
    const today = this.#dayOf()
    if (today !== this.#today) this.#compact(today)
    return 'folded'
  }

  /** As it is now: to be read before the next transaction is folded. */
  snapshot(): Snapshot {
    return {
      epoch: this.epoch,
      position: this.position,
      at: this.at,
      groups: { [Symbol.iterator]: () => this.#eachGroup() },
      rows: { [Symbol.iterator]: () => this.#eachRow() },
    }
  }

  *#eachGroup(): Generator<Group> {
    for (const [table, metrics] of this.#groups) {
      for (const [metric, groups] of metrics.entries()) {
        for (const { row, n } of groups.values()) yield { table: table.table, metric, row, n }
      }
    }
  }

  *#eachRow(): Generator<{ table: string; row: Tuple }> {
    for (const [table, { tuples }] of this.#kept) for (const row of tuples.values()) yield { table, row }
  }

  #dayOf(): string {
    const [operation] = this.#kept.get('operation')?.tuples.values() ?? []
    return operation?.day ?? ''
  }

  readonly #knows = (rows: RowTable, row: Tuple): boolean => this.#kept.get(rows.table)!.tuples.has(rows.id(row))

  #fold(change: Change): void {
    if (change.kind === 'truncate') throw new Error('a TRUNCATE is a resnapshot')
    const counted = COUNTED_BY_TABLE.get(change.table)
    if (counted) {
      countChange(counted, change, (_column, _day, _area, amount, metric, row) => {
        this.#add(counted, counted.metrics.indexOf(metric), row, amount)
      })
    }
    const kept = this.#kept.get(change.table)
    if (kept === undefined) return
    if (change.kind === 'delete') {
      kept.tuples.delete(kept.key(change.old))
      return
    }
    if (change.kind === 'update' && change.old && kept.key(change.old) !== kept.key(change.row)) {
      kept.tuples.delete(kept.key(change.old))
    }
    this.#put(change.table, change.row)
  }

  #add(table: CountedTable, index: number, row: Tuple, amount: number): void {
    const metric = table.metrics[index]!
    const groups = this.#groups.get(table)![index]!
    const day = metric.day === undefined ? undefined : (row[metric.day] ?? undefined)
    const dimensions = [table.area, ...(metric.by ?? []), ...(metric.day === undefined ? [] : [metric.day])]
    const key = dimensions.map((column) => row[column]).join('|')
    const group = groups.get(key)
    if (group === undefined) {
      const own = Object.fromEntries(dimensions.map((column) => [column, row[column] ?? null]))
      groups.set(key, { day, row: own, n: amount })
    } else {
      group.n += amount
      if (group.n === 0) groups.delete(key)
    }
  }

  /** The words that a change did not bring are those of before. */
  #put(table: string, row: Tuple): void {
    const kept = this.#kept.get(table)
    if (kept === undefined) return
    const key = kept.key(row)
    if (kept.rows && kept.rows.place(row) === undefined) {
      kept.tuples.delete(key)
      return
    }
    const former = kept.tuples.get(key)
    const entries = kept.columns.flatMap((column) => {
      const value = row[column] === undefined ? former?.[column] : row[column]
      return value === undefined ? [] : [[column, value] as const]
    })
    kept.tuples.set(key, Object.fromEntries(entries))
  }

  /** The day has moved: flows are kept as far as a snapshot reads them (source/snapshot-sql.ts). */
  #compact(today: string): void {
    this.#today = today
    const { own, inside } = firstDays(today)
    for (const [table, metrics] of this.#groups) {
      for (const [index, groups] of metrics.entries()) {
        for (const [key, { day, row, n }] of [...groups]) {
          const area = row[table.area] ?? ''
          if (day === undefined || day >= inside || (day >= own && area === provinceOf(area))) continue
          groups.delete(key)
          if (day >= own) this.#add(table, index, { ...row, [table.area]: provinceOf(area) }, n)
        }
      }
    }
  }
}
