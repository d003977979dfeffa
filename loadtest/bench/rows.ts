import { countReasons } from './goals.ts'
import type { Outcome, Throughput } from './measures/sitting.ts'
import { type Spread, spread } from './stats.ts'
import type { Variant } from './variants.ts'

/** One row of the table and of bench.json: a variant at a size, over all passes of all sittings. Pure. */

export type Row = {
  readonly name: string
  readonly title: string
  readonly sockets: number
  readonly bytes: number
  readonly deliveriesPerCpuSecond: number | null
  readonly bytesPerSocket: number | null
  readonly spread: { readonly deliveriesPerCpuSecond: Spread | null; readonly bytesPerSocket: Spread } | null
  readonly frameBytes: number | null
  readonly halfLoadP99Ms: number | null
  readonly reconnectMs: number | null
  /** messages that a socket missed while the server was flooded */
  readonly lost: number | null
  readonly serverBusy: number | null
  readonly clientBusy: number | null
  /** the most messages that the slowest socket was behind at the end of a window */
  readonly backlog: number | null
  /** passes, of which those refused give no figure */
  readonly rounds: number
  /** why the server was not the bottleneck, for each pass in which it was not */
  readonly refused: readonly string[]
  /** why there is no figure */
  readonly why?: string
}

const round = (value: number, digits = 0): number => Number(value.toFixed(digits))

export function emptyRow(variant: Variant, sockets: number, bytes: number, why: string): Row {
  return {
    name: variant.name,
    title: variant.title,
    sockets,
    bytes,
    deliveriesPerCpuSecond: null,
    bytesPerSocket: null,
    spread: null,
    frameBytes: null,
    halfLoadP99Ms: null,
    ...{
      reconnectMs: null,
      lost: null,
      serverBusy: null,
      clientBusy: null,
      backlog: null,
      rounds: 0,
      refused: [],
      why,
    },
  }
}

function roundedSpread(values: readonly number[]): Spread {
  const { median, min, max, rounds } = spread(values)
  return { median: round(median), min: round(min), max: round(max), rounds }
}

/** ms in which all sockets of a variant came back, for each sitting in which they did. */
export function reconnectsOf(outcomes: readonly Outcome[]): readonly number[] {
  return outcomes.flatMap((outcome) => ('result' in outcome ? (outcome.result.reconnectMs ?? []) : []))
}

export function toRow(variant: Variant, sockets: number, bytes: number, outcomes: readonly Outcome[]): Row {
  const results = outcomes.flatMap((outcome) => ('result' in outcome ? [outcome.result] : []))
  const failures = outcomes.flatMap((outcome) => ('failed' in outcome ? outcome : outcome.result).failed ?? [])
  const at = results.flatMap((result) => result.throughputs.filter((throughput) => throughput.bytes === bytes))
  if (at.length === 0) return emptyRow(variant, sockets, bytes, failures[0] ?? 'did not run')
  const good = at.filter(({ refused }) => refused === undefined)
  const refused = [...at.flatMap((throughput) => throughput.refused ?? []), ...failures]
  const middle = (pick: (throughput: Throughput) => number): number => spread(at.map(pick)).median
  const perCpuSecond = good.length === 0 ? null : roundedSpread(good.map((throughput) => throughput.perCpuSecond))
  const perSocket = roundedSpread(results.map((result) => result.idleBytes))
  const storms = reconnectsOf(outcomes)
  const latencies = results.flatMap(({ halfLoad }) =>
    halfLoad.filter((one) => one.bytes === bytes).map(({ p99Ms }) => p99Ms),
  )
  return {
    name: variant.name,
    title: variant.title,
    sockets,
    bytes,
    deliveriesPerCpuSecond: perCpuSecond?.median ?? null,
    bytesPerSocket: perSocket.median,
    spread: { deliveriesPerCpuSecond: perCpuSecond, bytesPerSocket: perSocket },
    frameBytes: round(middle((throughput) => throughput.frameBytes)),
    halfLoadP99Ms: latencies.length === 0 ? null : round(spread(latencies).median, 1),
    reconnectMs: storms.length === 0 ? null : round(spread(storms).median),
    lost: at.reduce((sum, throughput) => sum + throughput.lost, 0),
    ...{
      serverBusy: round(
        middle(({ shares }) => shares.server),
        3,
      ),
      clientBusy: round(
        middle(({ shares }) => shares.client),
        3,
      ),
    },
    backlog: Math.max(...at.map((throughput) => throughput.backlog.after)),
    rounds: at.length + failures.length,
    refused,
    ...(perCpuSecond === null ? { why: countReasons(refused, at.length) } : {}),
  }
}
