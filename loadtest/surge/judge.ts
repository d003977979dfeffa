import { type Histogram, median, mergeHistograms, percentile } from '../bench/stats.ts'
import type { Profile, Span } from './profiles.ts'

/** One second of the run as all k6 clients saw it. Histograms: `[ms, count]`. */
export type Second = {
  readonly second: number
  readonly latencies: Histogram
  readonly deliveries: number
  readonly sockets: number
}

/** One look at the hub's process. `lagMs`: commit → publication, mean since the last look. */
export type Sample = {
  readonly second: number
  readonly cpu: number
  readonly rss: number
  readonly lagMs: number | undefined
  readonly lagBytes: number
}

export type Counts = {
  readonly deliveries: number
  readonly gaps: number
  readonly mismatches: number
  readonly failedWrites: number
  readonly resumed: number
  readonly lostSockets: number
}

export type Threshold = { readonly value: number | null; readonly max: number; readonly ok: boolean }

export type Latency = { readonly p50: number | null; readonly p95: number | null; readonly p99: number | null }

export function latencyOf(seconds: readonly Second[]): Latency {
  const all = mergeHistograms(seconds.map(({ latencies }) => latencies))
  const at = (share: number): number | null => percentile(all, share) ?? null
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

/**
 * How fast a figure grows, per second, by least squares; as far as it is surely growing: twice the standard error is
 * taken off, and what is left of a fall or of noise is 0. @param points `[second, value]`
 */
export function sureGrowth(points: readonly (readonly [number, number])[]): number {
  const n = points.length
  if (n < 3) return 0
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  if (spread === 0) return 0
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread
  const rest = points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0)
  const error = Math.sqrt(rest / (n - 2) / spread)
  return Math.max(0, slope - 2 * error)
}

const inside = (spans: readonly Span[], second: number): boolean =>
  spans.some(([from, to]) => second >= from && second < to)

/**
 * p99 while readers stall or strangers attack ÷ p99 of the quiet time of the same length before: the median of all
 * such pairs, so that one burst of something else on the machine decides nothing. `null`: a pair saw nothing.
 */
export function loadedRatio({ stalled, hostile }: Profile, seconds: readonly Second[]): number | null {
  const spans = [...stalled.spans, ...hostile]
  const p99 = (from: number, to: number): number | null =>
    latencyOf(seconds.filter(({ second }) => inside([[from, to]], second))).p99
  const ratios = spans.flatMap(([from, to]) => {
    const quiet = p99(from - (to - from), from)
    const loaded = p99(from, to)
    return quiet === null || loaded === null ? [] : [loaded / Math.max(1, quiet)]
  })
  return spans.length === 0 || ratios.length < spans.length ? null : Math.round(median(ratios) * 1000) / 1000
}

/** ms: one flush tick. A backlog grows without end; less than this in the whole span is the machine, not a backlog. */
const LAG_GROWTH_MS_MIN = 100

/** ms of lag that each second of the steady span adds; `null` when it was not seen. */
function lagSlope({ steady }: Profile, samples: readonly Sample[]): number | null {
  const lags = samples.flatMap(({ second, lagMs }) =>
    lagMs !== undefined && inside([steady], second) ? [[second, lagMs] as const] : [],
  )
  if (lags.length < 3) return null
  const slope = sureGrowth(lags)
  return slope * (steady[1] - steady[0]) < LAG_GROWTH_MS_MIN ? 0 : Math.round(slope * 1000) / 1000
}

function atMost(value: number | null, max: number): Threshold {
  return { value, max, ok: value !== null && value <= max }
}

/** All that a run is held against; one that is not `ok` fails the run. A figure that is missing is not `ok`. */
export function judge(
  profile: Profile,
  seconds: readonly Second[],
  samples: readonly Sample[],
  counts: Counts,
): Record<string, Threshold> {
  const latency = latencyOf(seconds)
  return {
    p50: atMost(latency.p50, profile.latencyMs.p50),
    p95: atMost(latency.p95, profile.latencyMs.p95),
    p99: atMost(latency.p99, profile.latencyMs.p99),
    gaps: atMost(counts.gaps, 0),
    mismatches: atMost(counts.mismatches, 0),
    failedWrites: atMost(counts.failedWrites, 0),
    lostSockets: atMost(counts.lostSockets, 0),
    lagSlope: atMost(lagSlope(profile, samples), 0),
    ...(profile.ratioMax === undefined ? {} : { loadedP99: atMost(loadedRatio(profile, seconds), profile.ratioMax) }),
  }
}
