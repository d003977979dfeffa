import { type Kysely, sql } from 'kysely'

/** How often somebody with a tracking code alone has guessed the last digits of the phone: it is counted for all hubs together. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table help_requests
    add column digit_tries integer not null default 0 check (digit_tries between 0 and 100)`.execute(db)
}
