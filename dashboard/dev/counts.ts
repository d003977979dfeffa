import { applyDelta, cellKey, emptyScope, type ScopeState } from '../../hub/contract/live/apply.ts'
import type { Delta } from '../../hub/contract/live/messages.ts'
import { publicValue } from '../../hub/contract/live/public-values.ts'
import type { Row } from '../../hub/contract/live/rows.ts'
import { cellScopes, firstDay, publicScope, type Scope } from '../../hub/contract/live/scopes.ts'
import { NATION, provinceOf } from '../../hub/contract/vocabulary/areas.ts'
import { columnDay } from '../../hub/contract/vocabulary/metrics.ts'

/** Cells of all areas, and the deltas of their changes per scope: hub/situation in small, for the development hub. */
export class DevCounts {
  position = 1_000_000
  readonly #today: string
  readonly #values = new Map<string, number>()
  readonly #rows = new Map<Scope, readonly Row[]>()
  readonly #dirty = new Map<Scope, Set<string>>()
  readonly #scopes = new Map<Scope, ScopeState>()

  constructor(today: string) {
    this.#today = today
  }

  get(column: string, area: string): number {
    return this.#values.get(cellKey(column, area)) ?? 0
  }

  /** Move a district's cell, and with it those of its province and the nation. */
  add(column: string, district: string, n: number): void {
    if (n === 0) return
    for (const area of [district, provinceOf(district), NATION]) {
      const key = cellKey(column, area)
      this.#values.set(key, (this.#values.get(key) ?? 0) + n)
      const scopes = area.length === 4 ? [...cellScopes(area), publicScope(area)] : cellScopes(area)
      for (const scope of scopes) {
        const dirty = this.#dirty.get(scope) ?? new Set()
        this.#dirty.set(scope, dirty.add(key))
      }
    }
  }

  setRows(scope: Scope, rows: readonly Row[]): void {
    this.#rows.set(scope, rows)
  }

  rows(scope: Scope): readonly Row[] {
    return this.#rows.get(scope) ?? []
  }

  /** Everything of a scope. */
  snapshot(scope: Scope): Delta {
    const known = this.#scopes.get(scope)
    const state = known ?? emptyScope(scope)
    if (!known) {
      this.#scopes.set(scope, state)
      this.#fold(state, 0, this.#dirty.get(scope) ?? [], this.#rows.get(scope) ?? [])
      this.#dirty.delete(scope)
    }
    const { cells, rows, position, sum } = state
    return this.#delta(scope, { from: 0, to: position, sum, cells, rows: [...rows.values()] })
  }

  /** Deltas of the scopes that somebody has asked for and that have changed. */
  flush(): Delta[] {
    const out: Delta[] = []
    for (const [scope, state] of this.#scopes) {
      const dirty = this.#dirty.get(scope)
      if (!dirty) continue
      this.#dirty.delete(scope)
      out.push(this.#fold(state, state.position, dirty, []))
    }
    return out
  }

  /** Fold keys and rows into the hub's own copy, for its sum. */
  #fold(state: ScopeState, from: number, keys: Iterable<string>, rows: readonly Row[]): Delta {
    const cells = new Map<string, number>()
    for (const key of keys) {
      const bar = key.indexOf('|')
      const [column, area] = [key.slice(0, bar), key.slice(bar + 1)]
      const day = columnDay(column)
      if (day !== undefined && day < firstDay(state.scope, area, this.#today)) continue
      const value = this.#values.get(key) ?? 0
      const rounded = area.length === 4 && state.scope.startsWith('public:')
      cells.set(key, rounded ? publicValue(column, area, value) : value)
    }
    const delta = this.#delta(state.scope, { from, to: this.position, sum: 0, cells, rows })
    applyDelta(state, delta)
    return { ...delta, sum: state.sum }
  }

  #delta(
    scope: Scope,
    part: { from: number; to: number; sum: number; cells: ReadonlyMap<string, number>; rows: readonly Row[] },
  ): Delta {
    const groups = new Map<string, (string | number)[]>()
    for (const [key, value] of part.cells) {
      const bar = key.indexOf('|')
      const column = key.slice(0, bar)
      const group = groups.get(column) ?? [column]
      group.push(key.slice(bar + 1), value)
      groups.set(column, group)
    }
    const { from, to, sum } = part
    return { t: 'delta', s: scope, from, to, sum, at: Date.now(), c: [...groups.values()], r: [...part.rows], x: [] }
  }
}
