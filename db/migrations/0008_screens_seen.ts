import { type Kysely, sql } from 'kysely'

/** When a screen last asked who it is, which it does while it shows live numbers. In no publication, as all of the table. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table accounts add column seen_at timestamptz`.execute(db)
}
