import { type Kysely, sql } from 'kysely'

/**
 * Transfers travel: on the board of the place they leave, and to the facility they lead to (`facility:<id>`). Who asked
 * for one is kept, so that somebody else approves it. Staff of a facility see and move what comes to them, and no other.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const PUBLISHED = 'id, case_id, district, status, level, to_facility, requested_at, updated_at'
const ELSEWHERE = `current_setting('jitasa.role', true) is distinct from 'facility_staff'`

const STATEMENTS = [
  `alter table transfers add column requested_by uuid,
     alter column district set storage main, alter column status set storage main, alter column level set storage main,
     add constraint transfers_requested_at_bounds check (isfinite(requested_at)),
     add constraint transfers_updated_at_bounds check (isfinite(updated_at))`,
  ...['select', 'update'].map(
    (right) => `create policy own_destination_${right} on transfers as restrictive for ${right} to jitasa_api
      using ((select ${ELSEWHERE}) or to_facility = (select nullif(current_setting('jitasa.facility', true), '')::integer))`,
  ),
  `create policy hub_reads on transfers for select to jitasa_hub using (true)`,
  `alter publication jitasa add table transfers (${PUBLISHED})`,
  `grant select (${PUBLISHED}) on transfers to jitasa_hub`,
]
