import type { Sample } from './judge.ts'
import type { Profile, Span } from './profiles.ts'
import type { WallSecond } from './walls.ts'

/** Rows by SQL since the start, as the writer said from second to second. */
export type Written = readonly (readonly [second: number, events: number])[]

/** What the hub did when the most was written: the span of the highest rate of events. */
export type Peak = {
  readonly span: Span
  /** as they were committed, and as the profile has them; `null`: the writer said nothing there */
  readonly eventsPerSecond: number | null
  readonly plannedPerSecond: number
  /** bytes of messages a second; `packed`: as the dashboard takes them */
  readonly bytesPerWallSecond: { readonly packed: number | null; readonly plain: number | null }
  readonly hubCoresMean: number | null
  readonly hubCoresMax: number | null
  readonly rssMiBMax: number | null
}

/** Seconds after a change of rate that are not counted: the load is not there yet. */
const SETTLE_SECONDS = 2

export function highestSpan({ rates, seconds }: Profile): { readonly span: Span; readonly rate: number } {
  const rate = Math.max(...rates.map(([, events]) => events))
  const i = rates.findIndex(([, events]) => events === rate)
  const from = rates[i]?.[0] ?? 0
  return { span: [Math.min(from + SETTLE_SECONDS, seconds), rates[i + 1]?.[0] ?? seconds], rate }
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
const most = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.max(...values))
const round = (value: number | null, digits: number): number | null =>
  value === null ? null : Math.round(value * 10 ** digits) / 10 ** digits

/** Events a second between the first and the last word of the writer in a span. */
function writtenPerSecond(written: Written, [from, to]: Span): number | null {
  const said = written.filter(([second]) => second >= from && second <= to)
  const [first, last] = [said[0], said.at(-1)]
  if (first === undefined || last === undefined || last[0] - first[0] < (to - from) / 2) return null
  return (last[1] - first[1]) / (last[0] - first[0])
}

/** Percent of what the profile has that was not committed: PostgreSQL, or the machine, could not follow. */
export function unwrittenPercent({ eventsPerSecond, plannedPerSecond }: Peak): number | null {
  if (eventsPerSecond === null) return null
  return Math.max(0, Math.round((1 - eventsPerSecond / plannedPerSecond) * 100))
}

export function peakOf(
  profile: Profile,
  samples: readonly Sample[],
  walls: readonly WallSecond[],
  written: Written,
): Peak {
  const { span, rate } = highestSpan(profile)
  const inside = ({ second }: { readonly second: number }): boolean => second >= span[0] && second < span[1]
  const looks = samples.filter(inside)
  const weighed = walls.filter(inside)
  return {
    span,
    eventsPerSecond: round(writtenPerSecond(written, span), 0),
    plannedPerSecond: rate,
    bytesPerWallSecond: {
      packed: round(mean(weighed.map(({ packed }) => packed)), 0),
      plain: round(mean(weighed.map(({ plain }) => plain)), 0),
    },
    hubCoresMean: round(mean(looks.map(({ cpu }) => cpu)), 3),
    hubCoresMax: round(most(looks.map(({ cpu }) => cpu)), 3),
    rssMiBMax: round(most(looks.map(({ rss }) => rss / 2 ** 20)), 0),
  }
}
