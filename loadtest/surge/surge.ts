import { execFileSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { describeMachine, type Machine } from '../bench/machine.ts'
import type { CarrierName } from './audience.ts'
import type { HostileReport } from './hostile.ts'
import {
  type Counts,
  judge,
  type Latency,
  type LoadedP99,
  latencyOf,
  loadedP99,
  type Sample,
  type Second,
  type Threshold,
} from './judge.ts'
import { most, secondsOf, total, writeLatencyOf } from './lines.ts'
import { type Peak, peakOf, unwrittenPercent } from './peak.ts'
import { type Profile, partOf } from './profiles.ts'
import type { Run } from './run.ts'
import { metricOf, quantileOf } from './watch-hub.ts'

/** results/surge.json, and surge-<profile>.json */
export type Surge = Counts & {
  readonly profile: string
  readonly at: string
  readonly seconds: number
  /** open at once */
  readonly sockets: number
  readonly machine: Machine
  readonly versions: Readonly<Record<string, string>>
  readonly latencyMs: Latency
  /** in the part in which the most is written; `null`: the profile has none */
  readonly surgeMs: Latency | null
  readonly loadedP99: LoadedP99 | null
  readonly peak: Peak
  /** ms that a reader who had stalled took to show the present, the slowest; 0: nobody stalled */
  readonly caughtUpMsMax: number
  /** sockets opened, those that came back among them */
  readonly carriers: Readonly<Record<CarrierName, number>>
  readonly snapshots: number
  readonly cut: number
  readonly closedByHub: number
  /** handshakes that the hub did not admit at once */
  readonly refused: number
  readonly writes: {
    readonly api: number
    readonly apiMs: Latency
    readonly claimsMs: Latency
    /** as the hub saw them: without k6’s own wait for a processor, and the way between */
    readonly claimsHubMs: Latency
    /** rows by SQL, and the commits that held them */
    readonly events: number
    readonly commits: number
    readonly error?: string
  }
  readonly hostile: HostileReport | null
  readonly k6CpuSeconds: number
  readonly loadAverage: readonly number[]
  readonly hub: Readonly<Record<string, number>>
  readonly thresholds: Readonly<Record<string, Threshold>>
}

function commitOfTree(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return 'not a git work tree'
  }
}

/** What the hub says of itself at the end, and what the kernel says of its process. */
function hubOf(text: string, samples: readonly Sample[]): Record<string, number> {
  const metric = (name: string): number => metricOf(text, `jitasa_${name}`)
  const rss = samples.map((sample) => sample.rss)
  return {
    cpuCoresMax: Math.round(Math.max(0, ...samples.map(({ cpu }) => cpu)) * 1000) / 1000,
    lagMsMean: Math.round(metric('flush_lag_ms_sum') / Math.max(1, metric('flush_lag_ms_count'))),
    rssMiBFirst: Math.round((rss[0] ?? 0) / 2 ** 20),
    rssMiBMax: Math.round(Math.max(0, ...rss) / 2 ** 20),
    resyncs: metric('resyncs_total'),
    closes: metric('closes_total'),
    refusals: metric('refusals_total'),
    checksumMismatches: metric('checksum_mismatches_total'),
  }
}

function claimsOfHub(text: string): Latency {
  const of = (share: number): number | null => {
    const seconds = quantileOf(
      text,
      'jitasa_http_request_seconds',
      ['route="/api/needs/:id/claim"', 'method="POST"'],
      share,
    )
    return seconds === null ? null : Math.round(seconds * 1000)
  }
  return { p50: of(0.5), p95: of(0.95), p99: of(0.99) }
}

/** A run's figures, and what they are held against. */
export function surgeOf(name: string, profile: Profile, k6: string, run: Run): { surge: Surge; seconds: Second[] } {
  const { lines, samples, writer } = run
  const seconds = secondsOf(lines, run.beganAt)
  const claimsMs = writeLatencyOf(lines, 'claims')
  const counts: Counts = {
    deliveries: total(lines, 'deliveries'),
    gaps: total(lines, 'gaps'),
    folded: total(lines, 'folded'),
    mismatches: total(lines, 'mismatches'),
    failedWrites: total(lines, 'failedWrites') + writer.failed,
    resumed: total(lines, 'resumed'),
    lostSockets: total(lines, 'lostSockets') + total(lines, 'away'),
    stale: total(lines, 'stale'),
    unanswered: total(lines, 'unanswered'),
    behindAtEnd: total(lines, 'behindAtEnd'),
    denied: total(lines, 'denied'),
    stalls: total(lines, 'stalls'),
    caughtUp: total(lines, 'caughtUp'),
    drops: metricOf(run.metrics, 'jitasa_drops_total'),
  }
  const peak = peakOf(profile, samples, run.walls, run.written)
  const surge: Surge = {
    profile: name,
    at: new Date(run.beganAt).toISOString(),
    seconds: profile.seconds,
    sockets: Math.max(0, ...seconds.map((second) => second.sockets)),
    machine: describeMachine(),
    versions: {
      commit: commitOfTree(),
      node: process.version,
      k6: execFileSync(k6, ['version'], { encoding: 'utf8' }).split(' (')[0]?.trim() ?? '',
    },
    latencyMs: latencyOf(seconds.filter(({ second }) => partOf(profile, second) === 'usual')),
    surgeMs:
      profile.surge === undefined
        ? null
        : latencyOf(seconds.filter(({ second }) => partOf(profile, second) === 'surge')),
    loadedP99: loadedP99(profile, seconds),
    peak,
    ...counts,
    caughtUpMsMax: most(lines, 'caughtUpMs'),
    carriers: {
      live: total(lines, 'opened:live'),
      packed: total(lines, 'opened:packed'),
      socketio: total(lines, 'opened:socketio'),
    },
    snapshots: total(lines, 'snapshots'),
    cut: total(lines, 'cut'),
    closedByHub: total(lines, 'closedByHub'),
    refused: total(lines, 'refused'),
    writes: {
      api: total(lines, 'writes'),
      apiMs: writeLatencyOf(lines, 'w'),
      claimsMs,
      claimsHubMs: claimsOfHub(run.metrics),
      events: writer.events,
      commits: writer.commits,
      ...(writer.error === undefined ? {} : { error: writer.error }),
    },
    hostile: run.hostile ?? null,
    k6CpuSeconds: run.k6CpuSeconds,
    loadAverage: loadavg().map((load) => Math.round(load * 10) / 10),
    hub: hubOf(run.metrics, samples),
    thresholds: judge(profile, seconds, samples, counts, unwrittenPercent(peak), run.hostile, claimsMs),
  }
  return { surge, seconds }
}
