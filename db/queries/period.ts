import { type QueryExecutorProvider, sql } from 'kysely'
import type {
  Audience,
  CommandedRole,
  LogKind,
  MESSAGE_STATES,
  ObjectiveKind,
  ObjectiveState,
  PeriodState,
} from '../../hub/contract/vocabulary/period.ts'
import type { Queryable } from './claims-expiry.ts'

export type Author = { readonly account: string | null; readonly label: string; readonly at: Date }

export type PeriodRow = {
  readonly id: number
  readonly area: string
  readonly title: string
  readonly status: PeriodState
  readonly startsAt: Date
  readonly endsAt: Date
  readonly startedBy: string
  readonly summary: string | null
  readonly handedAt: Date | null
  readonly handedBy: string | null
  readonly handedAccount: string | null
  readonly acceptedAt: Date | null
  readonly acceptedBy: string | null
}

const PERIOD = sql`id, area, title, status, starts_at as "startsAt", ends_at as "endsAt", started_label as "startedBy", summary,
  handed_at as "handedAt", handed_label as "handedBy", handed_by as "handedAccount", accepted_at as "acceptedAt",
  accepted_label as "acceptedBy"`

/** Of two that begin at once, the second waits for the first and then finds its period. @returns `undefined` when one runs */
export async function insertPeriod(
  db: QueryExecutorProvider,
  { area, title, endsAt }: { readonly area: string; readonly title: string; readonly endsAt: Date },
  by: Author,
): Promise<PeriodRow | undefined> {
  const { rows } = await sql<PeriodRow>`
    insert into periods (area, title, starts_at, ends_at, started_by, started_label)
    values (${area}, ${title}, ${by.at}, ${endsAt}, ${by.account}, ${by.label})
    on conflict (area) where status <> 'ended' do nothing returning ${PERIOD}`.execute(db)
  return rows[0]
}

/** Locks the period until the end of the transaction. */
export async function lockPeriod(db: QueryExecutorProvider, id: number): Promise<PeriodRow | undefined> {
  const { rows } = await sql<PeriodRow>`select ${PERIOD} from periods where id = ${id} for update`.execute(db)
  return rows[0]
}

/** The period that runs in an area, and the one before it. */
export async function periodsOf(db: QueryExecutorProvider, area: string): Promise<readonly PeriodRow[]> {
  const { rows } = await sql<PeriodRow>`
    select ${PERIOD} from periods where area = ${area} order by id desc limit 2`.execute(db)
  return rows
}

export async function handOver(db: QueryExecutorProvider, id: number, summary: string, by: Author): Promise<void> {
  await sql`update periods set status = 'handed_over', summary = ${summary}, handed_at = ${by.at}, handed_by = ${by.account},
    handed_label = ${by.label} where id = ${id}`.execute(db)
}

/** The summary stays, for the next hand-over of the same shift. */
export async function takeBack(db: QueryExecutorProvider, id: number): Promise<void> {
  await sql`update periods set status = 'running', handed_at = null, handed_by = null, handed_label = null
    where id = ${id}`.execute(db)
}

export async function endPeriod(db: QueryExecutorProvider, id: number, by: Author): Promise<void> {
  await sql`update periods set status = 'ended', accepted_at = ${by.at}, accepted_by = ${by.account},
    accepted_label = ${by.label} where id = ${id}`.execute(db)
}

export type ObjectiveRow = {
  readonly id: number
  readonly area: string
  readonly kind: ObjectiveKind
  readonly objective: number | null
  readonly title: string
  readonly role: CommandedRole | null
  readonly owner: string | null
  readonly dueAt: Date | null
  readonly state: ObjectiveState
  readonly setAt: Date
  readonly stateAt: Date
  readonly by: string
}

const OBJECTIVE = sql`id, area, kind, objective_id as objective, title, owner_role as role, owner_label as owner,
  due_at as "dueAt", state, set_at as "setAt", state_at as "stateAt", set_label as by`

export async function insertObjective(
  db: QueryExecutorProvider,
  set: Pick<ObjectiveRow, 'area' | 'kind' | 'objective' | 'title' | 'role' | 'owner' | 'dueAt'>,
  by: Author,
): Promise<ObjectiveRow> {
  const { rows } = await sql<ObjectiveRow>`
    insert into objectives (area, kind, objective_id, title, owner_role, owner_label, due_at, set_at, state_at, set_by, set_label)
    values (${set.area}, ${set.kind}, ${set.objective}, ${set.title}, ${set.role}, ${set.owner}, ${set.dueAt}, ${by.at}, ${by.at},
      ${by.account}, ${by.label}) returning ${OBJECTIVE}`.execute(db)
  return only(rows)
}

/** Locks the objective until the end of the transaction. */
export async function lockObjective(db: QueryExecutorProvider, id: number): Promise<ObjectiveRow | undefined> {
  const { rows } = await sql<ObjectiveRow>`select ${OBJECTIVE} from objectives where id = ${id} for update`.execute(db)
  return rows[0]
}

export async function setObjectiveState(
  db: QueryExecutorProvider,
  id: number,
  state: ObjectiveState,
  at: Date,
): Promise<ObjectiveRow> {
  const { rows } = await sql<ObjectiveRow>`
    update objectives set state = ${state}, state_at = ${at} where id = ${id} returning ${OBJECTIVE}`.execute(db)
  return only(rows)
}

/** Live ones, and those that ended since `since`; what is due first comes first. */
export async function objectivesOf(
  db: QueryExecutorProvider,
  area: string,
  since: Date,
): Promise<readonly ObjectiveRow[]> {
  const { rows } = await sql<ObjectiveRow>`
    select ${OBJECTIVE} from objectives
    where area = ${area} and (state in ('open', 'doing') or state_at >= ${since})
    order by due_at nulls last, id limit ${ROWS_MAX}`.execute(db)
  return rows
}

export type MessageRow = {
  readonly id: number
  readonly area: string
  readonly audience: Audience
  readonly urgent: boolean
  readonly text: string
  readonly state: (typeof MESSAGE_STATES)[number]
  readonly sentAt: Date
  readonly until: Date
  readonly by: string
}

const MESSAGE = sql`id, area, audience, urgent, text, state, sent_at as "sentAt", until, sent_label as by`

export async function insertMessage(
  db: QueryExecutorProvider,
  said: Pick<MessageRow, 'area' | 'audience' | 'urgent' | 'text' | 'until'>,
  by: Author,
): Promise<MessageRow> {
  const { rows } = await sql<MessageRow>`
    insert into command_messages (area, audience, urgent, text, sent_at, until, sent_by, sent_label)
    values (${said.area}, ${said.audience}, ${said.urgent}, ${said.text}, ${by.at}, ${said.until}, ${by.account}, ${by.label})
    returning ${MESSAGE}`.execute(db)
  return only(rows)
}

/** Locks the message until the end of the transaction. */
export async function lockMessage(db: QueryExecutorProvider, id: number): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`select ${MESSAGE} from command_messages where id = ${id} for update`.execute(
    db,
  )
  return rows[0]
}

export async function withdrawMessage(db: QueryExecutorProvider, id: number): Promise<MessageRow> {
  const { rows } = await sql<MessageRow>`
    update command_messages set state = 'withdrawn' where id = ${id} returning ${MESSAGE}`.execute(db)
  return only(rows)
}

export async function messagesOf(db: QueryExecutorProvider, area: string, since: Date): Promise<readonly MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select ${MESSAGE} from command_messages
    where area = ${area} and (state = 'live' or sent_at >= ${since}) order by id desc limit ${ROWS_MAX}`.execute(db)
  return rows
}

/** Ends the messages whose time is over. @returns how many */
export async function endMessages(db: Queryable, now: number): Promise<number> {
  const { rowCount } = await db.query(
    `update command_messages set state = 'ended' where id = any (array(
       select id from command_messages where state = 'live' and until <= $1 limit ${ROWS_MAX} for update skip locked))`,
    [new Date(now)],
  )
  return rowCount ?? 0
}

export type LogRow = {
  readonly id: number
  readonly area: string
  readonly kind: LogKind
  readonly at: Date
  readonly by: string
  readonly text: string
  readonly state: ObjectiveState | null
  readonly corrects: number | null
}
export type NewLogEntry = {
  readonly area: string
  readonly kind: LogKind
  readonly text: string
  readonly subject?: number
  readonly state?: ObjectiveState
  readonly corrects?: number
}

const LOG = sql`id, area, kind, at, actor_label as by, text, state, corrects`

/** Into the log of the period that runs in the area, or of none. */
export async function addLogEntry(
  db: QueryExecutorProvider,
  { area, kind, text, subject, state, corrects }: NewLogEntry,
  by: Author & { readonly key: string },
): Promise<LogRow> {
  const { rows } = await sql<LogRow>`
    insert into command_log (area, period_id, kind, subject_id, text, state, corrects, at, actor, actor_label, idempotency_key)
    values (${area}, (select max(id) from periods where area = ${area} and status <> 'ended'), ${kind}, ${subject ?? null}, ${text},
      ${state ?? null}, ${corrects ?? null}, ${by.at}, ${by.account}, ${by.label}, ${by.key}) returning ${LOG}`.execute(
    db,
  )
  return only(rows)
}

export async function logEntry(db: QueryExecutorProvider, id: number): Promise<LogRow | undefined> {
  const { rows } = await sql<LogRow>`select ${LOG} from command_log where id = ${id}`.execute(db)
  return rows[0]
}

/** Newest first. */
export async function logOf(db: QueryExecutorProvider, area: string, since: Date): Promise<readonly LogRow[]> {
  const { rows } = await sql<LogRow>`
    select ${LOG} from command_log where area = ${area} and at >= ${since} order by id desc limit ${ROWS_MAX}`.execute(
    db,
  )
  return rows
}

/** What one look at an area brings of each. */
const ROWS_MAX = 200

function only<T>(rows: readonly T[]): T {
  if (rows[0] === undefined) throw new Error('the statement returned no row')
  return rows[0]
}
