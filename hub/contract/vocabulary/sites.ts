import type { BedLevel } from './beds.ts'
import { BED_LEVELS } from './beds.ts'
import type { FacilityKind } from './facilities.ts'

/** Places of a nation that a map or somebody who asks for help is told of; beyond it the newest reports come first. */
export const SITES_MAX = 5_000

/**
 * A facility as anybody may know it. `free`: available beds by level, only levels with a report; `reportedAt` ms, the
 * oldest of its levels; `hours` as in opening-hours.ts.
 */
export type Site = {
  readonly id: string
  readonly kind: FacilityKind
  readonly lat: number
  readonly lon: number
  readonly nameTh: string
  readonly nameEn: string
  readonly reportedAt: number | null
  readonly hours: string | null
  readonly free: Readonly<Partial<Record<BedLevel, number>>>
}

/** `[id, kind, lat, lon, nameTh, nameEn, reportedAt in s, hours, free by BED_LEVELS or 0]`, as it travels. */
export type SiteTuple = readonly [
  string,
  FacilityKind,
  number,
  number,
  string,
  string,
  number | null,
  string | null,
  readonly (number | null)[],
]

export function packSite(site: Site): SiteTuple {
  const free = BED_LEVELS.map((level) => site.free[level] ?? null)
  const reportedS = site.reportedAt === null ? null : Math.floor(site.reportedAt / 1_000)
  return [
    site.id,
    site.kind,
    site.lat,
    site.lon,
    site.nameTh,
    site.nameEn,
    reportedS,
    site.hours,
    free.some((count) => count !== null) ? free : [],
  ]
}

export function readSite([id, kind, lat, lon, nameTh, nameEn, reportedS, hours, counts]: SiteTuple): Site {
  const free: Partial<Record<BedLevel, number>> = {}
  for (const [i, level] of BED_LEVELS.entries()) {
    const count = counts[i]
    if (count != null) free[level] = count
  }
  return { id, kind, lat, lon, nameTh, nameEn, reportedAt: reportedS === null ? null : reportedS * 1_000, hours, free }
}
