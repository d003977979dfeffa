import type { BedLevel } from '../../../../hub/contract/vocabulary/beds.ts'
import type { Severity } from '../../../../hub/contract/vocabulary/severity.ts'
import type { Point } from '../../api/record.ts'
import { distanceKm } from '../../places/areas.ts'

/** A facility where patients can be sent. `point`: its own, or its district's; beds by level as last counted. */
export type Destination = {
  readonly id: number
  readonly kind: string
  readonly nameTh: string
  readonly nameEn: string
  readonly point: Point | undefined
  readonly beds: ReadonlyMap<string, { readonly staffed: number; readonly free: number }>
}
/** `km`: as the crow flies, where both places are known */
export type Offered = Destination & { readonly free: number; readonly km: number | undefined }

/** DOMAIN.md, "Bed levels" and "Triage": the level of bed that a severity calls for. */
export const LEVEL_FOR: Readonly<Record<Severity, BedLevel>> = { unknown: '1', green: '0', yellow: '2.1', red: '3' }

/** Only those that have the level at all; those with a free bed first, and of them the nearest. */
export function offeredFor(all: readonly Destination[], level: BedLevel, from: Point | undefined): readonly Offered[] {
  return all
    .flatMap((facility) => {
      const beds = facility.beds.get(level)
      if (beds === undefined || beds.staffed === 0) return []
      const km = from && facility.point ? distanceKm(from, facility.point) : undefined
      return [{ ...facility, free: beds.free, km }]
    })
    .sort((a, b) => Number(b.free > 0) - Number(a.free > 0) || byDistance(a, b) || b.free - a.free || a.id - b.id)
}

function byDistance(a: Offered, b: Offered): number {
  if (a.km === b.km) return 0
  return (a.km ?? Number.POSITIVE_INFINITY) - (b.km ?? Number.POSITIVE_INFINITY)
}
