import { type Kysely, sql } from 'kysely'

/** Other systems read alerts, as CAP, with a key: those of its areas. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create policy keys_read on alerts for select to jitasa_api using ((select jitasa_role_is('machine')) and jitasa_sees(area))`,
    )
    .execute(db)
}
