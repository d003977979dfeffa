import type { ScopeState } from '../../hub/contract/live/apply.ts'
import type { Expected } from './expected.ts'

/** One cell or row that the hub and the database do not agree on; a missing one is `undefined`. */
export type Difference = {
  readonly scope: string
  readonly key: string
  readonly hub: string | undefined
  readonly sql: string | undefined
}

export type Comparison = { readonly cells: number; readonly rows: number; readonly differences: readonly Difference[] }

/** Compares all that either side holds. @param folded what the hub said, after the fold that a client does */
export function compare(folded: ScopeState, expected: Expected): Comparison {
  const cells = differ(folded.scope, folded.cells, expected.cells, String)
  const rows = differ(folded.scope, folded.rows, expected.rows, (row) => JSON.stringify(row))
  return { cells: cells.compared, rows: rows.compared, differences: [...cells.differences, ...rows.differences] }
}

function differ<V>(
  scope: string,
  hub: ReadonlyMap<string, V>,
  sql: ReadonlyMap<string, V>,
  text: (value: V) => string,
): { readonly compared: number; readonly differences: readonly Difference[] } {
  const keys = new Set([...hub.keys(), ...sql.keys()])
  const differences: Difference[] = []
  const show = (value: V | undefined) => (value === undefined ? undefined : text(value))
  for (const key of keys) {
    const [ours, theirs] = [show(hub.get(key)), show(sql.get(key))]
    if (ours !== theirs) differences.push({ scope, key, hub: ours, sql: theirs })
  }
  return { compared: keys.size, differences }
}
