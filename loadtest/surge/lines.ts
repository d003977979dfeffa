import { mergeHistograms, percentile } from '../bench/stats.ts'
import type { Latency, Second } from './judge.ts'

/** A line of one k6 virtual user, see k6/tally.ts: what it counted since its last one. */
export type TallyLine = {
  readonly k: 'tally'
  readonly vu: number
  readonly at: number
  readonly sockets: number
  /** ms from commit to delivery, and how often */
  readonly h: readonly (readonly [number, number])[]
  /** ms of a write through the API, and how often */
  readonly w: readonly (readonly [number, number])[]
  /** of these, claims */
  readonly claims: readonly (readonly [number, number])[]
  readonly [name: string]: unknown
}

/** @returns `undefined` for what is no line of a tally: k6's own log */
export function parseTally(text: string): TallyLine | undefined {
  return text.startsWith('{"k":"tally"') ? (JSON.parse(text) as TallyLine) : undefined
}

/**
 * Adds up the lines of all virtual users by second of the run. Who says nothing in a second, being late, still holds the
 * sockets it said last. @param beganAt ms since 1970
 */
export function secondsOf(lines: readonly TallyLine[], beganAt: number): Second[] {
  const bySecond = Map.groupBy(lines, ({ at }) => Math.max(0, Math.floor((at - beganAt) / 1000)))
  const held = new Map<number, number>()
  return [...bySecond]
    .sort((a, b) => a[0] - b[0])
    .map(([second, group]) => {
      for (const { vu, sockets } of group) held.set(vu, sockets)
      return {
        second,
        latencies: mergeHistograms(group.map(({ h }) => h)),
        deliveries: total(group, 'deliveries'),
        writes: total(group, 'writes'),
        sockets: [...held.values()].reduce((sum, n) => sum + n, 0),
      }
    })
}

export function total(lines: readonly TallyLine[], name: string): number {
  return lines.reduce((sum, line) => sum + (typeof line[name] === 'number' ? line[name] : 0), 0)
}

/** The largest of a figure; 0 when nobody said one. */
export function most(lines: readonly TallyLine[], name: string): number {
  return lines.reduce((max, line) => Math.max(max, typeof line[name] === 'number' ? line[name] : 0), 0)
}

/** ms that writes through the API took, all or claims alone; `null`: nobody wrote */
export function writeLatencyOf(lines: readonly TallyLine[], which: 'w' | 'claims'): Latency {
  const all = mergeHistograms(lines.map((line) => line[which]))
  const at = (share: number): number | null => percentile(all, share) ?? null
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
