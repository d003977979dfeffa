import { type Kysely, sql } from 'kysely'
import { counted } from './0021_measured.ts'

/**
 * Whom nobody has called today, as a flag that is counted: a task turns it on, a call and the end of care at home end it.
 * Checks and steps of a plan that are taken back, both in the history; and what a province owes in place of the nation's.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

/** As the list of /care has it (db/queries/care.ts). */
const atHome = (one = '') =>
  `(${one}care_place in ('hi', 'ci', 'waiting') and ${one}outcome = 'none'
    and ${one}stage not in ('closed', 'duplicate', 'invalid') and ${one}merged_into is null)`

/** Those who look after people at home, as in 0026. */
const CARERS = `'volunteer', 'responder', 'hotline', 'triage', 'district_chief', 'provincial_health'`
/** What was said by a slip of the finger counts no more. */
const TAKEN_BACK = ['checks', 'complaints', 'care_events'].flatMap((table) => [
  `alter table ${table} add column undone_at timestamptz`,
  `create policy role_update on ${table} as restrictive for update to jitasa_api
     using ((select jitasa_role_is(${CARERS})))`,
  `grant update (undone_at) on ${table} to jitasa_api`,
])

const PLANNER = `case area when 'TH' then (select jitasa_role_is('national', 'administrator'))
  else (select jitasa_role_is('provincial_health', 'national', 'administrator')) and jitasa_sees(area) end`
const DEFAULTS = [
  `alter table care_defaults add column area text not null default 'TH' check (area = 'TH' or area ~ '^[0-9]{2}$'),
     drop constraint care_defaults_pkey, add primary key (area, severity, item)`,
  `alter table care_defaults alter column area drop default`,
  `create policy planner_inserts on care_defaults for insert to jitasa_api with check (${PLANNER})`,
  `create policy planner_deletes on care_defaults for delete to jitasa_api using (${PLANNER})`,
  `grant insert, delete on care_defaults to jitasa_api`,
]

const STATEMENTS = [
  ...TAKEN_BACK,
  ...DEFAULTS,
  `alter table cases add column uncalled boolean not null default false`,
  // The task finds by it whom it has to mark, and the list behind the number is read from the other.
  `create index cases_to_call on cases (coalesce(contacted_at, '-infinity')) where not uncalled and ${atHome()}`,
  `create index cases_uncalled on cases (district, severity) where uncalled`,
  `create function jitasa_called() returns trigger language plpgsql as $$ begin
     new.uncalled := false;
     return new;
   end $$`,
  `create trigger called before update on cases for each row
     when (new.uncalled and old.uncalled
       and (new.contacted_at > coalesce(old.contacted_at, '-infinity') or not ${atHome('new.')}))
     execute function jitasa_called()`,
  counted('cases', 'uncalled'),
  // What a site has given of its plan.
  `create index vaccinations_of_site on vaccinations (facility_id, day) where facility_id is not null`,
]
