import type { Cells } from '../../../hub/contract/indicators/cells.ts'
import { BED_LEVELS } from '../../../hub/contract/vocabulary/beds.ts'
import { CLAIM_BUCKETS } from '../../../hub/contract/vocabulary/needs.ts'

/** What a ticker tells of: requests that somebody took, people who came to a bed, who recovered, who died, new cases. The rarest first. */
export const HAPPENINGS = ['died', 'claimed', 'admitted', 'recovered', 'cases'] as const
export type Happening = (typeof HAPPENINGS)[number]

const COLUMNS: Readonly<Record<Happening, readonly string[]>> = {
  died: ['deaths'],
  claimed: CLAIM_BUCKETS.map((bucket) => `claims.${bucket}`),
  admitted: BED_LEVELS.map((level) => `occupied.${level}`),
  recovered: ['recovered'],
  cases: ['cases'],
}

/** The day's counts of each part, by happening. */
export type Sample = { readonly day: string; readonly counts: ReadonlyMap<string, number> }

const keyOf = (happening: Happening, code: string) => `${happening} ${code}`

export function sampleOf(cells: Cells, codes: readonly string[], day: string): Sample {
  const counts = new Map<string, number>()
  for (const code of codes) {
    for (const happening of HAPPENINGS) {
      const sum = COLUMNS[happening].reduce((total, metric) => total + cells(`${metric}@${day}`, code), 0)
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
