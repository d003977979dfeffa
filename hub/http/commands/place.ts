import type { Kysely } from 'kysely'
import { type Place, placeOfCode, placeOfPoint } from '../../../db/queries/places.ts'
import type { Database } from '../../../db/schema.ts'
import { wrongField } from './refusals.ts'

export type PlaceInput = {
  readonly area?: string | undefined
  readonly point?: { readonly lat: number; readonly lon: number } | undefined
}

/** The district and place of an area code, or of the nearest area to a pin. @throws ApiError 422 on `place`. */
export async function findPlace(db: Kysely<Database>, { area, point }: PlaceInput): Promise<Place> {
  if (area !== undefined) {
    const found = await placeOfCode(db, area)
    if (found === undefined)
      throw wrongField('place.area', 'area_unknown', `There is no district or sub-district ${area}.`)
    return found
  }
  const found = point && (await placeOfPoint(db, point.lat, point.lon))
  if (!found) throw wrongField('place.point', 'place_outside', 'There is no district near this point.')
  return found
}
