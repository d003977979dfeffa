import type { BedLevel } from '../vocabulary/beds.ts'
import type { Site } from '../vocabulary/sites.ts'
import type { RowObject } from './rows.ts'

type Beds = { readonly free: Partial<Record<BedLevel, number>>; oldest: number }

/** ~11 m; a mark is 20 m wide on the closest map. */
const DEGREE_DIGITS = 4

/** The facilities that have a place on the map, each with what its beds last said: as old as its oldest level. */
export function sitesOf(facilities: readonly RowObject<'facility'>[], beds: readonly RowObject<'beds'>[]): Site[] {
  const byFacility = new Map<string, Beds>()
  for (const { facility, level, available, reportedAt } of beds) {
    const known = byFacility.get(String(facility)) ?? { free: {}, oldest: reportedAt }
    known.free[level] = available
    known.oldest = Math.min(known.oldest, reportedAt)
    byFacility.set(String(facility), known)
  }
  return facilities.flatMap(({ id, kind, lat, lon, nameTh, nameEn, reportedAt, hours }) => {
    if (lat === null || lon === null) return []
    const own = byFacility.get(id)
    return [
      {
        id,
        kind,
        lat: Number(lat.toFixed(DEGREE_DIGITS)),
        lon: Number(lon.toFixed(DEGREE_DIGITS)),
        nameTh,
        nameEn,
        reportedAt: own?.oldest ?? reportedAt,
        hours,
        free: own?.free ?? {},
      },
    ]
  })
}

/** At most `max`, those that reported last first to stay; in their order. */
export function newestSites(sites: readonly Site[], max: number): readonly Site[] {
  if (sites.length <= max) return sites
  const kept = new Set([...sites].sort((a, b) => (b.reportedAt ?? 0) - (a.reportedAt ?? 0)).slice(0, max))
  return sites.filter((site) => kept.has(site))
}
