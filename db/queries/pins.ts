import { type Kysely, sql } from 'kysely'
import { BORDER_KM, type KilometresToProvince, readKilometresToProvince } from '../areas/inside.ts'
import type { Database } from '../schema.ts'

/** Islands that the shapes have lost have a sub-district's point this near. */
const ISLAND_KM = 8

const KM_PER_DEGREE = 111

let shapes: Promise<KilometresToProvince> | undefined

/** Pins that lie in the sea, or in another province than the one they are said to lie in. */
export async function pinsApart<P extends { readonly district: string; readonly lat: number; readonly lon: number }>(
  db: Kysely<Database>,
  pins: readonly P[],
): Promise<P[]> {
  shapes ??= readKilometresToProvince()
  const kilometres = await shapes
  const outside = pins.filter(({ district, lat, lon }) => (kilometres(district.slice(0, 2), lat, lon) ?? 0) > BORDER_KM)
  if (outside.length === 0) return []
  const near = await nearestPoints(db, outside, ISLAND_KM)
  return outside.filter((_, i) => !near[i])
}

/** Whether a sub-district of each pin's own province has its point within `km` of it. */
async function nearestPoints(
  db: Kysely<Database>,
  pins: readonly { readonly district: string; readonly lat: number; readonly lon: number }[],
  km: number,
): Promise<boolean[]> {
  const { rows } = await sql<{ near: boolean }>`
    select exists (select from areas where level = 'subdistrict' and starts_with(code, left(pin.district, 2))
      and power(areas.lat - pin.lat, 2) + power((areas.lon - pin.lon) * cos(radians(pin.lat)), 2) < power(${km / KM_PER_DEGREE}::float8, 2)
    ) as near
    from unnest(${pins.map(({ district }) => district)}::text[], ${pins.map(({ lat }) => lat)}::float8[],
      ${pins.map(({ lon }) => lon)}::float8[]) with ordinality as pin (district, lat, lon, nth) order by nth`.execute(
    db,
  )
  return rows.map(({ near }) => near)
}

/** The nearest district of its own province to each pin, by the points of sub-districts. */
export async function nearestDistricts(
  db: Kysely<Database>,
  pins: readonly { readonly province: string; readonly lat: number; readonly lon: number }[],
): Promise<(string | undefined)[]> {
  if (pins.length === 0) return []
  const { rows } = await sql<{ district: string | null }>`
    select (select left(code, 4) from areas where level = 'subdistrict' and starts_with(code, pin.province) and areas.lat is not null
      order by power(areas.lat - pin.lat, 2) + power((areas.lon - pin.lon) * cos(radians(pin.lat)), 2) limit 1) as district
    from unnest(${pins.map(({ province }) => province)}::text[], ${pins.map(({ lat }) => lat)}::float8[],
      ${pins.map(({ lon }) => lon)}::float8[]) with ordinality as pin (province, lat, lon, nth) order by nth`.execute(
    db,
  )
  return rows.map(({ district }) => district ?? undefined)
}
