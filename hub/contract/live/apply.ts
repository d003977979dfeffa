import { type CellColumn, columnDay } from '../vocabulary/metrics.ts'
import { cellHash, checksumMove, hashText, rowHash } from './checksum.ts'
import type { Delta } from './messages.ts'
import { type Row, rowKey } from './rows.ts'
import { firstDays, type Scope, scopeArea } from './scopes.ts'

/** The client's copy of one scope. Cells are keyed `<column>|<area>`, rows `<kind>/<id>`. */
export type ScopeState = {
  readonly scope: Scope
  position: number
  sum: number
  readonly cells: Map<string, number>
  readonly rows: Map<string, Row>
}

/** What a delta did. `gap`: ask `sub` with `at: position`; `wrong`: the checksum disagrees, ask with `at: 0`. */
export type Applied =
  | { readonly outcome: 'applied' | 'replaced'; readonly cells: readonly string[]; readonly rows: readonly string[] }
  | { readonly outcome: 'stale' | 'gap' | 'wrong' }

export function emptyScope(scope: Scope): ScopeState {
  return { scope, position: 0, sum: 0, cells: new Map(), rows: new Map() }
}

export function cellKey(column: CellColumn, area: string): string {
  return `${column}|${area}`
}

/** The operation's day in a scope, or `undefined` before the first delta. */
export function operationDay(rows: ReadonlyMap<string, Row>): string | undefined {
  const row = rows.get(rowKey('operation', '1'))
  return row === undefined ? undefined : String(row[2])
}

function setCell(state: ScopeState, key: string, value: number): void {
  const before = state.cells.get(key) ?? 0
  if (before === value) return
  const keyHash = hashText(key)
  state.sum = checksumMove(state.sum, cellHash(keyHash, before), cellHash(keyHash, value))
  if (value === 0) state.cells.delete(key)
  else state.cells.set(key, value)
}

function setRow(state: ScopeState, key: string, row: Row | undefined): void {
  const before = state.rows.get(key)
  state.sum = checksumMove(state.sum, before ? rowHash(before) : 0, row ? rowHash(row) : 0)
  if (row) state.rows.set(key, row)
  else state.rows.delete(key)
}

/** Cells older than the window fall by the calendar, on both sides alike, and cost no bytes. */
function dropOldDays(state: ScopeState, today: string, dropped: string[]): void {
  const { own, inside } = firstDays(today)
  const area = scopeArea(state.scope)
  for (const key of state.cells.keys()) {
    const bar = key.indexOf('|')
    const day = columnDay(key.slice(0, bar))
    if (day === undefined || day >= (key.slice(bar + 1) === area ? own : inside)) continue
    setCell(state, key, 0)
    dropped.push(key)
  }
}

/**
 * Fold one delta into a scope (PROTOCOL.md, rules D1–D6). Idempotent: a delta that overlaps what is already held may
 * be applied, because its values are the latest and not differences.
 * @throws TypeError when a frame has not the shape of a delta.
 */
export function applyDelta(state: ScopeState, delta: Delta): Applied {
  if (delta.from !== 0 && delta.from > state.position) return { outcome: 'gap' }
  if (delta.from !== 0 && delta.to < state.position) return { outcome: 'stale' }
  const cells: string[] = []
  const rows: string[] = []
  if (delta.from === 0) {
    cells.push(...state.cells.keys())
    rows.push(...state.rows.keys())
    state.cells.clear()
    state.rows.clear()
    state.sum = 0
  }
  const before = operationDay(state.rows)
  for (const key of delta.x) {
    setRow(state, key, undefined)
    rows.push(key)
  }
  for (const row of delta.r) {
    const key = rowKey(row[0], row[1])
    setRow(state, key, row)
    rows.push(key)
  }
  for (const group of delta.c) {
    const column = group[0]
    if (typeof column !== 'string') throw new TypeError('a cell group begins with its column')
    for (let i = 1; i + 1 < group.length; i += 2) {
      const area = group[i]
      const value = group[i + 1]
      if (typeof area !== 'string' || typeof value !== 'number') throw new TypeError('a cell is an area and a number')
      const key = cellKey(column, area)
      setCell(state, key, value)
      cells.push(key)
    }
  }
  const today = operationDay(state.rows)
  if (today !== undefined && today !== before) dropOldDays(state, today, cells)
  state.position = delta.to
  if (state.sum !== delta.sum) return { outcome: 'wrong' }
  return { outcome: delta.from === 0 ? 'replaced' : 'applied', cells, rows }
}
