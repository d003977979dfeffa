import { type Kysely, sql } from 'kysely'

/**
 * Care at home and in community isolation: the daily checks, the plan that follows from the severity, kits that are lent,
 * who looks after whom; calls to the vulnerable. Health data, so in no publication. And accounts of a sub-district, for
 * its kamnan, headmen and volunteers: they see the cases and the register of their own sub-district and of no other.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const SUPERVISORS = `'district_chief', 'provincial_health', 'governor'`
const WORKERS = `'volunteer', 'responder', 'hotline', 'triage', 'bed_coordinator'`
/** Those who look after people at home; `public` is the person themselves. */
const CARERS = `'volunteer', 'responder', 'hotline', 'triage', 'district_chief', 'provincial_health'`
const REGISTERS = `'volunteer', 'hotline', 'district_chief', 'provincial_health'`

const OF_CASE = `exists (select from cases where cases.id = case_id)`

function policies(
  table: string,
  readers: string,
  writers: string,
  rights: readonly ('insert' | 'update' | 'delete')[],
) {
  return [
    `alter table ${table} enable row level security`,
    `create policy role_select on ${table} as restrictive for select to jitasa_api
       using ((select jitasa_role_is(${readers})))`,
    ...rights.map(
      (right) => `create policy role_${right} on ${table} as restrictive for ${right} to jitasa_api
        ${right === 'insert' ? 'with check' : 'using'} ((select jitasa_role_is(${writers})))`,
    ),
    `grant ${['select', ...rights].join(', ')} on ${table} to jitasa_api`,
  ]
}

const ofCase = (table: string) => [
  `create index ${table}_case on ${table} (case_id)`,
  `create policy own_area on ${table} to jitasa_api using (${OF_CASE}) with check (${OF_CASE})`,
]

const CHECKS = [
  `create table checks (
     id bigint generated always as identity primary key,
     case_id bigint not null references cases on delete cascade,
     at timestamptz not null,
     device_at timestamptz,
     recorded_at timestamptz not null,
     spo2 smallint check (spo2 between 50 and 100),
     temperature numeric(3, 1) check (temperature between 30 and 45),
     feeling text not null check (feeling in ('better', 'same', 'worse', 'breathless', 'cannot_finish_sentence')),
     actor uuid,
     said_by text not null check (length(said_by) between 1 and 80)
   )`,
  ...ofCase('checks'),
  ...policies('checks', `${WORKERS}, ${SUPERVISORS}, 'public'`, `${CARERS}, 'public'`, ['insert']),
]

const PLANS = [
  // What somebody at home is owed, by severity: times a day, or null for once. Data: who runs the operation may change it.
  `create table care_defaults (
     severity text not null check (severity in ('unknown', 'green', 'yellow', 'red')),
     item text not null check (item in ('call', 'oximeter', 'thermometer', 'meals', 'medicine')),
     times_per_day smallint check (times_per_day between 1 and 24),
     primary key (severity, item),
     check (item in ('call', 'meals') or times_per_day is null),
     check (item not in ('call', 'meals') or times_per_day is not null)
   )`,
  // docs/DOMAIN.md: HI and CI promise thermometer and oximeter, and a call twice a day.
  `insert into care_defaults (severity, item, times_per_day) values
     ('unknown', 'call', 2), ('unknown', 'oximeter', null), ('unknown', 'thermometer', null), ('unknown', 'meals', 1),
     ('green', 'call', 2), ('green', 'oximeter', null), ('green', 'thermometer', null), ('green', 'meals', 1),
     ('yellow', 'call', 2), ('yellow', 'oximeter', null), ('yellow', 'thermometer', null), ('yellow', 'meals', 1),
     ('yellow', 'medicine', null),
     ('red', 'call', 4), ('red', 'oximeter', null), ('red', 'thermometer', null), ('red', 'meals', 1),
     ('red', 'medicine', null)`,
  `alter table care_defaults enable row level security`,
  `create policy everyone_reads on care_defaults for select to jitasa_api using (true)`,
  `grant select on care_defaults to jitasa_api`,

  `create table care_events (
     id bigint generated always as identity primary key,
     case_id bigint not null references cases on delete cascade,
     item text not null check (item in ('oximeter', 'thermometer', 'meals', 'medicine')),
     kind text not null check (kind in ('done', 'lent', 'returned')),
     at timestamptz not null,
     actor uuid,
     actor_label text not null check (length(actor_label) between 1 and 80),
     check ((item in ('oximeter', 'thermometer')) = (kind <> 'done'))
   )`,
  ...ofCase('care_events'),
  ...policies('care_events', `${WORKERS}, ${SUPERVISORS}, 'national', 'auditor'`, CARERS, ['insert']),

  `create table care_keepers (
     case_id bigint primary key references cases on delete cascade,
     account uuid not null,
     label text not null check (length(label) between 1 and 80),
     since timestamptz not null
   )`,
  `create policy own_area on care_keepers to jitasa_api using (${OF_CASE}) with check (${OF_CASE})`,
  ...policies('care_keepers', `${WORKERS}, ${SUPERVISORS}, 'national', 'auditor'`, CARERS, [
    'insert',
    'update',
    'delete',
  ]),
  // Who is cared for at home: the list of whom to call is read by it.
  `create index cases_at_home on cases (district, place) where care_place in ('hi', 'ci', 'waiting') and outcome = 'none'`,
]

const VULNERABLE = [
  `alter table vulnerable
     add column contacted_at timestamptz,
     add column next_call date check (next_call between '2019-01-01' and '2100-12-31')`,
  `create index vulnerable_place on vulnerable (place)`,
  `create table vulnerable_calls (
     id bigint generated always as identity primary key,
     vulnerable_id bigint not null references vulnerable on delete cascade,
     at timestamptz not null,
     channel text not null check (channel in ('phone', 'visit', 'chat')),
     result text not null check (result in ('reached', 'no_answer', 'wrong_number', 'refused', 'call_back')),
     doses smallint check (doses between 0 and 4),
     next_call date,
     actor uuid,
     actor_label text not null check (length(actor_label) between 1 and 80)
   )`,
  `create index vulnerable_calls_of on vulnerable_calls (vulnerable_id)`,
  `create policy own_area on vulnerable_calls to jitasa_api
     using (exists (select from vulnerable where vulnerable.id = vulnerable_id))
     with check (exists (select from vulnerable where vulnerable.id = vulnerable_id))`,
  ...policies('vulnerable_calls', `${WORKERS}, ${SUPERVISORS}`, REGISTERS, ['insert']),
]

/** Tables whose rows are of a case, and say its district but not its place. */
const OF_CASES = ['needs', 'case_events', 'contacts', 'complaints', 'transfers', 'help_requests']
/** Asked once a statement: of an account without a sub-district the rule by district stays alone, and as fast as it was. */
const IN_PLACE = `(select jitasa_has_subdistrict()) and ${OF_CASE}`

const SUBDISTRICTS = [
  // A row whose place is known is seen by it: whoever sees the district sees all its places, whoever is of a place that one.
  `drop policy own_area on cases`,
  `create policy own_area on cases to jitasa_api
     using (jitasa_sees(coalesce(place, district))) with check (jitasa_sees(coalesce(place, district)))`,
  `drop policy own_area on vulnerable`,
  `create policy own_area on vulnerable to jitasa_api
     using (jitasa_sees(place)) with check (jitasa_sees(place) and starts_with(place, district))`,
  `create function jitasa_has_subdistrict() returns boolean language sql stable parallel safe
     return coalesce(current_setting('jitasa.areas', true) ~ '(^|,)[0-9]{6}(,|$)', false)`,
  ...OF_CASES.map(
    (table) => `create policy own_place on ${table} to jitasa_api using (${IN_PLACE}) with check (${IN_PLACE})`,
  ),
  `create or replace function jitasa_may_link(person uuid) returns boolean language sql stable security definer set search_path = public
     begin atomic
       select coalesce(bool_or(jitasa_sees(area)), true) from (
         select coalesce(place, district) as area from case_private join cases on cases.id = case_id where person_id = person
         union all select place from vulnerable where person_id = person
       ) as links;
     end`,
]

const STATEMENTS = [
  `alter table recorded drop constraint recorded_kind_check,
     add constraint recorded_kind_check check (kind in ('request', 'patient', 'vulnerable', 'test', 'dose', 'check'))`,
  ...CHECKS,
  ...PLANS,
  ...VULNERABLE,
  ...SUBDISTRICTS,
]
