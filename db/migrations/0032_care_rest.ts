import { type Kysely, sql } from 'kysely'
import { counted } from './0021_measured.ts'

/** Whom nobody has called today, as a flag that is counted: a task turns it on, a call and the end of care at home end it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

/** As the list of /care has it (db/queries/care.ts). */
const atHome = (one = '') =>
  `(${one}care_place in ('hi', 'ci', 'waiting') and ${one}outcome = 'none'
    and ${one}stage not in ('closed', 'duplicate', 'invalid') and ${one}merged_into is null)`

const STATEMENTS = [
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
