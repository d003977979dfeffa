import { type Histogram, median, mergeHistograms, percentile } from '../bench/stats.ts'
import type { HostileReport } from './hostile.ts'
import { type Pair, type Profile, partOf, type Span } from './profiles.ts'

/** One second of the run as all k6 clients saw it. Histograms: `[ms, count]`. */
export type Second = {
  readonly second: number
  readonly latencies: Histogram
  readonly deliveries: number
  readonly sockets: number
  /** through the API, answered with 2xx */
  readonly writes: number
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
  /** deltas folded by applyDelta, their checksums compared */
  readonly folded: number
  readonly mismatches: number
  readonly failedWrites: number
  readonly resumed: number
  readonly lostSockets: number
  /** whole scopes that were older than what the reader held */
  readonly stale: number
  /** questions about a scope that the hub let lie for ten seconds */
  readonly unanswered: number
  /** scopes on screens that did not show all there was when nobody wrote any more */
  readonly behindAtEnd: number
  readonly denied: number
  /** times a reader stopped reading, and times one that read on showed the present again */
  readonly stalls: number
  readonly caughtUp: number
  /** times the hub found that a reader had stalled */
  readonly drops: number
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

export type LoadedP99 = {
  /** median of the pairs, so that one burst of something else on the machine decides nothing */
  readonly ratio: number
  /** ms of those who read, without and with the load, pair by pair */
  readonly quietMs: readonly number[]
  readonly loadedMs: readonly number[]
}

/** p99 while readers stall or strangers attack ÷ p99 of as long a quiet time just before. `null`: a pair saw nothing. */
export function loadedP99({ pairs }: Profile, seconds: readonly Second[]): LoadedP99 | null {
  const p99 = (span: Span): number | null => latencyOf(seconds.filter(({ second }) => inside([span], second))).p99
  const seen = pairs.flatMap(({ quiet, loaded }: Pair) => {
    const [before, during] = [p99(quiet), p99(loaded)]
    return before === null || during === null ? [] : [{ before, during }]
  })
  if (pairs.length === 0 || seen.length < pairs.length) return null
  return {
    ratio: Math.round(median(seen.map(({ before, during }) => during / Math.max(1, before))) * 1000) / 1000,
    quietMs: seen.map(({ before }) => before),
    loadedMs: seen.map(({ during }) => during),
  }
}

const MIB = 2 ** 20

/**
 * MiB that the hub's process grew by while readers stalled, over the most it had just before; the worst of all spans.
 * @returns `null` when it was not seen
 */
export function stalledMiB({ stalled }: Profile, samples: readonly Sample[]): number | null {
  const most = (span: Span): number =>
    Math.max(...samples.filter(({ second }) => inside([span], second)).map(({ rss }) => rss))
  const grown = stalled.spans.map(([from, to]) => most([from, to]) - most([from - (to - from), from]))
  const worst = Math.max(...grown)
  return Number.isFinite(worst) ? Math.max(0, Math.round(worst / MIB)) : null
}

/** ms of lag that each second of the steady span adds; `null` when it was not seen. */
function lagSlope({ steady, lagGrowthMs }: Profile, samples: readonly Sample[]): number | null {
  const lags = samples.flatMap(({ second, lagMs }) =>
    lagMs !== undefined && inside([steady], second) ? [[second, lagMs] as const] : [],
  )
  if (lags.length < 3) return null
  const slope = sureGrowth(lags)
  return slope * (steady[1] - steady[0]) < lagGrowthMs ? 0 : Math.round(slope * 1000) / 1000
}

function atMost(value: number | null, max: number): Threshold {
  return { value, max, ok: value !== null && value <= max }
}

/**
 * The hub queues at most 128 KiB for a socket, and a heap that has not been tidied up varies by tens of MiB. Readers who
 * were queued for without bound would cost 25 × 50 whole scopes.
 */
const STALLED_MIB_MAX = 96

/** uWebSockets.js ends a head that is not complete after 10 to 12 s; a busy machine may be late. */
const HALF_OPEN_MS_MAX = 20_000

/** What a run with stalled readers is held against, besides. */
function judgeStalled(profile: Profile, samples: readonly Sample[], counts: Counts): Record<string, Threshold> {
  if (profile.stalled.sockets === 0) return {}
  return {
    notStalled: atMost(Math.max(0, profile.stalled.sockets * profile.stalled.spans.length - counts.drops), 0),
    stalledMiB: atMost(stalledMiB(profile, samples), STALLED_MIB_MAX),
    leftBehind: atMost(counts.stalls - counts.caughtUp, 0),
  }
}

/** What an attack is held against, besides: it was one, and the hub ended what never became a request. */
function judgeHostile({ hostile }: Profile, report: HostileReport | undefined): Record<string, Threshold> {
  if (hostile.length === 0) return {}
  const kept = report && report.halfOpen > 0 ? report.halfOpen - report.halfOpenEnded : null
  return { halfOpenKept: atMost(kept, 0), halfOpenMs: atMost(report?.halfOpenMsMax ?? null, HALF_OPEN_MS_MAX) }
}

/** All that a run is held against; one that is not `ok` fails the run. A figure that is missing is not `ok`. */
export function judge(
  profile: Profile,
  seconds: readonly Second[],
  samples: readonly Sample[],
  counts: Counts,
  unwritten: number | null,
  hostile?: HostileReport,
  claims?: Latency,
): Record<string, Threshold> {
  const part = (name: ReturnType<typeof partOf>): Latency =>
    latencyOf(seconds.filter(({ second }) => partOf(profile, second) === name))
  const latency = part('usual')
  return {
    p50: atMost(latency.p50, profile.latencyMs.p50),
    p95: atMost(latency.p95, profile.latencyMs.p95),
    p99: atMost(latency.p99, profile.latencyMs.p99),
    ...(profile.surge === undefined ? {} : { surgeP99: atMost(part('surge').p99, profile.surge.p99) }),
    ...(profile.claimsMs === undefined ? {} : { claimsP99: atMost(claims?.p99 ?? null, profile.claimsMs) }),
    gaps: atMost(counts.gaps, 0),
    mismatches: atMost(counts.folded === 0 ? null : counts.mismatches, 0),
    stale: atMost(counts.stale, 0),
    unanswered: atMost(counts.unanswered, 0),
    behindAtEnd: atMost(counts.behindAtEnd, 0),
    denied: atMost(counts.denied, 0),
    failedWrites: atMost(counts.failedWrites, 0),
    unwritten: atMost(unwritten, profile.unwrittenPercentMax),
    lostSockets: atMost(counts.lostSockets, 0),
    lagSlope: atMost(lagSlope(profile, samples), 0),
    ...judgeStalled(profile, samples, counts),
    ...judgeHostile(profile, hostile),
    ...(profile.ratioMax === undefined
      ? {}
      : { loadedP99: atMost(loadedP99(profile, seconds)?.ratio ?? null, profile.ratioMax) }),
  }
}
