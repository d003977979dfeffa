import { type Kysely, type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import type { CorrectionRefusal } from '../../hub/contract/vocabulary/corrections.ts'
import type { Stage } from '../../hub/contract/vocabulary/stages.ts'
import type { Database } from '../schema.ts'
import { inArea } from './in-area.ts'

/** A correction that people have to make, with the case that its own has become. Nothing of what the person wrote. */
export type CorrectionRow = {
  readonly id: number
  readonly case_id: number
  readonly district: string
  readonly place: string | null
  readonly stage: Stage
  readonly asked_at: Date
  readonly done_at: Date | null
  readonly refused_because: CorrectionRefusal | null
  readonly closed_label: string | null
}

/**
 * As far as who asks sees the merges. Each way is gone once, and before cases are looked through: a planner that takes
 * the cases of an area for few would go them all for each of these.
 */
const corrections = (which: RawBuilder<unknown>, ofCases: RawBuilder<unknown> = sql`true`) => sql`
  with asked as materialized (
    select data_requests.id, asked_at, done_at, refused_because, closed_label, head.id as head from data_requests cross join lateral (
      with recursive way (id, merged_into, step) as (
        select id, merged_into, 0 from cases where id = data_requests.case_id
        union all select cases.id, cases.merged_into, step + 1 from way join cases on cases.id = way.merged_into where step < 100
      ) select id from way order by step desc limit 1
    ) as head
    where kind = 'correct' and ${which}
  )
  select asked.id, cases.id as case_id, cases.district, cases.place, cases.stage,
    asked_at, done_at, refused_because, closed_label
  from asked join cases on cases.id = asked.head where ${ofCases}`

export type CorrectionsAsked = {
  readonly area: string
  readonly show: 'open' | 'closed'
  /** id of the last one of the page before; 0: the first page */
  readonly after: number
  readonly limit: number
}

/** Open ones oldest first, closed ones newest first. */
export async function listCorrections(
  db: QueryExecutorProvider,
  { area, show, after, limit }: CorrectionsAsked,
): Promise<readonly CorrectionRow[]> {
  const open = show === 'open'
  const which = sql`${open ? sql`done_at is null` : sql`done_at is not null`}
    and ${after === 0 ? sql`true` : open ? sql`data_requests.id > ${after}` : sql`data_requests.id < ${after}`}`
  const { rows } = await sql<CorrectionRow>`${corrections(which, inArea(area))}
    order by asked.id ${open ? sql`asc` : sql`desc`} limit ${limit}`.execute(db)
  return rows
}

/** @param lateBefore what was asked for before this is late */
export async function countCorrections(
  db: QueryExecutorProvider,
  area: string,
  lateBefore: Date,
): Promise<{ readonly open: number; readonly closed: number; readonly late: number }> {
  const { rows } = await sql<{ open: number; closed: number; late: number }>`
    with those as (${corrections(sql`true`, inArea(area))})
    select count(*) filter (where done_at is null)::int as open, count(*) filter (where done_at is not null)::int as closed,
      count(*) filter (where done_at is null and asked_at < ${lateBefore})::int as late from those`.execute(db)
  return rows[0] ?? { open: 0, closed: 0, late: 0 }
}

/** The open ones of cases, oldest first. */
export async function openCorrectionsOf(
  db: QueryExecutorProvider,
  cases: readonly number[],
): Promise<readonly CorrectionRow[]> {
  const { rows } = await sql<CorrectionRow>`${corrections(
    sql`done_at is null and data_requests.case_id = any (${cases}::bigint[])`,
  )} order by asked.id`.execute(db)
  return rows
}

export async function readCorrection(db: QueryExecutorProvider, id: number): Promise<CorrectionRow | undefined> {
  const { rows } = await sql<CorrectionRow>`${corrections(sql`data_requests.id = ${id}`)}`.execute(db)
  return rows[0]
}

type Closing = {
  readonly at: Date
  readonly because: CorrectionRefusal | null
  readonly by: string | null
  readonly label: string
}

/** @param closing null: open again. Its case is locked by who asks. */
export async function writeCorrection(db: Kysely<Database>, id: number, closing: Closing | null): Promise<void> {
  await db
    .updateTable('data_requests')
    .set({
      done_at: closing?.at ?? null,
      refused_because: closing?.because ?? null,
      closed_by: closing?.by ?? null,
      closed_label: closing?.label ?? null,
    })
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}
