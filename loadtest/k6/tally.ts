import exec from 'k6/execution'
import { Counter, Trend } from 'k6/metrics'
import type { Taken } from 'k6/x/live'
import { partOf } from '../surge/profiles.ts'
import { profile } from './settings.ts'

/** What one virtual user counts; a line of JSON a second goes to the log, and surge/lines.ts adds them up. */

const latency = new Trend('commit_to_delivered', true)
const claims = new Trend('claim', true)
const deliveries = new Counter('deliveries')
/** What must not come about, by the name it has in a line and in k6. */
const NEVER = {
  gaps: new Counter('gaps'),
  mismatches: new Counter('mismatches'),
  stale: new Counter('stale'),
  unanswered: new Counter('unanswered'),
  denied: new Counter('denied'),
  lostSockets: new Counter('lost_sockets'),
  away: new Counter('away'),
  behindAtEnd: new Counter('behind_at_end'),
  failedWrites: new Counter('failed_writes'),
}

const { latencyMs, claimsMs, surge } = profile

/** k6's own thresholds. The report's percentiles come from every delivery, these from one of SAMPLE_EVERY. */
export const thresholds = {
  gaps: ['count==0'],
  mismatches: ['count==0'],
  stale: ['count==0'],
  unanswered: ['count==0'],
  denied: ['count==0'],
  lost_sockets: ['count==0'],
  away: ['count==0'],
  behind_at_end: ['count==0'],
  failed_writes: ['count==0'],
  'commit_to_delivered{part:usual}': [`p(50)<=${latencyMs.p50}`, `p(95)<=${latencyMs.p95}`, `p(99)<=${latencyMs.p99}`],
  ...(surge === undefined ? {} : { 'commit_to_delivered{part:surge}': [`p(99)<=${surge.p99}`] }),
  ...(claimsMs === undefined ? {} : { claim: [`p(99)<=${claimsMs}`] }),
}

/** A k6 sample costs as much as a thousand deliveries. */
const SAMPLE_EVERY = 500

type Line = Record<string, number>

export class Tally {
  #latencies: (readonly [number, number])[] = []
  #writes = new Map<number, number>()
  #claims = new Map<number, number>()
  #line: Line = {}
  #seen = 0

  count(name: string, by = 1): void {
    if (by === 0) return
    this.#line[name] = (this.#line[name] ?? 0) + by
    NEVER[name as keyof typeof NEVER]?.add(by)
  }

  /** The largest of a figure since the last line. */
  most(name: string, value: number): void {
    this.#line[name] = Math.max(this.#line[name] ?? 0, value)
  }

  /** What the screens heard in a second of the run. */
  heard(taken: Taken, beganAt: number): void {
    const part = partOf(profile, (Date.now() - beganAt) / 1000)
    this.#take(taken)
    for (const [ms, count] of taken.latencies) {
      this.#seen += count
      for (; this.#seen >= SAMPLE_EVERY; this.#seen -= SAMPLE_EVERY) latency.add(ms, { part })
    }
    this.say(taken.sockets)
  }

  /** The end: who is away, and what does not show all there was. */
  left(taken: Taken, beganAt: number): void {
    this.count('away', taken.away)
    this.count('behindAtEnd', taken.behind)
    this.heard(taken, beganAt)
  }

  #take({ latencies, counts, problem }: Taken): void {
    if (problem !== '') throw new Error(problem)
    this.#latencies = [...this.#latencies, ...latencies]
    for (const name of Object.keys(counts)) this.count(name, counts[name])
    deliveries.add(counts.deliveries ?? 0)
  }

  mismatch(): void {
    this.count('mismatches')
  }

  /** @param ms from the request to its answer, 2xx */
  wrote(ms: number, claim: boolean): void {
    this.#writes.set(ms, (this.#writes.get(ms) ?? 0) + 1)
    this.count('writes')
    if (!claim) return
    this.#claims.set(ms, (this.#claims.get(ms) ?? 0) + 1)
    claims.add(ms)
  }

  /** A request of a writer that was answered with anything but 2xx, or not at all. */
  refused(): void {
    this.count('failedWrites')
  }

  /** @param sockets open now */
  say(sockets: number): void {
    console.log(
      JSON.stringify({
        k: 'tally',
        vu: exec.vu.idInTest,
        at: Date.now(),
        sockets,
        h: this.#latencies,
        w: [...this.#writes],
        claims: [...this.#claims],
        ...this.#line,
      }),
    )
    this.#latencies = []
    this.#writes = new Map()
    this.#claims = new Map()
    this.#line = {}
  }
}
