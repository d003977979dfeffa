import { type Kysely, sql } from 'kysely'
import type { OperationKind } from '../../hub/contract/vocabulary/operation.ts'
import type { Database } from '../schema.ts'

export type OperationDay = { readonly day: string; readonly kind: OperationKind }

/** Sets the day of the operation, for every screen at once; in an administrator's transaction only. */
export async function setOperation(
  db: Kysely<Database>,
  day: string,
  kind: OperationDay['kind'] | null,
): Promise<{ readonly from: OperationDay; readonly now: OperationDay }> {
  const read = () => db.selectFrom('operation').select(['day', 'kind']).executeTakeFirstOrThrow()
  const from = await read()
  await sql`select jitasa_set_operation(${day}::date, ${kind})`.execute(db)
  return { from, now: await read() }
}
