import { type QueryExecutorProvider, sql } from 'kysely'
import type { AlertEvent, AlertOwner, AlertState } from '../../hub/contract/vocabulary/alerts.ts'
import type { Alerts } from '../schema.ts'

/** A row as it is read: times are dates. */
export type AlertRow = {
  readonly [Column in keyof Alerts]: Column extends `${string}_at` | 'shelved_until'
    ? Date | Extract<Alerts[Column], null>
    : Column extends 'id'
      ? number
      : Alerts[Column]
}

export async function readAlert(db: QueryExecutorProvider, id: number): Promise<AlertRow | undefined> {
  const { rows } = await sql<AlertRow>`select * from alerts where id = ${id}`.execute(db)
  return rows[0]
}

/** Locks the alert until the end of the transaction; of one that lies outside the account's areas, nothing. */
export async function lockAlert(db: QueryExecutorProvider, id: number): Promise<AlertRow | undefined> {
  const { rows } = await sql<AlertRow>`select * from alerts where id = ${id} for update`.execute(db)
  return rows[0]
}

/** Newest first. */
export async function listAlerts(
  db: QueryExecutorProvider,
  asked: {
    readonly area: string
    readonly state: 'live' | 'ended' | 'all'
    readonly rule: number | null
    readonly before: number | null
    readonly limit: number
  },
): Promise<AlertRow[]> {
  const { area, state, rule, before, limit } = asked
  const { rows } = await sql<AlertRow>`
    select * from alerts
    where (${area} = 'TH' or starts_with(area, ${area}))
      and (${state} = 'all' or (state = 'cleared') = (${state} = 'ended'))
      and (${rule}::bigint is null or rule_id = ${rule}) and (${before}::bigint is null or id < ${before})
    order by id desc limit ${limit}`.execute(db)
  return rows
}

export type AlertEventRow = {
  readonly kind: AlertEvent
  readonly state: AlertState
  readonly at: Date
  readonly by: string | null
  readonly comment: string | null
  readonly value: number | null
  readonly shelvedUntil: Date | null
}

export async function alertEvents(db: QueryExecutorProvider, alert: number): Promise<AlertEventRow[]> {
  const { rows } = await sql<AlertEventRow>`
    select kind, state, at, actor_label as by, comment, value, shelved_until as "shelvedUntil"
    from alert_events where alert_id = ${alert} order by id`.execute(db)
  return rows
}

/** What a person changes of an alert. */
export type AlertAnswer = Pick<
  AlertRow,
  'state' | 'due_at' | 'held_by' | 'holder_label' | 'held_at' | 'shelved_until' | 'answered_at' | 'ended_at'
>

export async function answerAlert(db: QueryExecutorProvider, id: number, to: AlertAnswer): Promise<void> {
  await sql`update alerts set state = ${to.state}, due_at = ${to.due_at}, held_by = ${to.held_by},
    holder_label = ${to.holder_label}, held_at = ${to.held_at}, shelved_until = ${to.shelved_until},
    answered_at = ${to.answered_at}, ended_at = ${to.ended_at} where id = ${id}`.execute(db)
}

/** Adds what a person did to the history of an alert. */
export async function addAlertEvent(
  db: QueryExecutorProvider,
  alert: Pick<AlertRow, 'id' | 'value'> & Pick<AlertAnswer, 'state' | 'shelved_until'>,
  kind: AlertEvent,
  by: { readonly account: string | null; readonly label: string; readonly at: Date; readonly key: string },
  said: { readonly comment?: string | undefined; readonly before?: AlertAnswer } = {},
): Promise<void> {
  await sql`insert into alert_events (alert_id, kind, state, at, value, shelved_until, actor, actor_label, comment, before,
      idempotency_key)
    values (${alert.id}, ${kind}, ${alert.state}, ${by.at}, ${alert.value}, ${alert.shelved_until}, ${by.account}, ${by.label},
      ${said.comment ?? null}, ${said.before ? JSON.stringify(columnsOf(said.before)) : null}, ${by.key})`.execute(db)
}

const columnsOf = ({
  state,
  due_at,
  held_by,
  holder_label,
  held_at,
  shelved_until,
  answered_at,
  ended_at,
}: AlertAnswer) => ({
  ...{ state, due_at, held_by, holder_label, held_at, shelved_until, answered_at, ended_at },
})

/** The last thing that happened to an alert. `before`: as it stood before somebody answered. */
export async function lastAlertEvent(
  db: QueryExecutorProvider,
  alert: number,
): Promise<{ kind: AlertEvent; actor: string | null; at: Date; before: AlertAnswer | null } | undefined> {
  const { rows } = await sql<{ kind: AlertEvent; actor: string | null; at: Date; before: AlertAnswer | null }>`
    select kind, actor, at, before from alert_events where alert_id = ${alert} order by id desc limit 1`.execute(db)
  return rows[0]
}

export type OwnerAnswers = {
  readonly owner: AlertOwner
  readonly alerts: number
  readonly answered: number
  readonly inTime: number
  readonly medianMinutes: number | null
  readonly p90Minutes: number | null
}

/** How soon those that were announced were answered. One that is still in time, or was over before it was due, is not counted. */
export async function answeringTimes(
  db: QueryExecutorProvider,
  { area, since, now }: { readonly area: string; readonly since: Date; readonly now: Date },
): Promise<OwnerAnswers[]> {
  const { rows } = await sql<OwnerAnswers>`
    with told as (
      select owner, extract(epoch from answered_at - raised_at) / 60 as minutes, ack_minutes,
        coalesce(answered_at, cleared_at, ${now}) >= raised_at + make_interval(mins => ack_minutes) as is_late, answered_at
      from alerts where announced and raised_at > ${since} and (${area} = 'TH' or starts_with(area, ${area}))
    )
    select owner, count(*)::int as alerts, count(answered_at)::int as answered,
      count(*) filter (where answered_at is not null and minutes <= ack_minutes)::int as "inTime",
      percentile_cont(0.5) within group (order by minutes)::float8 as "medianMinutes",
      percentile_cont(0.9) within group (order by minutes)::float8 as "p90Minutes"
    from told where answered_at is not null or is_late group by owner order by owner`.execute(db)
  return rows
}
