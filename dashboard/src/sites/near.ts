import type { FacilityKind } from '../../../hub/contract/vocabulary/facilities.ts'
import { isOpenAt } from '../../../hub/contract/vocabulary/opening-hours.ts'
import type { Site } from '../../../hub/contract/vocabulary/sites.ts'
import type { Point } from '../api/record.ts'
import { metresBetween } from '../places/location.ts'

/** What somebody can go to by themselves; to the others one is brought. */
export const NEAR_KINDS = ['hospital', 'vaccination', 'test', 'oxygen'] as const satisfies readonly FacilityKind[]
export type NearKind = (typeof NEAR_KINDS)[number]

const PER_KIND = 3

/** `open`: `undefined` when nobody has said the hours. */
export type NearSite = {
  readonly site: Site & { readonly kind: NearKind }
  readonly metres: number
  readonly open: boolean | undefined
}

const isNearKind = (kind: FacilityKind): kind is NearKind => NEAR_KINDS.some((one) => one === kind)

/**
 * The nearest of each kind, nearest first. What is closed now gives way to what may be open, however far that is in the
 * province, and is told only where a kind has nothing else. @param now ms since 1970
 */
export function nearestSites(sites: readonly Site[], point: Point, now: number): readonly NearSite[] {
  const all = sites
    .flatMap((site): NearSite[] => {
      const { kind } = site
      if (!isNearKind(kind)) return []
      return [{ site: { ...site, kind }, metres: metresBetween(point, site), open: isOpenAt(site.hours, now) }]
    })
    .sort((a, b) => a.metres - b.metres)
  return NEAR_KINDS.flatMap((kind) => {
    const own = all.filter(({ site }) => site.kind === kind)
    const usable = own.filter(({ open }) => open !== false)
    return usable.length > 0 ? usable.slice(0, PER_KIND) : own.slice(0, 1)
  }).sort((a, b) => Number(a.open === false) - Number(b.open === false) || a.metres - b.metres)
}
