import { type Kysely, sql } from 'kysely'
import type { CellGroups, Database, OldestOf } from '../schema.ts'
import type { Queryable } from './claims-expiry.ts'

export type Mark = { readonly area: string; readonly cells: CellGroups; readonly oldest: OldestOf }

/** Whether a mark is due, and how far the operation's day has come, in seconds. */
export type MarkPlan = { readonly day: string; readonly due: boolean; readonly intoDay: number }

/** A real day is marked each half hour; one of a drill takes minutes. */
const EVERY_S = `case when kind = 'live' then 1800 else 20 end`

/** Seconds into the operation's day: of the real one since midnight in Bangkok, of a played one since its first mark. */
const INTO_DAY = `case when kind = 'live'
  then greatest(0, extract(epoch from $1::timestamptz - (day::timestamp at time zone 'Asia/Bangkok')))
  else coalesce((select extract(epoch from $1::timestamptz - at) + into_day from day_marks
    where area = 'TH' and day_marks.day = operation.day order by into_day limit 1), 0) end::integer`

/** @param now ms since 1970 */
export async function planMark(db: Queryable, now: number): Promise<MarkPlan> {
  const { rows } = await db.query(
    `select day::text, ${INTO_DAY} as "intoDay", not exists (
       select from day_marks where area = 'TH' and day_marks.day = operation.day
         and at > $1::timestamptz - ${EVERY_S} * interval '1 second'
     ) as due from operation`,
    [new Date(now)],
  )
  return rows[0] as MarkPlan
}

/** Writes the marks of a moment, and forgets those of other days than it and the day before. @returns rows written */
export async function writeMarks(db: Queryable, { day, intoDay }: MarkPlan, now: number, marks: readonly Mark[]) {
  const { rowCount } = await db.query(
    `insert into day_marks (area, day, into_day, at, cells, oldest)
       select area, $1::date, $2, $3, cells, oldest from jsonb_to_recordset($4) as marked (area text, cells jsonb, oldest jsonb)
     on conflict do nothing`,
    [day, intoDay, new Date(now), JSON.stringify(marks)],
  )
  await db.query(`delete from day_marks where day not in ($1::date, $1::date - 1)`, [day])
  return rowCount ?? 0
}

export type Yesterday = {
  readonly day: string
  readonly at: Date
  readonly cells: CellGroups
  readonly oldest: OldestOf
}

/** How an area stood yesterday when the day was as old as it is now; `undefined` where nobody marked it within two marks. */
export async function readYesterday(db: Kysely<Database>, area: string, now: number): Promise<Yesterday | undefined> {
  const at = new Date(now)
  const { rows } = await sql<Yesterday>`
    with today as (select day, kind, ${sql.raw(INTO_DAY.replaceAll('$1', `'${at.toISOString()}'`))} as into_day from operation)
    select day_marks.day::text, at, cells, oldest from day_marks, today
      where area = ${area} and day_marks.day = today.day - 1 and day_marks.into_day <= today.into_day
        and day_marks.into_day > today.into_day - 2 * ${sql.raw(EVERY_S)}
      order by day_marks.into_day desc limit 1`.execute(db)
  return rows[0]
}
