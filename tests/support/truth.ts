import type pg from 'pg'
import { readTruth } from '../../db/verify/truth.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'

/** Every non-zero cell a scope should hold, keyed `<column>|<area>`, by SQL written by hand. */
export async function trueCells(client: pg.Pool | pg.ClientBase, scope: Scope): Promise<ReadonlyMap<string, number>> {
  return (await readTruth(client, [scope])).get(scope)?.cells ?? new Map()
}
