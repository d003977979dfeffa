import { type Accessor, createSignal, onCleanup } from 'solid-js'
import type { BedLevel } from '../../../../hub/contract/vocabulary/beds.ts'
import { distanceKm, type GeoPoint } from '../../../../hub/contract/vocabulary/placing.ts'
import { type Answer, ask } from '../../api/http.ts'
import { noticeExpiry } from '../../session/account.ts'

const ASK_EVERY_MS = 60_000
const NEAREST_MAX = 3

/** A facility of another province that has free beds. */
export type Elsewhere = Answer<'GET /api/free-beds'>['facilities'][number]
export type NearElsewhere = Elsewhere & { readonly count: number; readonly km: number }

/** Free beds of the provinces around, each minute anew; while nobody answers, those that were known. */
export function createElsewhere(area: string): Accessor<readonly Elsewhere[]> {
  const [known, setKnown] = createSignal<readonly Elsewhere[]>([])
  const look = () =>
    ask('GET /api/free-beds', { query: { area } }).then(
      ({ facilities }) => setKnown(facilities),
      (error: unknown) => noticeExpiry(error),
    )
  void look()
  const timer = setInterval(look, ASK_EVERY_MS)
  onCleanup(() => clearInterval(timer))
  return known
}

/** Those with a free bed of the level, the nearest first; none while it is not known from where. */
export function nearestElsewhere(
  all: readonly Elsewhere[],
  level: BedLevel,
  from: GeoPoint | undefined,
): NearElsewhere[] {
  if (from === undefined) return []
  return all
    .flatMap((each) => {
      const count = each.free[level] ?? 0
      return count === 0 ? [] : [{ ...each, count, km: distanceKm(from, each) }]
    })
    .sort((a, b) => a.km - b.km || a.facility - b.facility)
    .slice(0, NEAREST_MAX)
}
