import { setTimeout as sleep } from 'node:timers/promises'
import { disturbance } from '../saturation.ts'
import type { Stage } from '../stage.ts'
import { mergeHistograms, percentile } from '../stats.ts'
import type { Variant } from '../variants.ts'

/**
 * More sockets than one process may hold: several workers at one message a second, as the hub runs them. They have both
 * cores, for which workers are there; the clients share one of them.
 */

export type WideResult = {
  readonly sockets: number
  readonly workers: number
  readonly published: number
  readonly deliveries: number
  readonly lost: number
  readonly cores: number
  /** CPU of all workers for one message to all sockets */
  readonly serverSecondsPerMessage: number
  readonly clientSecondsPerMessage: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** why its latency and CPU say nothing of the hub */
  readonly refused: string | undefined
}

const LEAD_MS = 200
/** The client's pause between two laps; it is in the latency. Far machines wake no writer, a client beside it does. */
export const NAP_MS = 10

export async function runWide(
  stage: Stage,
  variant: Variant,
  { sockets, workers, seconds }: { sockets: number; workers: number; seconds: number },
): Promise<WideResult> {
  const each = Math.floor(sockets / workers)
  for (let i = 0; i < workers; i++) {
    // A port of its own for each worker: the kernel's choice between workers on one port is not what is measured.
    const port = await stage.startServer(variant, 'both')
    await stage.open(stage.startClient(variant, port, each), each)
  }
  stage.tellClients('latency on')
  stage.tellClients(`nap ${NAP_MS * 1000}`)
  stage.tellServers('rate 1 300')
  await sleep(2000)
  await stage.quiet()
  const measuring = stage.measure(seconds * 1000)
  // The window is open before the first message: every one is counted.
  await sleep(LEAD_MS)
  stage.tellServers('rate 1 300')
  const { serverSeconds, seconds: took, shares, marks: during } = await measuring
  const counted = during.reduce((sum, mark) => sum + mark.deliveries, 0)
  const rest = await stage.quiet((published) => published * each - counted)
  const marks = [...during, ...rest.marks]
  const published = rest.published.reduce((sum, count) => sum + count, 0)
  const deliveries = marks.reduce((sum, mark) => sum + mark.deliveries, 0)
  const latency = mergeHistograms(marks.map((mark) => mark.latency))
  const messages = published / workers
  return {
    sockets: each * workers,
    workers,
    published,
    deliveries,
    lost: published * each - deliveries + marks.reduce((sum, mark) => sum + mark.gaps, 0),
    cores: serverSeconds / (took - LEAD_MS / 1000),
    serverSecondsPerMessage: serverSeconds / messages,
    clientSecondsPerMessage: (shares.client * took) / messages,
    p50Ms: (percentile(latency, 0.5) ?? 0) / 1000,
    p99Ms: (percentile(latency, 0.99) ?? 0) / 1000,
    refused: disturbance(shares, 'both'),
  }
}
