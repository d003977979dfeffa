import { isProvince, isUnspecified, NATION, provinceOf } from './areas.ts'
import { isRegion, regionCode, regionOfProvince } from './regions.ts'

/** What a wall is about beside its place. */
export const WALL_VIEWS = ['situation', 'vaccination'] as const
export type WallView = (typeof WALL_VIEWS)[number]

/** Of a screen's scenes. Shown for less, and nobody has read the wall. */
export const SCENE_SECONDS_MIN = 5
export const SCENE_SECONDS_MAX = 3600
export const SCENES_MAX = 20

export const WALL_KINDS = ['nation', 'region', 'province', 'district', 'facility'] as const
export type WallKind = (typeof WALL_KINDS)[number]

const FACILITY = /^H[1-9]\d{0,8}$/
const DISTRICT = /^\d{4}$/

/**
 * What kind of place a wall is about: `TH` the nation, `R06` a health region, `50` a province, `5001` a district, `H123` a facility by its
 * number; `undefined`: none. Whether there is such a district or facility, only the hub knows.
 */
export function wallKind(place: string): WallKind | undefined {
  if (place === NATION) return 'nation'
  if (isRegion(place)) return 'region'
  if (FACILITY.test(place)) return 'facility'
  const province = provinceOf(place)
  if (!isProvince(province) || isUnspecified(province) || isUnspecified(place)) return undefined
  return place.length === 2 ? 'province' : DISTRICT.test(place) ? 'district' : undefined
}

export function isWallPlace(text: string): boolean {
  return wallKind(text) !== undefined
}

/** @returns the number of the facility `H123` */
export function wallFacility(place: string): number {
  return Number(place.slice(1))
}

/** The address of a wall: `/wall`, `/wall/R06`, `/wall/50?view=vaccination`. */
export function wallPath(place: string, view: WallView = 'situation'): string {
  const path = place === NATION ? '/wall' : `/wall/${place}`
  return view === 'situation' ? path : `${path}?view=${view}`
}

/** @returns the view of `?view=`; `undefined` when there is none of that name */
export function wallView(text: string | undefined): WallView | undefined {
  return text === undefined ? 'situation' : WALL_VIEWS.find((view) => view === text)
}

/**
 * Whether a screen bound to `area` may show a wall: one of the nation each; one of a province, or of what lies in it, the nation, its
 * health region, itself and its districts and facilities.
 * @param facilityDistrict of a facility, which its number does not tell
 */
export function screenMayShow(area: string, place: string, facilityDistrict?: string): boolean {
  const kind = wallKind(place)
  if (kind === undefined) return false
  if (area === NATION || kind === 'nation') return true
  const province = provinceOf(area)
  if (kind === 'region') return place === regionCode(regionOfProvince(province) ?? 0)
  return provinceOf(kind === 'facility' ? (facilityDistrict ?? '') : place) === province
}
