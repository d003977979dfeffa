import { cellKey } from '../contract/live/apply.ts'
import { hashText } from '../contract/live/checksum.ts'
import type { Delta } from '../contract/live/messages.ts'
import { publicValue } from '../contract/live/public-values.ts'
import { type Row, rowKey } from '../contract/live/rows.ts'
import { cellScopes, isEphemeral, publicScope, type Scope } from '../contract/live/scopes.ts'
import { columnDay } from '../contract/vocabulary/metrics.ts'
import type { Change, Snapshot, Transaction, Tuple } from './change.ts'
import { COUNTED_BY_TABLE } from './counted.ts'
import { areaAndAbove, countChange, metricColumn } from './counting.ts'
import { needsSnapshot } from './needs-snapshot.ts'
import { lacksWords, withFormerWords } from './row-table.ts'
import { ROWS_BY_TABLE, type RowTable } from './row-tables.ts'
import { type Cell, ScopeView } from './scope-view.ts'

/** Ranges of positions that snapshots have skipped, kept apart; beyond that the oldest become one. */
const SKIPPED_MAX = 32

/** Digits of a district's code. */
const DISTRICT = 4

/** `resnapshot`: the change cannot be folded (TRUNCATE, the operation's day set back, a row without its words); the source must start anew. */
export type Folded = 'folded' | 'known' | 'resnapshot'

/**
 * The materialised view over the WAL: pure, and the same on every hub process at the same position. It is filled by
 * `reset(snapshot)` and moved by `apply(transaction)`; readers ask `since(scope, position)`.
 */
export class Situation {
  epoch = ''
  position = 0
  /** ms: when the newest folded commit was made */
  at = 0
  today = ''
  readonly #cells = new Map<string, Cell>()
  /** of districts, as those without an account see them; only what has ever been other than 0 */
  readonly #publicCells = new Map<string, Cell>()
  readonly #views = new Map<Scope, ScopeView>()
  readonly #areaViews = new Map<string, readonly ScopeView[]>()
  /** the scopes each row stands in, to take it out of those it leaves */
  readonly #scopesOfRow = new Map<string, readonly Scope[] | 'all'>()
  /** of the rows that stand in every scope */
  readonly #keysInAll = new Set<string>()
  readonly #dirty = new Set<ScopeView>()
  /** a snapshot is filling it from nothing */
  #filling = false
  /**
   * Positions strictly inside were never seen here, the ends were. A client of another hub that stands there may hold a
   * row that came and went, or a value that was back at the end: no difference and no tombstone tells of them.
   */
  #skipped: { readonly after: number; readonly before: number }[] = []

  /**
   * Take a snapshot. In the same epoch only what differs counts as changed, so that clients resume over a broken
   * stream by deltas; in another epoch everything is new.
   * @returns `replaced` when nothing a client holds can be built upon: another epoch, a position or an operation's
   * day that went back. Every subscriber then needs the whole scope anew.
   */
  reset(snapshot: Snapshot): 'replaced' | 'moved' {
    const rows = [...snapshot.rows]
    const today = rows.find(({ table }) => table === 'operation')?.row.day
    if (today == null) throw new Error('the table operation is empty: run the migrations and the seed')
    const replaced = snapshot.epoch !== this.epoch || snapshot.position < this.position || today < this.today
    this.#filling = replaced
    if (replaced) this.#clear()
    else this.#skip(this.position, snapshot.position)
    this.epoch = snapshot.epoch
    this.position = snapshot.position
    this.at = snapshot.at
    this.#setDay(today)
    this.#resetCells(snapshot)
    this.#resetRows(rows)
    if (replaced) for (const view of this.#views.values()) view.filled(this.position)
    this.#filling = false
    return replaced ? 'replaced' : 'moved'
  }

  apply(tx: Transaction): Folded {
    if (tx.position <= this.position) return 'known'
    if (tx.changes.some((change) => needsSnapshot(change, this.today, this.#knows))) return 'resnapshot'
    this.position = tx.position
    this.at = tx.at
    for (const change of tx.changes) this.#fold(change)
    return 'folded'
  }

  /** Everything of a scope that changed after `position`; `position` 0 is the snapshot. Never ahead of `this.position`. */
  since(scope: Scope, position: number): Delta {
    // A case that nobody looks at, a facility nobody comes to, has no view; one made for every question would be kept for ever.
    const view = isEphemeral(scope) ? (this.#views.get(scope) ?? this.#newView(scope)) : this.#view(scope)
    const unknown = this.#skipped.some(({ after, before }) => after < position && position < before)
    return view.since(unknown ? 0 : position, this.position)
  }

  #skip(after: number, before: number): void {
    if (before - after < 2) return
    this.#skipped.push({ after, before })
    const [first, second] = this.#skipped
    if (this.#skipped.length <= SKIPPED_MAX || !first || !second) return
    this.#skipped.splice(0, 2, { after: first.after, before: second.before })
  }

  /** The position of the newest commit that touched the scope. */
  movedAt(scope: Scope): number {
    return this.#views.get(scope)?.moved ?? 0
  }

  /** The value of a cell that some scope shows, as screens have it; 0 where nothing was counted. */
  cell(column: string, area: string): number {
    return this.#cells.get(cellKey(column, area))?.value ?? 0
  }

  /** The row of this key, or `undefined` when it stands in no scope. */
  row(key: string): Row | undefined {
    const scopes = this.#scopesOfRow.get(key)
    if (scopes === undefined) return undefined
    return scopes === 'all' ? this.#rowInAll(key) : this.#views.get(scopes[0]!)?.rows.get(key)?.row
  }

  /** The commit that last changed a row; `undefined` when it stands in no scope. */
  positionOf(key: string): number | undefined {
    const scopes = this.#scopesOfRow.get(key)
    return Array.isArray(scopes) ? this.#views.get(scopes[0])?.rows.get(key)?.position : undefined
  }

  /** All rows of a scope; of one that nobody has filled, none. */
  rows(scope: Scope): readonly Row[] {
    return [...(this.#views.get(scope)?.rows.values() ?? [])].map(({ row }) => row)
  }

  hasDirty(): boolean {
    return this.#dirty.size > 0
  }

  /** The live deltas of all scopes that changed since the last flush. */
  flush(): Delta[] {
    const deltas: Delta[] = []
    for (const view of this.#dirty) {
      if (view.dirty) deltas.push(view.take(this.position))
      if (isEphemeral(view.scope) && view.rows.size === this.#keysInAll.size) this.#views.delete(view.scope)
    }
    this.#dirty.clear()
    return deltas
  }

  size(): { readonly cells: number; readonly rows: number; readonly scopes: number } {
    return { cells: this.#cells.size, rows: this.#scopesOfRow.size, scopes: this.#views.size }
  }

  #clear(): void {
    this.#cells.clear()
    this.#publicCells.clear()
    this.#views.clear()
    this.#scopesOfRow.clear()
    this.#keysInAll.clear()
    this.#areaViews.clear()
    this.#dirty.clear()
    this.#skipped = []
    this.today = ''
  }

  #view(scope: Scope): ScopeView {
    const known = this.#views.get(scope)
    if (known) return known
    const view = this.#newView(scope)
    this.#views.set(scope, view)
    return view
  }

  #newView(scope: Scope): ScopeView {
    const view = new ScopeView(scope, this.#filling)
    view.setDay(this.today)
    view.flushed = this.position
    view.horizon = this.position
    for (const [key, scopes] of this.#scopesOfRow) {
      const row = scopes === 'all' ? this.#rowInAll(key) : undefined
      if (row) view.setRow(key, row, this.position)
    }
    view.take(this.position)
    view.at = this.at
    return view
  }

  /** A row of every scope, found in any of them. */
  #rowInAll(key: string): Row | undefined {
    for (const view of this.#views.values()) {
      const entry = view.rows.get(key)
      if (entry) return entry.row
    }
    return undefined
  }

  readonly #knows = (rows: RowTable, tuple: Tuple): boolean => this.row(rowKey(rows.kind, rows.id(tuple))) !== undefined

  #fold(change: Change): void {
    if (change.kind === 'truncate') throw new Error('a TRUNCATE is a resnapshot')
    const counted = COUNTED_BY_TABLE.get(change.table)
    if (counted) countChange(counted, change, this.#addAbove)
    const rows = ROWS_BY_TABLE.get(change.table)
    if (rows === undefined) return
    if (change.kind === 'delete') {
      this.#removeRow(rowKey(rows.kind, rows.id(change.old)))
      return
    }
    if (change.kind === 'update' && change.old && rows.id(change.old) !== rows.id(change.row)) {
      this.#removeRow(rowKey(rows.kind, rows.id(change.old)))
    }
    if (rows.table === 'operation') this.#setDay(change.row.day ?? '')
    this.#placeRow(rows, change.row)
  }

  readonly #addAbove = (column: string, day: string | undefined, area: string, amount: number): void => {
    for (const at of areaAndAbove(area)) this.#setCell(column, day, at, amount, 'add')
  }

  #setCell(column: string, day: string | undefined, area: string, amount: number, how: 'add' | 'set'): void {
    const views = this.#viewsOf(area)
    if (!views.some((view) => view.shows(area, day))) return
    const key = cellKey(column, area)
    const before = this.#cells.get(key)?.value ?? 0
    const value = how === 'add' ? before + amount : amount
    if (value === before) return
    const cell = this.#cellOf(this.#cells, key, column, day, area)
    this.#moveCell(cell, value, views)
    if (area.length === DISTRICT) this.#moveInPublic(cell)
  }

  /** Those without an account are told only when what they may see of a district changes. */
  #moveInPublic({ key, column, day, area, value }: Cell): void {
    const shown = publicValue(column, area, value)
    if (shown === (this.#publicCells.get(key)?.value ?? 0)) return
    const cell = this.#cellOf(this.#publicCells, key, column, day, area)
    this.#moveCell(cell, shown, [this.#view(publicScope(area))])
  }

  #cellOf(cells: Map<string, Cell>, key: string, column: string, day: string | undefined, area: string): Cell {
    const known = cells.get(key)
    if (known) return known
    const cell = { key, column, day, area, keyHash: hashText(key), value: 0, position: this.position }
    cells.set(key, cell)
    return cell
  }

  #moveCell(cell: Cell, value: number, views: readonly ScopeView[]): void {
    const before = cell.value
    cell.value = value
    cell.position = this.position
    for (const view of views) {
      view.cellChanged(cell, before)
      this.#touch(view)
    }
  }

  #viewsOf(area: string): readonly ScopeView[] {
    const known = this.#areaViews.get(area)
    if (known) return known
    const views = cellScopes(area).map((scope) => this.#view(scope))
    this.#areaViews.set(area, views)
    return views
  }

  #touch(view: ScopeView): void {
    view.at = this.at
    view.moved = this.position
    if (!this.#filling) this.#dirty.add(view)
  }

  #setDay(day: string): void {
    if (day === this.today) return
    this.today = day
    for (const view of this.#views.values()) view.setDay(day)
    for (const cells of [this.#cells, this.#publicCells]) {
      for (const [key, cell] of cells) {
        if (!this.#viewsOf(cell.area).some((view) => view.shows(cell.area, cell.day))) cells.delete(key)
      }
    }
  }

  #placeRow(table: RowTable, tuple: Tuple): void {
    const key = rowKey(table.kind, table.id(tuple))
    const placed = table.place(tuple)
    if (placed === undefined) {
      this.#removeRow(key)
      return
    }
    const former = lacksWords(table, tuple) ? this.row(key) : undefined
    const row = former === undefined ? placed.row : withFormerWords(table, tuple, placed.row, former)
    const before = this.#scopesOfRow.get(key)
    this.#scopesOfRow.set(key, placed.scopes)
    if (placed.scopes === 'all') this.#keysInAll.add(key)
    if (Array.isArray(before)) {
      for (const scope of before) {
        if (placed.scopes !== 'all' && !placed.scopes.includes(scope)) this.#removeFrom(scope, key)
      }
    }
    const views = placed.scopes === 'all' ? [...this.#views.values()] : placed.scopes.map((scope) => this.#view(scope))
    for (const view of views) {
      view.setRow(key, row, this.position)
      this.#touch(view)
    }
  }

  #removeRow(key: string): void {
    const scopes = this.#scopesOfRow.get(key)
    if (scopes === undefined) return
    this.#scopesOfRow.delete(key)
    this.#keysInAll.delete(key)
    for (const scope of scopes === 'all' ? this.#views.keys() : scopes) this.#removeFrom(scope, key)
  }

  #removeFrom(scope: Scope, key: string): void {
    const view = this.#view(scope)
    view.removeRow(key, this.position)
    this.#touch(view)
  }

  #resetCells(snapshot: Snapshot): void {
    // Column → area → value: a key of both is made once for each cell, not for each group that adds to it.
    const values = new Map<string, Map<string, number>>()
    for (const group of snapshot.groups) {
      const table = COUNTED_BY_TABLE.get(group.table)
      const metric = table?.metrics[group.metric]
      if (table === undefined || metric === undefined) throw new Error(`not a counted group: ${group.table}`)
      const column = metricColumn(metric, group.row)
      let areas = values.get(column)
      if (areas === undefined) {
        areas = new Map()
        values.set(column, areas)
      }
      for (const area of areaAndAbove(group.row[table.area] ?? '')) areas.set(area, (areas.get(area) ?? 0) + group.n)
    }
    for (const { column, day, area } of this.#cells.values()) {
      if (!values.get(column)?.has(area)) this.#setCell(column, day, area, 0, 'set')
    }
    for (const [column, areas] of values) {
      const day = columnDay(column)
      for (const [area, value] of areas) this.#setCell(column, day, area, value, 'set')
    }
  }

  #resetRows(rows: readonly { readonly table: string; readonly row: Tuple }[]): void {
    const before = [...this.#scopesOfRow.keys()]
    const seen = new Set<string>()
    this.#view('nation')
    this.#view('alerts')
    for (const { table, row } of rows) {
      const rowTable = ROWS_BY_TABLE.get(table)
      if (rowTable === undefined) continue
      if (before.length > 0) seen.add(rowKey(rowTable.kind, rowTable.id(row)))
      this.#placeRow(rowTable, row)
    }
    for (const key of before) if (!seen.has(key)) this.#removeRow(key)
  }
}
