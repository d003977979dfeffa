import { type Kysely, sql } from 'kysely'

/**
 * Areas, people (personal data, alone), cases, facilities, beds, vaccinations, tests; roles, row-level security and
 * the publication. Column lists and identity indexes follow hub/situation/counted.ts; the catalogue test compares.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // Roles are the cluster's, not the database's: another database of the same cluster may have made them.
  `do $$ begin create role jitasa_hub login replication; exception when duplicate_object or unique_violation then null; end $$`,
  `do $$ begin create role jitasa_api login; exception when duplicate_object or unique_violation then null; end $$`,
  `do $$ begin execute format('grant connect on database %I to jitasa_hub, jitasa_api', current_database()); end $$`,
  `grant usage on schema public to jitasa_hub, jitasa_api`,

  `create table areas (
     code text primary key check (code ~ '^(TH|[0-9]{2}|[0-9]{4}|[0-9]{6})$'),
     level text not null check (level in ('nation', 'province', 'district', 'subdistrict', 'unspecified')),
     parent text references areas,
     name_th text not null,
     name_en text not null,
     health_region smallint,
     population integer check (population > 0),
     lat double precision,
     lon double precision
   )`,
  `create index areas_parent on areas (parent)`,

  // One row: the day the operation is on moves by a commit, so every screen changes day at the same position.
  `create table operation (
     id integer primary key default 1 check (id = 1),
     day date not null,
     kind text not null default 'live' check (kind in ('live', 'drill', 'replay')),
     title_th text not null default '',
     title_en text not null default ''
   )`,

  `create table people (
     id uuid primary key default gen_random_uuid(),
     full_name text,
     phone text,
     id_kind text check (id_kind in ('thai', 'pink', 'passport', 'border_pass', 'none', 'other')),
     id_number text,
     nationality text,
     language text,
     birth_year smallint check (birth_year between 1880 and 2200),
     sex text check (sex in ('female', 'male', 'other', 'unknown')),
     created_at timestamptz not null default now()
   )`,

  `create table cases (
     id bigint generated always as identity primary key,
     district text not null references areas check (length(district) = 4),
     report_day date not null,
     classification text not null default 'unclassified'
       check (classification in ('unclassified', 'suspect', 'probable', 'confirmed', 'not_a_case')),
     severity text not null default 'unknown' check (severity in ('unknown', 'green', 'yellow', 'red')),
     risk608 boolean not null default false,
     stage text not null default 'reported' check (stage in
       ('reported', 'verified', 'duplicate', 'invalid', 'triaged', 'waiting', 'contacted', 'in_care', 'monitoring', 'closed')),
     care_place text not null default 'unknown' check (care_place in
       ('unknown', 'waiting', 'hi', 'ci', 'field', 'hospitel', 'hospital', 'discharged')),
     outcome text not null default 'none' check (outcome in ('none', 'unknown', 'recovered', 'died', 'lost', 'transferred_out')),
     outcome_day date not null default 'infinity',
     source text not null check (source in ('help', 'volunteer', 'api', 'import', 'replay')),
     reported_at timestamptz not null default now(),
     severity_at timestamptz not null default now(),
     care_place_at timestamptz not null default now(),
     updated_at timestamptz not null default now(),
     check ((outcome in ('recovered', 'died')) = (outcome_day <> 'infinity'))
   )`,
  `create unique index cases_identity on cases
     (id, district, report_day, classification, severity, care_place, outcome, outcome_day)`,
  `alter table cases replica identity using index cases_identity`,
  `create index cases_report on cases (district, report_day)`,
  `create index cases_open on cases (district, severity) where outcome = 'none' and stage <> 'closed'`,

  `create table case_private (
     case_id bigint primary key references cases on delete cascade,
     person_id uuid references people,
     tracking_code text unique,
     lat double precision,
     lon double precision,
     address text,
     notes text
   )`,

  `create table facilities (
     id integer generated always as identity primary key,
     code text not null unique,
     district text not null references areas check (length(district) = 4),
     kind text not null check (kind in ('hospital', 'field', 'hospitel', 'ci', 'vaccination')),
     name_th text not null,
     name_en text not null,
     lat double precision,
     lon double precision,
     active boolean not null default true,
     reported_at timestamptz
   )`,

  `create table beds (
     facility_id integer not null references facilities,
     level text not null check (level in ('0', '1', '2.1', '2.2', '3')),
     district text not null references areas check (length(district) = 4),
     staffed integer not null check (staffed >= 0),
     available integer not null check (available >= 0),
     held integer not null default 0 check (held >= 0),
     occupied integer not null check (occupied >= 0),
     cleaning integer not null default 0 check (cleaning >= 0),
     blocked integer not null default 0 check (blocked >= 0),
     reported_at timestamptz not null default now(),
     primary key (facility_id, level),
     check (available + held + occupied + cleaning + blocked = staffed)
   )`,
  `create unique index beds_identity on beds
     (facility_id, level, district, staffed, available, held, occupied, cleaning, blocked)`,
  `alter table beds replica identity using index beds_identity`,

  // What was reported, when and by whom; `beds` is the latest of it.
  `create table bed_reports (
     id bigint generated always as identity primary key,
     facility_id integer not null references facilities,
     level text not null,
     staffed integer not null,
     available integer not null,
     held integer not null,
     occupied integer not null,
     cleaning integer not null,
     blocked integer not null,
     source_at timestamptz not null,
     recorded_at timestamptz not null default now(),
     actor uuid,
     idempotency_key text unique
   )`,

  // Append-only: a correction is a row of its own, with negative doses where it takes back.
  `create table vaccinations (
     id bigint generated always as identity primary key,
     district text not null references areas check (length(district) = 4),
     day date not null,
     dose smallint not null check (dose between 1 and 4),
     target_group text not null default 'general' check (target_group in
       ('medical', 'vhv', 'frontline', 'age60', 'disease7', 'pregnant', 'general', 'student12', 'child5', 'unknown')),
     kind text not null default 'report' check (kind in ('report', 'late', 'correction')),
     doses integer not null check (doses > 0 or kind = 'correction'),
     facility_id integer references facilities,
     source_at timestamptz not null default now(),
     recorded_at timestamptz not null default now(),
     actor uuid,
     idempotency_key text unique
   )`,
  `create unique index vaccinations_identity on vaccinations (id, district, day, dose, kind, doses)`,
  `alter table vaccinations replica identity using index vaccinations_identity`,
  `create index vaccinations_day on vaccinations (district, day)`,

  `create table tests (
     id bigint generated always as identity primary key,
     district text not null references areas check (length(district) = 4),
     day date not null,
     kind text not null check (kind in ('pcr', 'atk')),
     tested integer not null,
     positive integer not null,
     source_at timestamptz not null default now(),
     recorded_at timestamptz not null default now(),
     actor uuid,
     idempotency_key text unique,
     check (abs(positive) <= abs(tested))
   )`,
  `create unique index tests_identity on tests (id, district, day, kind, tested, positive)`,
  `alter table tests replica identity using index tests_identity`,
  `create index tests_day on tests (district, day)`,

  // What an import has already brought, so that the same file twice changes nothing.
  `create table imports (
     kind text not null check (kind in ('cases', 'vaccinations')),
     area text not null references areas,
     day date not null,
     amounts jsonb not null,
     imported_at timestamptz not null default now(),
     primary key (kind, area, day)
   )`,

  // The account's areas are set per transaction: set_config('jitasa.areas', '50,1001', true); 'TH' is everywhere.
  // No sub-select in it, so PostgreSQL inlines it: 2 µs a row of a full scan and not 10.
  `create function jitasa_sees(area text) returns boolean language sql stable parallel safe
     return array['TH', left(area, 2), left(area, 4), area] && string_to_array(current_setting('jitasa.areas', true), ',')`,
  ...['cases', 'facilities', 'beds', 'vaccinations', 'tests'].flatMap((table) => [
    `alter table ${table} enable row level security`,
    `create policy hub_reads on ${table} for select to jitasa_hub using (true)`,
    `create policy own_area on ${table} to jitasa_api using (jitasa_sees(district)) with check (jitasa_sees(district))`,
  ]),
  `alter table case_private enable row level security`,
  `create policy own_area on case_private to jitasa_api
     using (exists (select from cases where cases.id = case_id)) with check (exists (select from cases where cases.id = case_id))`,
  `alter table people enable row level security`,
  `create policy own_area on people to jitasa_api
     using (exists (select from case_private where person_id = people.id))`,
  `create policy anyone_new on people for insert to jitasa_api with check (true)`,
  `alter table bed_reports enable row level security`,
  `create policy own_area on bed_reports to jitasa_api
     using (exists (select from facilities where facilities.id = facility_id))
     with check (exists (select from facilities where facilities.id = facility_id))`,

  `grant select on areas, operation to jitasa_api`,
  `grant select, insert, update on people, cases, case_private, beds to jitasa_api`,
  `grant select on facilities to jitasa_api`,
  `grant select, insert on bed_reports, vaccinations, tests to jitasa_api`,

  `create publication jitasa for table
     operation (id, day, kind, title_th, title_en),
     cases (id, district, report_day, classification, severity, risk608, stage, care_place, outcome, outcome_day,
       reported_at, severity_at, care_place_at),
     facilities (id, code, district, kind, name_th, name_en, lat, lon, active, reported_at),
     beds (facility_id, level, district, staffed, available, held, occupied, cleaning, blocked, reported_at),
     vaccinations (id, district, day, dose, kind, doses),
     tests (id, district, day, kind, tested, positive)`,
  // The hub may read what it may stream, and nothing else.
  `do $$ declare entry record; begin
     for entry in select schemaname, tablename, attnames from pg_publication_tables where pubname = 'jitasa' loop
       execute format('grant select (%s) on %I.%I to jitasa_hub',
         (select string_agg(quote_ident(name), ', ') from unnest(entry.attnames) as name), entry.schemaname, entry.tablename);
     end loop;
   end $$`,
]
