import type { AlertRule } from '../../hub/contract/alerts/rules.ts'
import type { AlertEvent, AlertState } from '../../hub/contract/vocabulary/alerts.ts'
import { READ_RULES } from './alert-rules.ts'
import type { AlertRow } from './alerts.ts'
import type { Queryable } from './claims-expiry.ts'

/** What the leading hub reads and writes of alerts, as the owner, over one session. */

export type WatchedArea = { readonly code: string; readonly population: number | null }

export async function readWatchedAreas(db: Queryable, level: 'province' | 'district'): Promise<readonly WatchedArea[]> {
  const { rows } = await db.query('select code, population from areas where level = $1 order by code', [level])
  return rows as WatchedArea[]
}

export async function readWatchRules(db: Queryable): Promise<readonly AlertRule[]> {
  return (await db.query(READ_RULES, [])).rows as AlertRule[]
}

/** Kinds of facilities that owe reports, how many text messages this hour has had, and since when the oldest request stands apart, by province. */
export async function readWatchFacts(
  db: Queryable,
  now: number,
): Promise<{
  readonly kinds: readonly string[]
  readonly sent: number
  readonly apart: Readonly<Record<string, number>>
}> {
  const { rows } = await db.query(
    `select array(select kind from report_deadlines) as kinds,
       coalesce((select sent from message_budgets where key = 'all' and hour = date_trunc('hour', $1::timestamptz)), 0)::int as sent,
       (select coalesce(json_object_agg(province, since), '{}')
        from (select left(district, 2) as province, extract(epoch from min(reported_at)) * 1000 as since
              from cases where unverified and on_board group by 1) as lanes) as apart`,
    [new Date(now)],
  )
  return rows[0] as { kinds: string[]; sent: number; apart: Record<string, number> }
}

/** Those that have not ended. @param lock until the end of the transaction */
export async function readLiveAlerts(db: Queryable, lock: boolean): Promise<readonly AlertRow[]> {
  const { rows } = await db.query(
    `select * from alerts where state <> 'cleared' order by id${lock ? ' for update' : ''}`,
    [],
  )
  return rows as AlertRow[]
}

export type AudienceCount = { readonly audience: string; readonly fresh: number; readonly announced: number }

/** What each audience has had since a moment; of national command, of everything. */
export async function readRecent(db: Queryable, since: Date): Promise<readonly AudienceCount[]> {
  const { rows } = await db.query(
    `with recent as (
       select left(area, 2) as audience, alert_events.kind in ('raised', 'returned') as is_fresh, alert_events.announced,
         alert_events.announced_nation
       from alert_events join alerts on alerts.id = alert_id
       where at > $1 and alert_events.kind in ('raised', 'returned', 'released', 'unshelved') and actor is null
     )
     select audience, count(*) filter (where is_fresh)::int as fresh, count(*) filter (where announced)::int as announced
       from recent where audience <> 'TH' group by audience
     union all
     select 'TH', count(*) filter (where is_fresh)::int, count(*) filter (where announced_nation)::int from recent`,
    [since],
  )
  return rows as AudienceCount[]
}

export async function readFloods(db: Queryable): Promise<readonly { area: string; since: Date; held: number }[]> {
  return (await db.query('select area, since, held from alert_floods', [])).rows as {
    area: string
    since: Date
    held: number
  }[]
}

/** An alert as it is to be written; `events`: what has happened to it, in order. Times: ISO. */
export type WrittenAlert = {
  readonly state: AlertState
  readonly dueAt: string | null
  readonly value: number | null
  readonly announced: boolean
  readonly announcedNation: boolean
  readonly events: readonly {
    readonly kind: AlertEvent
    readonly announced: boolean
    readonly announcedNation: boolean
  }[]
}
export type NewAlert = WrittenAlert & {
  readonly rule: number
  readonly area: string
  readonly facility: number | null
  readonly facilityTh: string | null
  readonly facilityEn: string | null
}
export type ChangedAlert = WrittenAlert & { readonly id: number }

const JUDGED = 'name_th, name_en, indicator, option, condition, bound, severity, owner, ack_minutes, escalate_to, sound'
const TOLD = `cross join lateral jsonb_array_elements(given.events) with ordinality as told (event, nth)`
const EVENT = `event ->> 'kind'`
const ANNOUNCED = `(event ->> 'announced')::boolean, (event ->> 'announcedNation')::boolean`

/** New alerts by their rules as they are, with the beginning of their history. */
export async function raiseAlerts(db: Queryable, alerts: readonly NewAlert[], now: number): Promise<number> {
  if (alerts.length === 0) return 0
  const { rowCount } = await db.query(
    `with given as (
       select * from jsonb_to_recordset($1) as given (rule int, area text, facility int, "facilityTh" text, "facilityEn" text,
         state text, "dueAt" timestamptz, value float8, announced boolean, "announcedNation" boolean, events jsonb)
     ), made as (
       insert into alerts (rule_id, area, facility_id, facility_th, facility_en, ${JUDGED}, state, value, announced,
         announced_nation, raised_at, due_at)
       select rule, given.area, facility, "facilityTh", "facilityEn", ${JUDGED}, state, value, announced, "announcedNation", $2, "dueAt"
         from given join alert_rules on alert_rules.id = rule
       on conflict do nothing returning id, rule_id, area, facility_id
     )
     insert into alert_events (alert_id, kind, state, at, announced, announced_nation, value)
     select made.id, ${EVENT}, given.state, $2, ${ANNOUNCED}, given.value
       from made join given on rule = rule_id and given.area = made.area and given.facility is not distinct from facility_id ${TOLD}
       order by made.id, nth`,
    [JSON.stringify(alerts), new Date(now)],
  )
  return rowCount ?? 0
}

/** Alerts that the hub has moved, with what happened to them. Whoever has one keeps it until it ends, and is named in its end. */
export async function changeAlerts(db: Queryable, alerts: readonly ChangedAlert[], now: number): Promise<number> {
  if (alerts.length === 0) return 0
  const { rowCount } = await db.query(
    `with given as (
       select * from jsonb_to_recordset($1) as given (id bigint, state text, "dueAt" timestamptz, value float8, announced boolean,
         "announcedNation" boolean, events jsonb)
     ), changed as (
       update alerts set state = given.state, due_at = "dueAt", value = given.value, announced = given.announced,
         announced_nation = "announcedNation", shelved_until = null,
         held_by = case when given.state = 'cleared' then held_by end,
         holder_label = case when given.state = 'cleared' then holder_label end,
         held_at = case when given.state = 'cleared' then held_at end,
         escalated_at = case when given.state = 'escalated' then coalesce(escalated_at, $2) end,
         cleared_at = case when given.state = 'cleared_unacknowledged' then coalesce(cleared_at, $2)
           when given.state = 'cleared' then coalesce(cleared_at, $2) end,
         ended_at = case when given.state = 'cleared' then $2::timestamptz end
       from given where alerts.id = given.id
     )
     insert into alert_events (alert_id, kind, state, at, announced, announced_nation, value)
     select id, ${EVENT}, given.state, $2, ${ANNOUNCED}, given.value from given ${TOLD} order by id, nth`,
    [JSON.stringify(alerts), new Date(now)],
  )
  return rowCount ?? 0
}

/** The values that live alerts show. */
export async function writeAlertValues(
  db: Queryable,
  values: readonly { readonly id: number; readonly value: number }[],
): Promise<void> {
  if (values.length === 0) return
  await db.query(
    `update alerts set value = given.value from jsonb_to_recordset($1) as given (id bigint, value float8)
     where alerts.id = given.id and state <> 'cleared'`,
    [JSON.stringify(values)],
  )
}

export async function writeFloods(
  db: Queryable,
  floods: readonly { readonly area: string; readonly since: Date; readonly held: number }[],
): Promise<void> {
  await db.query('delete from alert_floods where area <> all ($1)', [floods.map(({ area }) => area)])
  for (const { area, since, held } of floods) {
    await db.query(
      `insert into alert_floods as kept (area, since, held) values ($1, $2, $3)
       on conflict (area) do update set held = excluded.held where kept.held <> excluded.held`,
      [area, since, held],
    )
  }
}

/** `facility` 0: the area itself. */
export type Pending = { readonly rule: number; readonly area: string; readonly facility: number; readonly since: Date }

/** Since when what waits before it rings has been so, as the last hub that led has seen it. */
export async function readPending(db: Queryable): Promise<readonly Pending[]> {
  const { rows } = await db.query('select rule_id as rule, area, facility_id as facility, since from alert_pending', [])
  return rows as Pending[]
}

export async function writePending(
  db: Queryable,
  begun: readonly Pending[],
  over: readonly Omit<Pending, 'since'>[],
): Promise<void> {
  if (over.length > 0)
    await db.query(
      `delete from alert_pending using jsonb_to_recordset($1) as over (rule int, area text, facility int)
       where rule_id = over.rule and alert_pending.area = over.area and facility_id = over.facility`,
      [JSON.stringify(over)],
    )
  if (begun.length > 0)
    await db.query(
      `insert into alert_pending (rule_id, area, facility_id, since)
       select rule, area, facility, since from jsonb_to_recordset($1) as begun (rule int, area text, facility int, since timestamptz)
       on conflict (rule_id, area, facility_id) do update set since = excluded.since`,
      [JSON.stringify(begun)],
    )
}
