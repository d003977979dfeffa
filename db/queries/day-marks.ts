import { type Kysely, sql } from 'kysely'
import type { CellGroups, Database, OldestOf } from '../schema.ts'
import type { Queryable } from './claims-expiry.ts'

export type Mark = { readonly area: string; readonly cells: CellGroups; readonly oldest: OldestOf }

/** Whether a mark is due, and how far the operation's day has come, in seconds. */
export type MarkPlan = { readonly day: string; readonly due: boolean; readonly intoDay: number }

/** Without an operational period a day has three shifts, from midnight in Bangkok. */
const SHIFT_HOURS = 8
const usualShift = (now: string) => `date_bin('${SHIFT_HOURS} hours', ${now}, '2000-01-01T00:00:00+07')`
/** When the newest shift of any area began: what it changed is told from then on. */
const newestShift = (now: string) =>
  `greatest(${usualShift(now)}, (select max(starts_at) from periods where status <> 'ended' and starts_at <= ${now}))`

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
         and at > $1::timestamptz - ${EVERY_S} * interval '1 second' and at >= ${newestShift('$1::timestamptz')}
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

/** How an area stood at a moment. */
export type Marking = {
  readonly day: string
  readonly at: Date
  readonly cells: CellGroups
  readonly oldest: OldestOf
}

/** How an area stood yesterday when the day was as old as it is now; `undefined` where nobody marked it within two marks. */
export async function readYesterday(db: Kysely<Database>, area: string, now: number): Promise<Marking | undefined> {
  const at = new Date(now)
  const { rows } = await sql<Marking>`
    with today as (select day, kind, ${sql.raw(INTO_DAY.replaceAll('$1', `'${at.toISOString()}'`))} as into_day from operation)
    select day_marks.day::text, at, cells, oldest from day_marks, today
      where area = ${area} and day_marks.day = today.day - 1 and day_marks.into_day <= today.into_day
        and day_marks.into_day > today.into_day - 2 * ${sql.raw(EVERY_S)}
      order by day_marks.into_day desc limit 1`.execute(db)
  return rows[0]
}

/** When the shift of an area began, and how the area stood then: its first mark since. */
export async function readShiftStart(
  db: Kysely<Database>,
  area: string,
  now: number,
): Promise<{ readonly startedAt: Date; readonly mark: Marking | undefined }> {
  const at = new Date(now)
  const { rows: shifts } = await sql<{ startedAt: Date }>`
    select coalesce(
      (select starts_at from periods where status <> 'ended' and starts_at <= ${at} and area in (${area}, 'TH')
        order by area = 'TH' limit 1),
      ${sql.raw(usualShift(`'${at.toISOString()}'::timestamptz`))}) as "startedAt"`.execute(db)
  const startedAt = shifts[0]!.startedAt
  const { rows } = await sql<Marking>`
    select day_marks.day::text, at, cells, oldest from day_marks, operation
      where area = ${area} and at >= ${startedAt} and day_marks.day in (operation.day, operation.day - 1)
      order by at limit 1`.execute(db)
  return { startedAt, mark: rows[0] }
}
