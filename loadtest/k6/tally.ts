import exec from 'k6/execution'
import { Counter, Trend } from 'k6/metrics'

/** What one virtual user counts; a line of JSON a second goes to the log, and surge/lines.ts adds them up. */

const latency = new Trend('commit_to_delivered', true)
const deliveries = new Counter('deliveries')
const gaps = new Counter('gaps')
const mismatches = new Counter('mismatches')
const stale = new Counter('stale')
const unanswered = new Counter('unanswered')
const behindAtEnd = new Counter('behind_at_end')
const failedWrites = new Counter('failed_writes')

/** k6's own thresholds, for a script that is run by hand; the latency goals stand in surge/profiles.ts. */
export const thresholds = {
  gaps: ['count==0'],
  mismatches: ['count==0'],
  stale: ['count==0'],
  unanswered: ['count==0'],
  behind_at_end: ['count==0'],
  failed_writes: ['count==0'],
}

/** k6's own percentiles are for a look; the report's come from every delivery. A k6 sample costs as much as a frame. */
const SAMPLE_EVERY = 20

type Line = Record<string, number>

export class Tally {
  #latencies = new Map<number, number>()
  #writes = new Map<number, number>()
  #line: Line = {}
  #seen = 0

  count(name: string, by = 1): void {
    this.#line[name] = (this.#line[name] ?? 0) + by
  }

  /** The largest of a figure since the last line. */
  most(name: string, value: number): void {
    this.#line[name] = Math.max(this.#line[name] ?? 0, value)
  }

  /** @param ms from commit to delivery, whole milliseconds of one machine's clock */
  delivered(ms: number): void {
    const at = Math.max(0, Math.round(ms))
    this.#latencies.set(at, (this.#latencies.get(at) ?? 0) + 1)
    this.count('deliveries')
    if (++this.#seen % SAMPLE_EVERY === 0) latency.add(at)
  }

  gap(): void {
    this.count('gaps')
    gaps.add(1)
  }

  mismatch(): void {
    this.count('mismatches')
    mismatches.add(1)
  }

  /** A whole scope older than what is held. */
  stale(): void {
    this.count('stale')
    stale.add(1)
  }

  /** A question about a scope that the hub let lie. */
  unanswered(): void {
    this.count('unanswered')
    unanswered.add(1)
  }

  /** Scopes that did not show all there was when nobody wrote any more. */
  behindAtEnd(scopes: number): void {
    this.count('behindAtEnd', scopes)
    behindAtEnd.add(scopes)
  }

  /** @param ms from the request to its answer, 2xx */
  wrote(ms: number): void {
    this.#writes.set(ms, (this.#writes.get(ms) ?? 0) + 1)
    this.count('writes')
  }

  /** A request of a writer that was answered with anything but 2xx, or not at all. */
  refused(): void {
    this.count('failedWrites')
    failedWrites.add(1)
  }

  /** @param sockets open now */
  say(sockets: number): void {
    if (this.#line.deliveries) deliveries.add(this.#line.deliveries)
    console.log(
      JSON.stringify({
        k: 'tally',
        vu: exec.vu.idInTest,
        at: Date.now(),
        sockets,
        h: [...this.#latencies],
        w: [...this.#writes],
        ...this.#line,
      }),
    )
    this.#latencies = new Map()
    this.#writes = new Map()
    this.#line = {}
  }
}
