import { type Kysely, sql } from 'kysely'

/** Rounds of active case finding: where, when, and with which tests; these stand in `tests` alone, so they count once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const TESTERS = `'volunteer', 'triage', 'facility_staff', 'provincial_health'`

const STATEMENTS = [
  `create table rounds (
     id bigint generated always as identity primary key,
     district text not null references areas check (length(district) = 4),
     place text not null references areas check (left(place, 4) = district),
     setting text not null check (setting in ('community', 'market', 'factory', 'school', 'camp', 'prison', 'other')),
     day date not null check (day between '1900-01-01' and '2399-12-31'),
     actor uuid,
     actor_label text not null check (length(actor_label) between 1 and 80),
     recorded_at timestamptz not null
   )`,
  `create index rounds_of on rounds (district, id)`,
  `alter table rounds enable row level security`,
  `create policy own_area on rounds for select to jitasa_api using (jitasa_sees(district))`,
  `create policy testers_insert on rounds for insert to jitasa_api
     with check (jitasa_sees(district) and (select jitasa_role_is(${TESTERS})))`,
  `grant select, insert on rounds to jitasa_api`,
  `alter table tests add column round_id bigint references rounds`,
  `create index tests_of_round on tests (round_id) where round_id is not null`,
]
