import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import type { BedLevel } from '../../hub/contract/vocabulary/beds.ts'

export type CountedFlow = {
  readonly table: string
  readonly where: Readonly<Record<string, readonly string[]>>
  readonly day: string | undefined
  readonly amount?: string | undefined
}
export type DistrictDay = { readonly day: string; readonly district: string; readonly value: number }

/** What was counted of a flow, by district and day; days of nothing are left out. */
export async function readDistrictDays(
  db: QueryExecutorProvider,
  { table, where, day, amount }: CountedFlow,
  from: string,
  to: string,
): Promise<readonly DistrictDay[]> {
  const at = sql.ref(day ?? '')
  const conditions: RawBuilder<unknown>[] = [sql`${at} between ${from}::date and ${to}::date`]
  for (const [column, values] of Object.entries(where)) {
    conditions.push(sql`${sql.ref(column)}::text = any(${[...values]}::text[])`)
  }
  const value = amount === undefined ? sql`count(*)` : sql`sum(${sql.ref(amount)})`
  const { rows } = await sql<DistrictDay>`
    select ${at}::text as day, district, ${value}::float8 as value from ${sql.table(table)}
    where ${sql.join(conditions, sql` and `)} group by 1, 2`.execute(db)
  return rows
}

/** Beds of a level by district and day: occupied by the census, staffed as they are now, since nobody keeps what was. */
export async function readBedDays(
  db: QueryExecutorProvider,
  level: BedLevel,
  from: string,
  to: string,
): Promise<readonly { day: string; district: string; staffed: number; occupied: number }[]> {
  const { rows } = await sql<{ day: string; district: string; staffed: number; occupied: number }>`
    select bed_census.day::text as day, bed_census.district, sum(staffed)::float8 as staffed, sum(bed_census.occupied)::float8 as occupied
    from bed_census join beds using (facility_id, level)
    where level = ${level} and bed_census.day between ${from}::date and ${to}::date group by 1, 2`.execute(db)
  return rows
}

/** The places that rules watch. */
export async function readPlaces(
  db: QueryExecutorProvider,
): Promise<readonly { level: 'province' | 'district'; code: string; population: number | null }[]> {
  const { rows } = await sql<{ level: 'province' | 'district'; code: string; population: number | null }>`
    select level, code, population from areas where level in ('province', 'district') order by code`.execute(db)
  return rows
}
