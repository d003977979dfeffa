import { type Insertable, type Kysely, type RawBuilder, sql } from 'kysely'
import type { ReportKind, TargetGroup, Vaccine } from '../../hub/contract/vocabulary/doses.ts'
import type { TestKind } from '../../hub/contract/vocabulary/tests.ts'
import type { Database, Tests, Vaccinations } from '../schema.ts'
import type { Days } from './days.ts'

export async function insertVaccinations(
  db: Kysely<Database>,
  rows: readonly Insertable<Vaccinations>[],
): Promise<number[]> {
  const written = await db.insertInto('vaccinations').values(rows).returning('id').execute()
  return written.map((row) => row.id)
}

export async function insertTest(db: Kysely<Database>, row: Insertable<Tests>): Promise<number> {
  return (await db.insertInto('tests').values(row).returning('id').executeTakeFirstOrThrow()).id
}

export type DoseDay = {
  readonly district: string
  readonly facility: number | null
  readonly day: string
  readonly dose: number
}

/** Doses of a site and day by number, corrections taken in: what a correction may not take below zero. */
export async function dosesOfDay(db: Kysely<Database>, filter: DoseDay): Promise<number> {
  const { doses } = await db
    .selectFrom('vaccinations')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('doses'), eb.lit(0)).as('doses'))
    .where('district', '=', filter.district)
    .where('day', '=', filter.day)
    .where('dose', '=', filter.dose as 1 | 2 | 3 | 4)
    .$if(filter.facility !== null, (query) => query.where('facility_id', '=', filter.facility))
    .executeTakeFirstOrThrow()
  return Number(doses)
}

/** When each number of doses of a site and day was reported last: what another report of the same is told by. */
export async function doseReportsOfDay(db: Kysely<Database>, { district, facility, day }: Omit<DoseDay, 'dose'>) {
  return db
    .selectFrom('vaccinations')
    .select((eb) => ['dose', 'target_group', 'vaccine', 'doses', eb.fn.max('recorded_at').as('at')])
    .where('district', '=', district)
    .where('facility_id', facility === null ? 'is' : '=', facility)
    .where('day', '=', day)
    .groupBy(['dose', 'target_group', 'vaccine', 'doses'])
    .execute()
}

/** When the very same tests of a district and day were reported last. */
export async function sameTestsReportedAt(
  db: Kysely<Database>,
  same: Pick<Insertable<Tests>, 'district' | 'day' | 'kind' | 'tested' | 'positive'>,
): Promise<Date | undefined> {
  const row = await db
    .selectFrom('tests')
    .select('recorded_at')
    .where('district', '=', same.district)
    .where('day', '=', same.day)
    .where('kind', '=', same.kind)
    .where('tested', '=', same.tested)
    .where('positive', '=', same.positive)
    .orderBy('recorded_at', 'desc')
    .executeTakeFirst()
  return row?.recorded_at
}

export type ListedReport = {
  id: number
  district: string
  facility_id: number | null
  facility_th: string
  facility_en: string
  day: string
  kind: ReportKind | TestKind | 'plan'
  dose: number | null
  group: TargetGroup | null
  vaccine: Vaccine | null
  amount: number
  positive: number | null
  given: number | null
  source_at: Date
  /** what the device said, when that could not be believed */
  device_at: Date | null
  recorded_at: Date
}

const REPORT_TABLES = ['vaccinations', 'tests', 'revisions', 'dose_plans'] as const
type ReportTable = (typeof REPORT_TABLES)[number]

export const isReportTable = (table: string): table is ReportTable => REPORT_TABLES.some((one) => one === table)

/** What is of doses, tests, revisions or plans alone. Whose number a revision changed is what the list was asked for. */
const OWN_COLUMNS: Readonly<Record<ReportTable, RawBuilder<unknown>>> = {
  vaccinations: sql`kind, source_at, device_at, facility_id, dose, target_group as "group", vaccine, doses as amount, null::int as positive,
    null::int as given`,
  tests: sql`kind, source_at, device_at, null::int as facility_id, null::int as dose, null as "group", null as vaccine, tested as amount, positive,
    null::int as given`,
  revisions: sql`case kind when 'corrected' then 'correction' else kind end as kind, recorded_at as source_at, null::timestamptz as device_at,
    null::int as facility_id, null::int as dose, null as "group", null as vaccine, amount, null::int as positive, null::int as given`,
  dose_plans: sql`'plan' as kind, recorded_at as source_at, null::timestamptz as device_at, facility_id, null::int as dose, null as "group",
    null as vaccine, doses as amount, null::int as positive, case when facility_id is null then (
      select coalesce(sum(done.doses), 0)::int from vaccinations as done where done.day = dose_plans.day and done.facility_id is null
        and done.district between dose_plans.district and left(dose_plans.district, 2) || '99'
    ) else (
      select coalesce(sum(done.doses), 0)::int from vaccinations as done
        where done.day = dose_plans.day and done.facility_id = dose_plans.facility_id
    ) end as given`,
}

export type ReportFilter = {
  readonly area: string
  readonly days?: Days | undefined
  readonly where: Readonly<Record<string, readonly string[]>>
}

function behindNumber({ area, days, where }: ReportFilter) {
  const conditions = Object.entries(where).map(([column, values]) => sql`${sql.ref(column)}::text = any(${values})`)
  if (area.length === 4) conditions.push(sql`district = ${area}`)
  else if (area !== 'TH') conditions.push(sql`district like ${`${area}%`}`)
  if (days) conditions.push(sql`day between ${days.last}::date - ${days.length - 1}::int and ${days.last}::date`)
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`
}

/** How many rows all pages together have, and what `column` of them comes to: the number itself. */
export async function countReports(
  db: Kysely<Database>,
  table: ReportTable,
  column: string,
  filter: ReportFilter,
): Promise<{ total: number; amount: number }> {
  const { rows } = await sql<{ total: number; amount: number }>`
    select count(*)::int as total, coalesce(sum(${sql.ref(column)}), 0)::float8 as amount
    from ${sql.table(table)} where ${behindNumber(filter)}`.execute(db)
  return rows[0] ?? { total: 0, amount: 0 }
}

/** Rows behind a number of doses or tests: what was reported, where, when, and whether it was late or a correction. */
export async function listReports(
  db: Kysely<Database>,
  table: ReportTable,
  filter: ReportFilter,
  beforeId: number | undefined,
  limit: number,
): Promise<ListedReport[]> {
  const conditions = [behindNumber(filter)]
  if (beforeId !== undefined) conditions.push(sql`id < ${beforeId}`)
  const { rows } = await sql<ListedReport>`
    select reports.*, coalesce(name_th, '') as facility_th, coalesce(name_en, '') as facility_en from (
      select id, district, day, recorded_at, ${OWN_COLUMNS[table]} from ${sql.table(table)}
      where ${sql.join(conditions, sql` and `)} order by id desc limit ${limit}
    ) as reports left join facilities on facilities.id = facility_id order by id desc`.execute(db)
  return rows
}

/** Tests of a district and day, corrections taken in. */
export async function testsOfDay(db: Kysely<Database>, district: string, day: string, kind: TestKind) {
  const row = await db
    .selectFrom('tests')
    .select((eb) => [eb.fn.sum<string>('tested').as('tested'), eb.fn.sum<string>('positive').as('positive')])
    .where('district', '=', district)
    .where('day', '=', day)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return { tested: Number(row.tested ?? 0), positive: Number(row.positive ?? 0) }
}

/** Days before a report within which it is compared with what the place has reported. */
const COMPARED_DAYS = 28

/** The greatest sum of a site's doses on one of the days before; 0: none. */
export async function greatestDoseDay(
  db: Kysely<Database>,
  { facility, district, day, dose }: DoseDay,
): Promise<number> {
  const { rows } = await sql<{ greatest: number }>`
    select coalesce(max(doses), 0)::int as greatest from (
      select sum(doses) as doses from vaccinations
      where district = ${district} and day between ${day}::date - ${COMPARED_DAYS}::int and ${day}::date - 1
        and facility_id is not distinct from ${facility}::int and dose = ${dose}::smallint group by day) as days`.execute(
    db,
  )
  return rows[0]?.greatest ?? 0
}

/** The greatest sum of a district's tests on one of the days before; 0: none. */
export async function greatestTestDay(
  db: Kysely<Database>,
  district: string,
  day: string,
  kind: TestKind,
): Promise<number> {
  const { rows } = await sql<{ greatest: number }>`
    select coalesce(max(tested), 0)::int as greatest from (
      select sum(tested) as tested from tests
      where district = ${district} and day between ${day}::date - ${COMPARED_DAYS}::int and ${day}::date - 1
        and kind = ${kind} group by day) as days`.execute(db)
  return rows[0]?.greatest ?? 0
}
