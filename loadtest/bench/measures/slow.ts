import { setTimeout as sleep } from 'node:timers/promises'
import { readMemory } from '../proc.ts'
import { disturbance } from '../saturation.ts'
import type { Marked, Stage } from '../stage.ts'
import { mergeHistograms, percentile } from '../stats.ts'
import type { Variant } from '../variants.ts'

/**
 * A fifth of the readers stop reading. The kernel swallows about 4 MB for each before the hub notices, so the frames are
 * large. The others must lose nothing and get theirs as fast as before; the stalled must cost bounded memory, and must
 * be level with the others soon after they read again.
 */

export type SlowResult = {
  readonly sockets: number
  readonly stalled: number
  readonly p99MsBefore: number
  readonly p99MsDuring: number
  /** messages that a socket that was reading missed */
  readonly lost: number
  /** private memory of the server's process, more than before, for each stalled socket */
  readonly bytesPerStalled: number
  readonly closed: number
  /** whether all sockets hold the same position soon after the stalled ones read again */
  readonly level: boolean
  readonly refused: string | undefined
}

const SOCKETS = 500
const STALLED_PERCENT = 20
const RATE = 'rate 10 65000'
/** 4 MB at 650 kB/s, and a little more. */
const FILL_MS = 9000
const WINDOW_MS = 5000
const CATCH_UP_MS = 3000

const p99Ms = (marks: readonly Marked[]): number =>
  (percentile(mergeHistograms(marks.map(({ latency }) => latency)), 0.99) ?? Number.NaN) / 1000

const perSocket = (marks: readonly Marked[]): number =>
  marks.reduce((most, mark) => Math.max(most, mark.perSocketMax), 0)

export async function runSlow(stage: Stage, variant: Variant): Promise<SlowResult> {
  const port = await stage.startServer(variant)
  const server = stage.servers[0]!
  const client = stage.startClient(variant, port, SOCKETS)
  await stage.open(client, SOCKETS)
  client.tell('latency on')
  server.tell(RATE)
  await sleep(WINDOW_MS / 2)
  const before = await stage.measure(WINDOW_MS)
  const memoryBefore = readMemory(server.pid).private
  client.tell(`stall ${STALLED_PERCENT}`)
  await sleep(FILL_MS)
  const during = await stage.measure(WINDOW_MS)
  const memoryDuring = readMemory(server.pid).private
  client.tell('stall 0')
  await sleep(CATCH_UP_MS)
  const { marks } = await stage.quiet()
  const after = marks.at(-1)
  const stalled = (SOCKETS * STALLED_PERCENT) / 100
  const fewest = during.marks.reduce((least, mark) => Math.min(least, mark.perSocketMin), Number.POSITIVE_INFINITY)
  return {
    sockets: SOCKETS,
    stalled,
    p99MsBefore: p99Ms(before.marks),
    p99MsDuring: p99Ms(during.marks),
    lost: during.marks.reduce((sum, mark) => sum + mark.gaps, 0) + Math.max(0, perSocket(during.marks) - fewest - 1),
    bytesPerStalled: (memoryDuring - memoryBefore) / stalled,
    closed: SOCKETS - (after?.ready ?? 0),
    level: after !== undefined && after.positionMin === after.positionMax,
    refused: disturbance(before.shares) ?? disturbance(during.shares),
  }
}
