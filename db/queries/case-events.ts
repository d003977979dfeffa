import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** Codes, ids, counts and times, and the office that overrode a guard; nothing else that a person typed. */
export type EventDetails = Readonly<Record<string, string | number | boolean | null>>

export type NewCaseEvent = {
  readonly caseId: number
  readonly needId?: number | null
  readonly district: string
  /** `<subject>.<what happened>`, e.g. `need.claimed` */
  readonly kind: string
  readonly actor: string | null
  readonly actorLabel: string
  /** when it happened, as the source says */
  readonly sourceAt: Date
  readonly recordedAt: Date
  readonly details?: EventDetails
  readonly idempotencyKey?: string | null
}

export type CaseEventRow = {
  id: number
  case_id: number
  need_id: number | null
  kind: string
  actor: string | null
  actor_label: string
  source_at: Date
  recorded_at: Date
  details: EventDetails
  idempotency_key: string | null
}

/** When each kind of event first happened to a case; of a transfer only the one that is asked for. */
export async function firstTimes(
  db: Kysely<Database>,
  caseId: number,
  kinds: readonly string[],
  transfer: number | undefined,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ kind: string; at: Date }>`
    select kind, min(recorded_at) as at from case_events
    where case_id = ${caseId} and kind = any(${kinds})
      and (kind not like 'transfer.%' or details ->> 'transfer' = ${String(transfer ?? '')})
    group by kind`.execute(db)
  return new Map(rows.map(({ kind, at }) => [kind, at.getTime()]))
}

/** @returns the event's id, with which it can be undone. */
export async function addCaseEvent(db: Kysely<Database>, event: NewCaseEvent): Promise<number> {
  const { id } = await db
    .insertInto('case_events')
    .values({
      case_id: event.caseId,
      need_id: event.needId ?? null,
      district: event.district,
      kind: event.kind,
      actor: event.actor,
      actor_label: event.actorLabel,
      source_at: event.sourceAt,
      recorded_at: event.recordedAt,
      details: JSON.stringify(event.details ?? {}),
      idempotency_key: event.idempotencyKey ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const COLUMNS = [
  'id',
  'case_id',
  'need_id',
  'kind',
  'actor',
  'actor_label',
  'source_at',
  'recorded_at',
  'details',
  'idempotency_key',
] as const

/**
 * The history of a case and of all that were merged into it.
 * @param after where the page before ended, in this order; 0: from the beginning
 */
export async function listCaseEvents(
  db: Kysely<Database>,
  caseId: number,
  { order, after, limit }: { readonly order: 'oldest' | 'newest'; readonly after: number; readonly limit: number },
): Promise<CaseEventRow[]> {
  const newest = order === 'newest'
  return db
    .withRecursive('family', (family) =>
      family
        .selectFrom('cases')
        .select('id')
        .where('id', '=', caseId)
        .union(family.selectFrom('cases').innerJoin('family', 'family.id', 'cases.merged_into').select('cases.id')),
    )
    .selectFrom('case_events')
    .select(COLUMNS)
    .where('case_id', 'in', (family) => family.selectFrom('family').select('family.id'))
    .$if(after > 0, (query) => query.where('id', newest ? '<' : '>', after))
    .orderBy('id', newest ? 'desc' : 'asc')
    .limit(limit)
    .execute() as Promise<CaseEventRow[]>
}

export async function readCaseEvent(
  db: Kysely<Database>,
  caseId: number,
  id: number,
): Promise<CaseEventRow | undefined> {
  return (await db
    .selectFrom('case_events')
    .select(COLUMNS)
    .where('case_id', '=', caseId)
    .where('id', '=', id)
    .executeTakeFirst()) as CaseEventRow | undefined
}

/** The merge that ended a case, and the needs it closed because both cases had one of the kind. */
export async function lastMergeOf(
  db: Kysely<Database>,
  caseId: number,
): Promise<(CaseEventRow & { readonly closed: readonly number[] }) | undefined> {
  const merge = (await db
    .selectFrom('case_events')
    .select(COLUMNS)
    .where('case_id', '=', caseId)
    .where('kind', '=', 'case.merged')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()) as CaseEventRow | undefined
  if (merge === undefined) return undefined
  const closed = await endedWith(db, merge, [caseId])
  return { ...merge, closed: closed.flatMap(({ need_id }) => (need_id === null ? [] : [need_id])) }
}

/** Whether anything else has happened to the event's need, or to the case itself, after it. */
export async function happenedSince(db: Kysely<Database>, event: CaseEventRow, to: 'need' | 'case'): Promise<boolean> {
  const later = await db
    .selectFrom('case_events')
    .select('id')
    .where('case_id', '=', event.case_id)
    .where('id', '>', event.id)
    .$if(to === 'need', (query) => query.where('need_id', '=', event.need_id))
    .$if(to === 'case', (query) => query.where('kind', 'not like', 'need.%'))
    .limit(1)
    .executeTakeFirst()
  return later !== undefined
}

/**
 * The needs that the event's command ended with it: how each stood before is in the details.
 * @param cases where to look: a merge closes in both
 */
export async function endedWith(
  db: Kysely<Database>,
  event: CaseEventRow,
  cases: readonly number[],
): Promise<CaseEventRow[]> {
  return db
    .selectFrom('case_events')
    .select(COLUMNS)
    .where('case_id', 'in', cases)
    .where('actor', 'is not distinct from', event.actor)
    .where('kind', 'in', ['need.closed', 'need.transferred'])
    .where('recorded_at', '=', event.recorded_at)
    .where('idempotency_key', 'is not distinct from', event.idempotency_key)
    .where(sql<boolean>`details ->> 'with' in ('case', 'outcome', 'place')`)
    .execute() as Promise<CaseEventRow[]>
}
