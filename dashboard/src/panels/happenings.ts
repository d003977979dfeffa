import type { Cells } from '../../../hub/contract/indicators/cells.ts'
import { BED_LEVELS } from '../../../hub/contract/vocabulary/beds.ts'
import { CLAIM_BUCKETS, LIVE_NEED_STATES, NEED_KINDS } from '../../../hub/contract/vocabulary/needs.ts'

/**
 * What a ticker tells of: requests that somebody took, requests that ended, people who arrived in a bed, who recovered, who died, new
 * cases. The rarest first. Of requests that ended and of arrivals it knows how many more they were than began or left meanwhile.
 */
export const HAPPENINGS = ['died', 'claimed', 'closed', 'admitted', 'recovered', 'cases'] as const
export type Happening = (typeof HAPPENINGS)[number]

/** Flows of the day whose growth happened, and a stock whose fall did. */
const COLUMNS: Readonly<Record<Exclude<Happening, 'closed'>, readonly string[]>> = {
  died: ['deaths'],
  claimed: CLAIM_BUCKETS.map((bucket) => `claims.${bucket}`),
  admitted: BED_LEVELS.map((level) => `occupied.${level}`),
  recovered: ['recovered'],
  cases: ['cases'],
}

const UNDER_WAY = NEED_KINDS.flatMap((kind) => LIVE_NEED_STATES.map((state) => `needs.${kind}.${state}`))

/** The day's counts of each part, by happening; of requests, less those that are under way. */
export type Sample = { readonly day: string; readonly counts: ReadonlyMap<string, number> }

const keyOf = (happening: Happening, code: string) => `${happening} ${code}`

export function sampleOf(cells: Cells, codes: readonly string[], day: string): Sample {
  const counts = new Map<string, number>()
  for (const code of codes) {
    for (const happening of HAPPENINGS) {
      const sum =
        happening === 'closed'
          ? -UNDER_WAY.reduce((total, column) => total + cells(column, code), 0)
          : COLUMNS[happening].reduce((total, metric) => total + cells(`${metric}@${day}`, code), 0)
      counts.set(keyOf(happening, code), sum)
    }
  }
  return { day, counts }
}

export type Told = { readonly happening: Happening; readonly code: string; readonly count: number; readonly at: number }

/** What has become more between two samples of one day, the rarest happening first; a correction is told by its number, not here. */
export function happened(before: Sample, after: Sample, codes: readonly string[], at: number): readonly Told[] {
  if (before.day !== after.day) return []
  return HAPPENINGS.flatMap((happening) =>
    codes
      .map((code) => {
        const key = keyOf(happening, code)
        return { happening, code, at, count: (after.counts.get(key) ?? 0) - (before.counts.get(key) ?? 0) }
      })
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count),
  )
}
