import { cellHash, checksumMove, rowHash } from '../contract/live/checksum.ts'
import type { Delta } from '../contract/live/messages.ts'
import type { Row } from '../contract/live/rows.ts'
import { firstDays, type Scope, scopeArea } from '../contract/live/scopes.ts'

/** One number of the situation, shared by the scopes that show it. */
export type Cell = {
  readonly key: string
  readonly column: string
  readonly day: string | undefined
  readonly area: string
  readonly keyHash: number
  value: number
  /** the commit that last changed it */
  position: number
}

type RowEntry = { row: Row; hash: number; position: number }

/** Removed rows a scope remembers for resuming clients. Beyond it, clients older than the horizon take a snapshot. */
export const TOMBSTONES_MAX = 10_000

/** The cells and rows of one scope, with its checksum and what has changed since the last flush. */
export class ScopeView {
  readonly scope: Scope
  readonly area: string | undefined
  readonly cells = new Map<string, Cell>()
  readonly rows = new Map<string, RowEntry>()
  sum = 0
  /** ms: the newest commit that touched the scope */
  at = 0
  /** position of that commit */
  moved = 0
  /** position of the last flush: the `from` of the next live delta */
  flushed = 0
  /** clients behind it take a snapshot: what was removed before it is forgotten */
  horizon = 0
  readonly #dirtyCells = new Set<Cell>()
  readonly #dirtyRows = new Set<string>()
  readonly #tombstones = new Map<string, number>()
  /** a snapshot fills it from nothing: everything is new, so nothing is noted as changed */
  #filling: boolean
  #firstOwn = ''
  #firstInside = ''

  constructor(scope: Scope, filling: boolean) {
    this.scope = scope
    this.area = scopeArea(scope)
    this.#filling = filling
  }

  /** The snapshot is in; whoever holds something older takes all of it. */
  filled(position: number): void {
    this.#filling = false
    this.flushed = position
    this.horizon = position
  }

  get dirty(): boolean {
    return this.#dirtyCells.size > 0 || this.#dirtyRows.size > 0
  }

  /** Whether a cell of this area and day stands in the scope. */
  shows(area: string, day: string | undefined): boolean {
    return day === undefined || day >= (area === this.area ? this.#firstOwn : this.#firstInside)
  }

  /** Moves the window of days; cells that became too old fall here as they fall in every client (contract/live/apply.ts). */
  setDay(today: string): void {
    const { own, inside } = firstDays(today)
    this.#firstOwn = own
    this.#firstInside = inside
    for (const [key, cell] of this.cells) {
      if (this.shows(cell.area, cell.day)) continue
      this.sum = checksumMove(this.sum, cellHash(cell.keyHash, cell.value), 0)
      this.cells.delete(key)
      this.#dirtyCells.delete(cell)
    }
  }

  /** Called after `cell.value` changed from `before`. */
  cellChanged(cell: Cell, before: number): void {
    if (!this.shows(cell.area, cell.day)) return
    this.cells.set(cell.key, cell)
    this.sum = checksumMove(this.sum, cellHash(cell.keyHash, before), cellHash(cell.keyHash, cell.value))
    if (!this.#filling) this.#dirtyCells.add(cell)
  }

  setRow(key: string, row: Row, position: number): void {
    const before = this.rows.get(key)
    const hash = rowHash(row)
    if (before?.hash === hash) return
    this.sum = checksumMove(this.sum, before?.hash ?? 0, hash)
    this.rows.set(key, { row, hash, position })
    if (this.#filling) return
    this.#tombstones.delete(key)
    this.#dirtyRows.add(key)
  }

  removeRow(key: string, position: number): void {
    const before = this.rows.get(key)
    if (before === undefined) return
    this.sum = checksumMove(this.sum, before.hash, 0)
    this.rows.delete(key)
    this.#dirtyRows.add(key)
    this.#tombstones.set(key, position)
    if (this.#tombstones.size <= TOMBSTONES_MAX) return
    for (const [oldest, at] of this.#tombstones) {
      this.#tombstones.delete(oldest)
      this.horizon = Math.max(this.horizon, at)
      break
    }
  }

  /** The live delta: what changed since the last flush. The next one begins at `to`. */
  take(to: number): Delta {
    const cells = [...this.#dirtyCells]
    const rows: Row[] = []
    const removed: string[] = []
    for (const key of this.#dirtyRows) {
      const entry = this.rows.get(key)
      if (entry) rows.push(entry.row)
      else removed.push(key)
    }
    const delta = this.#delta(this.flushed, to, cells, rows, removed)
    this.#dirtyCells.clear()
    this.#dirtyRows.clear()
    this.flushed = to
    return delta
  }

  /** All that changed after `position`, or everything (`from: 0`) when the position is behind the horizon. */
  since(position: number, to: number): Delta {
    if (position === 0 || position < this.horizon) {
      const cells: Cell[] = []
      for (const cell of this.cells.values()) if (cell.value !== 0) cells.push(cell)
      return this.#delta(
        0,
        to,
        cells,
        [...this.rows.values()].map((entry) => entry.row),
        [],
      )
    }
    const cells: Cell[] = []
    for (const cell of this.cells.values()) if (cell.position > position) cells.push(cell)
    const rows: Row[] = []
    for (const entry of this.rows.values()) if (entry.position > position) rows.push(entry.row)
    const removed: string[] = []
    for (const [key, at] of this.#tombstones) if (at > position) removed.push(key)
    return this.#delta(position, to, cells, rows, removed)
  }

  #delta(from: number, to: number, cells: readonly Cell[], rows: Row[], removed: string[]): Delta {
    const groups = new Map<string, (string | number)[]>()
    for (const cell of cells) {
      const group = groups.get(cell.column)
      if (group) group.push(cell.area, cell.value)
      else groups.set(cell.column, [cell.column, cell.area, cell.value])
    }
    return {
      t: 'delta',
      s: this.scope,
      from,
      to,
      sum: this.sum,
      at: this.at,
      c: [...groups.values()],
      r: rows,
      x: removed,
    }
  }
}
