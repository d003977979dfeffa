import type { Kysely } from 'kysely'
import { kilometresToDistrict, type Place, placeOfCode, placeOfPoint } from '../../../db/queries/places.ts'
import type { Database } from '../../../db/schema.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'

/** Districts are some 30 km across; a pin that far outside is of somebody else, or of another day. */
const APART_KM = 40

export type PlaceInput = {
  readonly area?: string | undefined
  readonly point?: { readonly lat: number; readonly lon: number } | undefined
  /** whoever chose them says that it is really so */
  readonly acceptApart?: boolean | undefined
}

/** Whether a pin lies in another province, and not just across the border: points of sub-districts are all that sources give. */
async function isElsewhere(
  db: Kysely<Database>,
  district: string,
  { lat, lon }: NonNullable<PlaceInput['point']>,
): Promise<boolean> {
  const near = await placeOfPoint(db, lat, lon)
  if (near === undefined || near.district.slice(0, 2) === district.slice(0, 2)) return false
  return (await kilometresToDistrict(db, district, lat, lon)) > APART_KM
}

/** The district and place of an area code, or of the nearest area to a pin. @throws ApiError 422 on `place`. */
export async function findPlace(db: Kysely<Database>, { area, point, acceptApart }: PlaceInput): Promise<Place> {
  if (area !== undefined) {
    const found = await placeOfCode(db, area)
    if (found === undefined) throw wrongField('place.area', 'area_unknown')
    if (point !== undefined && !acceptApart && (await isElsewhere(db, found.district, point)))
      throw wrongField('place.point', 'place_apart')
    return found
  }
  const found = point && (await placeOfPoint(db, point.lat, point.lon))
  if (!found) throw wrongField('place.point', 'place_outside')
  return found
}
