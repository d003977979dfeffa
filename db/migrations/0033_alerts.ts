import { type Kysely, sql } from 'kysely'

/**
 * Alerts: rules, what rings, its history, and floods. The hub that leads evaluates (hub/alerts) and writes as the owner;
 * people acknowledge and shelve. Nothing here names anybody but by call-sign, and comments, which might, travel nowhere.
 *
 * **For whoever sends alerts out** (push, mail, webhook, CAP): read `alert_events` by `id`, those with `announced` (the
 * audience of its own area) or `announced_nation` (national command). The leading hub alone writes such rows, one
 * transaction after the other, so a cursor on `id` misses none. `kind` says what to tell (raised, released, returned, unshelved,
 * escalated to `alerts.escalate_to`, cleared …); at most ten new ones are announced to an audience in ten minutes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const OWNERS = `'bed_coordinator', 'district_chief', 'provincial_health', 'governor', 'national', 'administrator'`
const READERS = `'volunteer', 'responder', 'hotline', 'triage', 'bed_coordinator', 'district_chief', 'provincial_health', 'governor',
  'screen', 'national', 'administrator', 'auditor'`
const COMMAND = `(select jitasa_role_is('national', 'administrator'))`
const SEVERITIES = `'minor', 'moderate', 'severe', 'extreme'`
const CONDITIONS = `'above', 'below', 'days_until', 'growth', 'oldest', 'silent_for'`
const STATES = `'raised', 'suppressed', 'escalated', 'acknowledged', 'shelved', 'cleared_unacknowledged', 'cleared'`
const EVENTS = `'raised', 'released', 'acknowledged', 'shelved', 'unshelved', 'escalated', 'returned', 'cleared', 'unanswered', 'withdrawn'`
const number = (column: string) => `${column} double precision check (${column} between -100000000 and 100000000)`
const moment = (column: string) => `${column} timestamptz check (isfinite(${column}))`

const PUBLISHED = `id, rule_id, area, facility_id, facility_th, facility_en, name_th, name_en, indicator, option, condition, bound, value,
  severity, state, owner, escalate_to, sound, announced, announced_nation, raised_at, due_at, held_by, holder_label, held_at,
  shelved_until, escalated_at, cleared_at`
const FLOODS = 'area, since, held'

/** What a rule and its alerts both say: an alert is judged, and told, by the rule as it was. */
const JUDGED = `
  name_th text storage main not null check (length(name_th) between 1 and 80),
  name_en text storage main not null check (length(name_en) between 1 and 80),
  indicator text storage main not null check (length(indicator) between 1 and 60),
  option text storage main check (length(option) between 1 and 40),
  condition text storage main not null check (condition in (${CONDITIONS})),
  ${number('bound')} not null,
  severity text storage main not null check (severity in (${SEVERITIES})),
  owner text storage main not null check (owner in (${OWNERS})),
  ack_minutes integer not null check (ack_minutes between 1 and 1440),
  escalate_to text storage main check (escalate_to in (${OWNERS})),
  sound boolean not null`

/** [Thai, English, indicator, option, kind of area, condition, bound, clear bound, for s, severity, owner, minutes, to, sound] */
const DEFAULTS = [
  `('เตียงไอซียู (ระดับ 3) ใช้เกิน 85%', 'ICU (level 3) above 85 %', 'beds.occupancy', '3', 'province', 'above', 0.85, 0.8, 300,
    'severe', 'provincial_health', 30, 'national', true)`,
  `('เตียงไอซียู (ระดับ 3) จะเต็มภายใน 3 วัน', 'ICU (level 3) full within 3 days', 'beds.full', '3', 'province', 'days_until', 3, 5, 300,
    'severe', 'provincial_health', 60, 'national', true)`,
  `('ผู้ป่วยสีแดงรอเตียงนานเกิน 1 ชั่วโมง', 'A red patient has waited for an hour', 'waiting.oldest', 'red', 'province', 'oldest', 60, 45, 0,
    'extreme', 'bed_coordinator', 15, 'provincial_health', true)`,
  `('มีผู้ป่วยที่ไม่มีใครติดต่อเกิน 48 ชั่วโมง', 'People not reached for 48 h', 'uncontacted', null, 'district', 'above', 5, 3, 0,
    'moderate', 'district_chief', 120, 'provincial_health', false)`,
  `('ผู้ติดเชื้อรายใหม่เพิ่มขึ้นครึ่งหนึ่งในสัปดาห์', 'New cases grew by half in a week', 'cases.growth', null, 'province', 'growth', 0.5, 0.3, 600,
    'moderate', 'provincial_health', 240, null, false)`,
  `('สถานพยาบาลไม่รายงานเกิน 24 ชั่วโมง', 'A facility has been silent for 24 h', 'silence.facility', null, 'facility', 'silent_for', 24, 24, 0,
    'minor', 'provincial_health', 240, null, false)`,
  `('จังหวัดไม่มีข้อมูล 2 วัน', 'A province without data for 2 days', 'silence.reports', null, 'province', 'silent_for', 2, 2, 600,
    'moderate', 'provincial_health', 240, 'national', false)`,
  `('ข้อความ SMS ใช้ไปแล้ว 80% ของชั่วโมงนี้', 'Text messages: 80 % of the hour are used up', 'system.messages', null, 'nation', 'above', 0.8, 0.5, 0,
    'severe', 'administrator', 30, 'national', false)`,
  `('ระบบช้ากว่าฐานข้อมูลเกิน 5 วินาที', 'The hub is more than 5 s behind', 'system.lag', null, 'nation', 'above', 5, 2, 10,
    'severe', 'administrator', 15, 'national', false)`,
]

const STATEMENTS = [
  // The provinces that a role's areas lie in.
  `create function jitasa_sees_province(area text) returns boolean language sql stable parallel safe
     return exists (select from unnest(string_to_array(current_setting('jitasa.areas', true), ',')) as own
       where own = 'TH' or left(own, 2) = left(area, 2))`,

  // Whether anybody would answer: the API reads no accounts.
  `create function jitasa_roles_with_people() returns setof text language sql stable security definer set search_path = public
     begin atomic
       select distinct role from account_grants
         where not disabled and not (drill and exists (select from operation where kind = 'live'));
     end`,
  `revoke execute on function jitasa_roles_with_people from public`,
  `grant execute on function jitasa_roles_with_people to jitasa_api`,

  `create table alert_rules (
     id integer generated always as identity primary key,
     ${JUDGED},
     area_kind text not null check (area_kind in ('nation', 'province', 'district', 'facility')),
     ${number('clear_bound')} not null,
     for_seconds integer not null check (for_seconds between 0 and 86400),
     enabled boolean not null default true
   )`,
  `insert into alert_rules (name_th, name_en, indicator, option, area_kind, condition, bound, clear_bound, for_seconds, severity, owner,
     ack_minutes, escalate_to, sound) values ${DEFAULTS.join(', ')}`,
  `alter table alert_rules enable row level security`,
  `create policy everyone_reads on alert_rules for select to jitasa_api using (true)`,
  `create policy command_inserts on alert_rules for insert to jitasa_api with check (${COMMAND})`,
  `create policy command_updates on alert_rules for update to jitasa_api using (${COMMAND})`,
  `grant select, insert, update on alert_rules to jitasa_api`,

  `create table alerts (
     id bigint generated always as identity primary key,
     rule_id integer not null references alert_rules,
     area text storage main not null references areas check (length(area) in (2, 4)),
     facility_id integer references facilities,
     facility_th text storage main,
     facility_en text storage main,
     ${JUDGED},
     state text storage main not null check (state in (${STATES})),
     ${number('value')},
     announced boolean not null,
     announced_nation boolean not null,
     ${moment('raised_at')} not null,
     ${moment('due_at')},
     held_by uuid,
     holder_label text storage main check (length(holder_label) between 1 and 80),
     ${moment('held_at')},
     ${moment('shelved_until')},
     ${moment('escalated_at')},
     ${moment('answered_at')},
     ${moment('cleared_at')},
     ${moment('ended_at')},
     check ((held_by is null) = (holder_label is null) and (held_by is null) = (held_at is null)),
     check ((facility_id is null) = (facility_th is null) and (facility_id is null) = (facility_en is null)),
     check (state not in ('acknowledged', 'shelved') or held_by is not null),
     check (state not in ('raised', 'suppressed', 'escalated', 'cleared_unacknowledged') or held_by is null),
     check ((state = 'shelved') = (shelved_until is not null)),
     check ((state = 'cleared') = (ended_at is not null))
   )`,
  `create unique index alerts_live on alerts (rule_id, area, coalesce(facility_id, 0)) where state <> 'cleared'`,
  `create index alerts_of_area on alerts (area, id)`,
  `create index alerts_raised on alerts (raised_at)`,
  `alter table alerts enable row level security`,
  `create policy hub_reads on alerts for select to jitasa_hub using (true)`,
  `create policy own_province on alerts for select to jitasa_api
     using (jitasa_sees_province(area) and (select jitasa_role_is(${READERS})))`,
  `create policy answered_here on alerts for update to jitasa_api using (jitasa_sees(area) and (select jitasa_role_is(${OWNERS})))`,
  `grant select, update (state, due_at, held_by, holder_label, held_at, shelved_until, answered_at, ended_at) on alerts to jitasa_api`,
  `alter publication jitasa add table alerts (${PUBLISHED})`,
  `grant select (${PUBLISHED}) on alerts to jitasa_hub`,

  `create table alert_events (
     id bigint generated always as identity primary key,
     alert_id bigint not null references alerts,
     kind text not null check (kind in (${EVENTS})),
     state text not null check (state in (${STATES})),
     at timestamptz not null,
     announced boolean not null default false,
     announced_nation boolean not null default false,
     ${number('value')},
     shelved_until timestamptz,
     actor uuid,
     actor_label text check (length(actor_label) between 1 and 80),
     comment text check (length(comment) between 1 and 300),
     idempotency_key text
   )`,
  `create index alert_events_of on alert_events (alert_id, id)`,
  `create index alert_events_at on alert_events (at)`,
  `create index alert_events_told on alert_events (id) where announced or announced_nation`,
  `create trigger append_only before update on alert_events for each row execute function jitasa_append_only()`,
  `alter table alert_events enable row level security`,
  `create policy of_alert on alert_events for select to jitasa_api using (exists (select from alerts where alerts.id = alert_id))`,
  `create policy answered_here on alert_events for insert to jitasa_api with check (
     not announced and not announced_nation and (select jitasa_role_is(${OWNERS}))
     and exists (select from alerts where alerts.id = alert_id and jitasa_sees(area)))`,
  `grant select, insert on alert_events to jitasa_api`,

  // While it is there, more ring for this audience than it can take: so many of them are held back.
  `create table alert_floods (
     area text storage main primary key references areas check (length(area) = 2),
     ${moment('since')} not null,
     held integer not null check (held >= 0)
   )`,
  `alter table alert_floods enable row level security`,
  `create policy hub_reads on alert_floods for select to jitasa_hub using (true)`,
  `alter publication jitasa add table alert_floods (${FLOODS})`,
  `grant select (${FLOODS}) on alert_floods to jitasa_hub`,
]
