import type { Kysely } from 'kysely'
import { BORDER_KM, type KilometresToProvince, readKilometresToProvince } from '../../../db/areas/inside.ts'
import { nearestPoints } from '../../../db/queries/places.ts'
import type { Database } from '../../../db/schema.ts'

/** Islands that the shapes have lost have a sub-district's point this near. */
const ISLAND_KM = 8

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
