import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/**
 * Takes a text message out of all these budgets, or out of none when one is used up: counted in PostgreSQL, for all
 * processes of the hub together.
 * @param budgets each `key` counts by itself
 * @returns the key of the budget that is used up
 */
export async function takeMessage(
  db: Kysely<Database>,
  budgets: readonly { readonly key: string; readonly max: number }[],
  at: Date,
): Promise<string | undefined> {
  const { rows } = await sql<{ spent: string | null }>`
    select jitasa_take_message(${budgets.map(({ key }) => key)}::text[], ${budgets.map(({ max }) => max)}::integer[], ${at}) as spent`.execute(
    db,
  )
  return rows[0]?.spent ?? undefined
}
