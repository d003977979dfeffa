import { type Kysely, sql } from 'kysely'

/**
 * By what a screen comes back that has lost its cookies: the hash of a key that its page keeps. In no publication, as all of the
 * table.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table accounts add column screen_key bytea`.execute(db)
  await sql`create unique index accounts_screen_key on accounts (screen_key) where screen_key is not null`.execute(db)
}
