import type pg from 'pg'
import { expectedFromSql } from '../../db/verify/expected.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'

/** Every non-zero cell a scope should hold, keyed `<column>|<area>`, by SQL written by hand. */
export async function expectedCells(
  client: pg.Pool | pg.ClientBase,
  scope: Scope,
): Promise<ReadonlyMap<string, number>> {
  return (await expectedFromSql(client, [scope])).get(scope)?.cells ?? new Map()
}
