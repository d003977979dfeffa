import { type Kysely, sql } from 'kysely'

/** Who reads what somebody agreed to is who works with them: an auditor reads the log, and of no person. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`alter policy role_select on consents using ((select jitasa_role_is('volunteer', 'responder', 'hotline', 'triage',
      'bed_coordinator', 'facility_staff', 'district_chief', 'provincial_health', 'governor', 'public')))`)
    .execute(db)
}
