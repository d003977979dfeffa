import { setTimeout as sleep } from 'node:timers/promises'
import type { Plan } from '../plan.ts'
import { refusal, type Window } from '../saturation.ts'
import { OPEN_MS_MAX, type Opened, START_MS_MAX, type Stage } from '../stage.ts'
import { mergeHistograms, percentile } from '../stats.ts'
import type { Variant } from '../variants.ts'

/** One variant, once: its memory, its throughput at each size, its latency at half load, its storm. */

export type Throughput = {
  readonly bytes: number
  /** of the whole WebSocket message, with what the variant's protocol adds */
  readonly frameBytes: number
  readonly perCpuSecond: number
  readonly perSecond: number
  readonly lost: number
  readonly shares: Window
  readonly refused: string | undefined
  readonly halfLoadP99Ms: number | undefined
}

export type RoundResult = {
  readonly throughputs: readonly Throughput[]
  readonly idleBytes: number
  readonly openMs: number
  /** until all were back after a cut, or `undefined` when some were not */
  readonly reconnectMs: number | undefined
}

/** Sockets opened and closed again before memory is read, so that what is made once is not charged to the sockets. */
const WARM_SOCKETS = 100
const QUIET_MS = 300

export async function runRound(stage: Stage, variant: Variant, plan: Plan): Promise<RoundResult> {
  const { sockets } = plan
  const port = await stage.startServer(variant)
  const server = stage.servers[0]!
  await warmUp(stage, variant, port)
  const before = await stage.settledBytes(server)
  const client = stage.startClient(variant, port, sockets)
  const opened = await stage.open(client, sockets)
  const idleBytes = ((await stage.settledBytes(server)) - before) / sockets
  const throughputs: Throughput[] = []
  for (const bytes of plan.sizes) throughputs.push(await throughput(stage, plan, bytes))
  const storm = (await client.ask('storm', 'storm', OPEN_MS_MAX + START_MS_MAX)) as unknown as Opened
  const reconnectMs = storm.ready === sockets ? storm.ms : undefined
  return { throughputs, idleBytes, openMs: opened.ms, reconnectMs }
}

async function warmUp(stage: Stage, variant: Variant, port: number): Promise<void> {
  const client = stage.startClient(variant, port, WARM_SOCKETS)
  await stage.open(client, WARM_SOCKETS)
  await stage.dismiss(client)
  await sleep(QUIET_MS)
}

async function throughput(stage: Stage, plan: Plan, bytes: number): Promise<Throughput> {
  stage.tellServers(`flood ${bytes}`)
  await sleep(plan.warmMs)
  const { marks, serverSeconds, seconds, shares } = await stage.measure(plan.windowMs)
  await stage.quiet()
  const deliveries = marks.reduce((sum, mark) => sum + mark.deliveries, 0)
  const perCpuSecond = deliveries / serverSeconds
  return {
    bytes,
    frameBytes: marks.reduce((sum, mark) => sum + mark.bytes, 0) / deliveries,
    perCpuSecond,
    perSecond: deliveries / seconds,
    lost: marks.reduce((sum, mark) => sum + mark.gaps, 0),
    shares,
    refused: refusal(shares),
    halfLoadP99Ms: plan.halfLoad ? await halfLoad(stage, plan, bytes, perCpuSecond) : undefined,
  }
}

async function halfLoad(stage: Stage, plan: Plan, bytes: number, perCpuSecond: number): Promise<number | undefined> {
  stage.tellServers(`rate ${(perCpuSecond / 2 / plan.sockets).toFixed(3)} ${bytes}`)
  await sleep(plan.warmMs)
  const { marks } = await stage.measure(plan.windowMs)
  await stage.quiet()
  const us = percentile(mergeHistograms(marks.map((mark) => mark.latency)), 0.99)
  return us === undefined ? undefined : us / 1000
}
