import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** Degrees around a point within which the nearest area is looked for: some 55 km. */
const NEAR_DEGREES = 0.5
const KM_PER_DEGREE = 111

export type Place = { readonly district: string; readonly place: string }

/** @returns the district and place of a 4- or 6-digit code, or `undefined` when there is none such. */
export async function placeOfCode(db: Kysely<Database>, code: string): Promise<Place | undefined> {
  const area = await db
    .selectFrom('areas')
    .select('code')
    .where('code', '=', code)
    .where('level', 'in', ['district', 'subdistrict'])
    .executeTakeFirst()
  return area && { district: area.code.slice(0, 4), place: area.code }
}

export type AreaRow = {
  readonly code: string
  readonly nameTh: string
  readonly nameEn: string
  readonly population: number | null
}

/** The nation, a province or a district; `undefined` when there is none of this code. */
export async function readArea(db: Kysely<Database>, code: string): Promise<AreaRow | undefined> {
  return db
    .selectFrom('areas')
    .select(['code', 'name_th as nameTh', 'name_en as nameEn', 'population'])
    .where('code', '=', code)
    .where('level', 'in', ['nation', 'province', 'district'])
    .executeTakeFirst()
}

/** What lies right below an area, without "not specified". */
export async function subareasOf(db: Kysely<Database>, parent: string): Promise<readonly AreaRow[]> {
  return db
    .selectFrom('areas')
    .select(['code', 'name_th as nameTh', 'name_en as nameEn', 'population'])
    .where('parent', '=', parent)
    .where('level', 'in', ['province', 'district'])
    .orderBy('code')
    .execute()
}

/** The nearest sub-district's, or district's, point: sources give no polygons of them. */
export async function placeOfPoint(db: Kysely<Database>, lat: number, lon: number): Promise<Place | undefined> {
  const { rows } = await sql<{ code: string }>`
    select code from areas
    where level in ('district', 'subdistrict')
      and lat between ${lat - NEAR_DEGREES}::float8 and ${lat + NEAR_DEGREES}::float8
      and lon between ${lon - NEAR_DEGREES}::float8 and ${lon + NEAR_DEGREES}::float8
    order by power(lat - ${lat}::float8, 2) + power((lon - ${lon}::float8) * cos(radians(${lat}::float8)), 2),
      length(code) desc
    limit 1`.execute(db)
  const code = rows[0]?.code
  return code === undefined ? undefined : { district: code.slice(0, 4), place: code }
}

/** Registered people of a district's province; `undefined`: not known. */
export async function registeredOf(db: Kysely<Database>, district: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('areas')
    .select('population')
    .where('code', '=', district.slice(0, 2))
    .executeTakeFirst()
  return row?.population ?? undefined
}

/** From a point to the nearest point of a district or its sub-districts; 0 when sources have none. */
export async function kilometresToDistrict(
  db: Kysely<Database>,
  district: string,
  lat: number,
  lon: number,
): Promise<number> {
  const { rows } = await sql<{ degrees: number | null }>`
    select sqrt(min(power(lat - ${lat}::float8, 2) + power((lon - ${lon}::float8) * cos(radians(${lat}::float8)), 2))) as degrees
    from areas where code like ${`${district}%`} and lat is not null`.execute(db)
  return (rows[0]?.degrees ?? 0) * KM_PER_DEGREE
}
