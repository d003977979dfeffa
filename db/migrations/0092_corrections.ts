import { type Kysely, sql } from 'kysely'

/**
 * A correction that people have to make is open until somebody has closed it: done, or refused with a reason of a list. Those asked for before
 * this migration are open, for nobody has said otherwise; of who was erased since, nothing is left to correct.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const MOVERS = `'volunteer', 'responder', 'hotline', 'triage', 'bed_coordinator', 'district_chief', 'provincial_health', 'governor'`
const CASE_ROLES = `${MOVERS}, 'facility_staff', 'public'`

const STATEMENTS = [
  `alter table data_requests
     add column refused_because text
       check (refused_because in ('not_proven', 'right_as_it_is', 'must_be_kept', 'not_kept_here', 'erased')),
     add column closed_by uuid,
     add column closed_label text,
     add check (kind = 'correct' or (refused_because is null and closed_by is null and closed_label is null)),
     add check (done_at is not null or (refused_because is null and closed_by is null and closed_label is null))`,
  `update data_requests set done_at = erased_at, refused_because = 'erased' from case_private
     where case_private.case_id = data_requests.case_id and kind = 'correct' and done_at is null and erased_at >= asked_at`,
  `create index data_requests_corrections on data_requests (id) where kind = 'correct' and done_at is null`,

  `alter policy role_select on data_requests using ((select jitasa_role_is(${CASE_ROLES}, 'administrator')))`,
  `alter policy role_update on data_requests using ((select jitasa_role_is(${MOVERS}, 'administrator', 'public')))`,
  `grant update (done_at, refused_because, closed_by, closed_label) on data_requests to jitasa_api`,
  // Who looks after the protection of data closes one too, which stands in the history of its case.
  `alter policy role_insert on case_events with check ((select jitasa_role_is(${CASE_ROLES}, 'administrator')))`,
  `do $$ begin
     if exists (select from pg_roles where rolname = 'jitasa_jobs') then
       grant update (refused_because) on data_requests to jitasa_jobs;
     end if;
   end $$`,
]
