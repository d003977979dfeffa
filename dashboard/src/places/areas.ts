import type { Language } from '../../../hub/contract/vocabulary/languages.ts'
import { distanceKm } from '../../../hub/contract/vocabulary/placing.ts'
import { type Area, fetchBelow } from '../api/areas.ts'
import type { Point } from '../api/record.ts'

const known = new Map<string, Promise<readonly Area[]>>()

/** The areas right below another one (`TH`, 2 or 4 digits), without those that stand for "not specified". @throws ApiError */
export function areasBelow(parent: string): Promise<readonly Area[]> {
  const asked = known.get(parent)
  if (asked) return asked
  const asking = fetchBelow(parent)
  known.set(parent, asking)
  asking.catch(() => known.delete(parent))
  return asking
}

/** In Thai for readers of Thai; for everyone else in Latin letters with the Thai that stands on the signs. */
export function areaName({ nameTh, nameEn }: Pick<Area, 'nameTh' | 'nameEn'>, language: Language): string {
  if (language === 'th') return nameTh
  return language === 'en' ? nameEn : `${nameEn} · ${nameTh}`
}

/** By their names in the language of the page. */
export function sortedAreas(areas: readonly Area[], language: Language): Area[] {
  const collator = new Intl.Collator(language === 'th' ? 'th' : 'en')
  const name = (area: Area) => (language === 'th' ? area.nameTh : area.nameEn)
  return [...areas].sort((a, b) => collator.compare(name(a), name(b)))
}

/** The names of a code of 2, 4 or 6 digits, the smallest area first. @throws ApiError */
export async function areaNames(code: string, language: Language): Promise<string[]> {
  const parents = ['TH', code.slice(0, 2), code.slice(0, 4)].slice(0, code.length / 2)
  const lists = await Promise.all(parents.map(areasBelow))
  const found = lists.flatMap((areas, i) => areas.filter((area) => area.code === code.slice(0, 2 * (i + 1))))
  return found.reverse().map((area) => areaName(area, language))
}

/** Provinces looked into for the nearest district: their points are capitals, so the nearest one may be a neighbour's. */
const PROVINCES_LOOKED_INTO = 4

/** @returns the sub-district whose point is nearest; `undefined` when no area has a point. @throws ApiError */
export async function nearestArea(point: Point): Promise<Area | undefined> {
  const provinces = nearest(await areasBelow('TH'), point).slice(0, PROVINCES_LOOKED_INTO)
  const districts = (await Promise.all(provinces.map(({ code }) => areasBelow(code)))).flat()
  const [district] = nearest(districts, point)
  if (!district) return undefined
  const [subdistrict] = nearest(await areasBelow(district.code), point)
  return subdistrict ?? district
}

export function nearest(areas: readonly Area[], point: Point): Area[] {
  const distance = (area: Area) => distanceKm(point, pointOf(area) ?? point)
  return areas.filter((area) => pointOf(area)).sort((a, b) => distance(a) - distance(b))
}

export function pointOf({ lat, lon }: Pick<Area, 'lat' | 'lon'>): Point | undefined {
  return lat === null || lon === null ? undefined : { lat, lon }
}
