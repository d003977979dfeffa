import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Plan } from '../plan.ts'
import { type Backlog, meanWindow, refusal, type Window } from '../saturation.ts'
import { OPEN_MS_MAX, type Opened, START_MS_MAX, type Stage } from '../stage.ts'
import { mergeHistograms, percentile } from '../stats.ts'
import type { Variant, VariantName } from '../variants.ts'

/**
 * Each variant with its sockets, one after the other: pings and beats of the idle ones took 10 to 20 % of the server's
 * core when all were up at once. Another begins each sitting, and every second one goes backwards, so that a machine
 * that slows down falls on all alike.
 */

/** One variant in one pass: its two floods together. */
export type Throughput = {
  readonly bytes: number
  /** of the whole WebSocket message, with what the variant's protocol adds */
  readonly frameBytes: number
  readonly perCpuSecond: number
  readonly perSecond: number
  readonly lost: number
  /** messages a socket, at the end of the window: published and not received by the slowest */
  readonly backlog: Backlog
  readonly shares: Window
  readonly refused: string | undefined
}

export type RoundResult = {
  /** by size, then by pass */
  readonly throughputs: readonly Throughput[]
  readonly halfLoad: readonly { readonly bytes: number; readonly p99Ms: number }[]
  readonly idleBytes: number
  /** CPU of the server, µs per idle socket and second; `undefined`: nobody asked */
  readonly idleCpuUs: number | undefined
  readonly openMs: number
  /** until all were back after a cut, or `undefined` when some were not or nobody asked */
  readonly reconnectMs: number | undefined
  /** why the rest was not measured */
  readonly failed: string | undefined
}

/** What came of one attempt. */
export type Outcome<T = RoundResult> = { readonly result: T } | { readonly failed: string }

/** Sockets opened and closed again before memory is read, so that what is made once is not charged to the sockets. */
const WARM_SOCKETS = 100
const QUIET_MS = 300
/** Of these it is measured what idle sockets cost. */
const IDLE_NAMES: ReadonlySet<VariantName> = new Set(['live', 'centrifugo'])
/**
 * Pause of the client between two laps, in which no write wakes it. Shorter than the kernel's delayed acknowledgement of
 * 40 ms: that would be sent by a timer on the server's core, at the server's cost.
 */
const NAP_MS = 20

type Flood = Omit<Throughput, 'perCpuSecond' | 'perSecond'> & {
  readonly deliveries: number
  readonly serverSeconds: number
  readonly seconds: number
}

class Seat {
  readonly variant: Variant
  readonly #stage: Stage
  readonly #plan: Plan
  readonly throughputs: Throughput[] = []
  readonly halfLoads: { bytes: number; p99Ms: number }[] = []
  idleBytes = 0
  idleCpuUs: number | undefined
  openMs = 0
  reconnectMs: number | undefined
  failed: string | undefined

  constructor(variant: Variant, stage: Stage, plan: Plan) {
    this.variant = variant
    this.#stage = stage
    this.#plan = plan
  }

  /** Does nothing any more once something has failed. */
  async try(act: (seat: this) => Promise<void>): Promise<void> {
    if (this.failed !== undefined) return
    try {
      await act(this)
    } catch (error) {
      this.failed = error instanceof Error ? error.message : String(error)
      await this.#stage.end()
    }
  }

  async open(): Promise<void> {
    const { sockets } = this.#plan
    const port = await this.#stage.startServer(this.variant)
    const server = this.#stage.servers[0]!
    const warming = this.#stage.startClient(this.variant, port, WARM_SOCKETS)
    await this.#stage.open(warming, WARM_SOCKETS)
    await this.#stage.dismiss(warming)
    await sleep(QUIET_MS)
    const before = await this.#stage.settledBytes(server)
    const client = this.#stage.startClient(this.variant, port, sockets)
    this.openMs = (await this.#stage.open(client, sockets)).ms
    this.idleBytes = ((await this.#stage.settledBytes(server)) - before) / sockets
  }

  /** Beats and pings alone: the window holds two of Centrifugo's, of 25 s. */
  async idle(): Promise<void> {
    const { sockets, idleMs } = this.#plan
    const { seconds, serverSeconds } = await this.#stage.watch(() => sleep(idleMs))
    this.idleCpuUs = (serverSeconds * 1e6) / sockets / seconds
  }

  /**
   * Server and CPU are read between two messages, so that a window holds whole ones; that every one arrived is counted
   * by the client over the whole flood.
   */
  async flood(bytes: number): Promise<Flood> {
    const { sockets, warmMs, windowMs } = this.#plan
    this.#stage.tellClients(`nap ${NAP_MS * 1000}`)
    const [rest] = await this.#stage.mark()
    const base = rest?.positionMax ?? 0
    this.#stage.tellServers(`flood ${bytes}`)
    await sleep(warmMs)
    const first = await this.#look(base)
    const { value: last, shares } = await this.#stage.watch(async () => {
      await sleep(windowMs)
      return this.#look(base)
    })
    const counted = [...first.marks, ...last.marks].reduce((sum, mark) => sum + mark.deliveries, 0)
    const { marks, published } = await this.#stage.quiet((messages) => messages * sockets - counted)
    this.#stage.tellClients('nap 0')
    const all = [...first.marks, ...last.marks, ...marks]
    const received = all.reduce((sum, mark) => sum + mark.deliveries, 0)
    const lost = all.reduce((sum, mark) => sum + mark.gaps, 0)
    const sent = published.reduce((sum, count) => sum + count, 0) * sockets
    const frameBytes = all.reduce((sum, mark) => sum + mark.bytes, 0) / received
    if (received < sent) throw new Error(`the client counted ${received} of ${sent} messages of a flood`)
    if (frameBytes !== bytes + this.variant.wrapping)
      throw new Error(`a message had ${frameBytes} bytes, not ${bytes} and ${this.variant.wrapping} of its protocol`)
    const seconds = last.at - first.at
    const messages = last.published - first.published
    const backlog = { before: first.backlog, after: last.backlog, perSecond: messages / seconds }
    return {
      bytes,
      frameBytes,
      lost,
      backlog,
      shares,
      deliveries: messages * sockets,
      serverSeconds: last.cpuSeconds - first.cpuSeconds,
      seconds,
      refused: refusal(shares, backlog),
    }
  }

  async pass(bytes: number): Promise<void> {
    this.throughputs.push(together([await this.flood(bytes), await this.flood(bytes)]))
  }

  /** The client first: what is published until the server answers counts as backlog. */
  async #look(base: number) {
    const marks = await this.#stage.mark()
    const { published, cpuSeconds } = await this.#stage.count()
    const slowest = marks.reduce((least, { positionMin }) => Math.min(least, positionMin), Number.POSITIVE_INFINITY)
    return { marks, published, cpuSeconds, backlog: base + published - slowest, at: performance.now() / 1000 }
  }

  async halfLoad(bytes: number): Promise<void> {
    const { sockets, warmMs, halfLoadMs } = this.#plan
    const rate = this.throughputs.find((one) => one.bytes === bytes)?.perCpuSecond ?? 0
    this.#stage.tellClients('latency on')
    this.#stage.tellServers(`rate ${(rate / 2 / sockets).toFixed(3)} ${bytes}`)
    await sleep(warmMs)
    const { marks } = await this.#stage.measure(halfLoadMs)
    await this.#stage.quiet()
    this.#stage.tellClients('latency off')
    const us = percentile(mergeHistograms(marks.map((mark) => mark.latency)), 0.99)
    if (us !== undefined) this.halfLoads.push({ bytes, p99Ms: us / 1000 })
  }

  async storm(): Promise<void> {
    const storm = (await this.#stage.clients[0]!.ask('storm', 'storm', OPEN_MS_MAX + START_MS_MAX)) as unknown as Opened
    this.reconnectMs = storm.ready === this.#plan.sockets ? storm.ms : undefined
  }

  /** What was measured before something failed, counts. */
  outcome(): Outcome {
    const { failed, throughputs, halfLoads: halfLoad, idleBytes, idleCpuUs, openMs, reconnectMs } = this
    if (failed !== undefined && throughputs.length === 0) return { failed }
    return { result: { throughputs, halfLoad, idleBytes, idleCpuUs, openMs, reconnectMs, failed } }
  }
}

/** Both floods of a pass as one. Pure. */
export function together(floods: readonly Flood[]): Throughput {
  const sum = (pick: (flood: Flood) => number): number => floods.reduce((total, flood) => total + pick(flood), 0)
  const deliveries = sum((flood) => flood.deliveries)
  return {
    bytes: floods[0]!.bytes,
    frameBytes: sum(({ frameBytes }) => frameBytes) / floods.length,
    perCpuSecond: deliveries / sum(({ serverSeconds }) => serverSeconds),
    perSecond: deliveries / sum(({ seconds }) => seconds),
    lost: sum(({ lost }) => lost),
    backlog: {
      before: Math.max(...floods.map(({ backlog }) => backlog.before)),
      after: Math.max(...floods.map(({ backlog }) => backlog.after)),
      perSecond: sum(({ backlog }) => backlog.perSecond) / floods.length,
    },
    shares: meanWindow(floods.map(({ shares }) => shares)),
    refused: floods.find(({ refused }) => refused !== undefined)?.refused,
  }
}

/**
 * @param stageOf a stage for a variant, with a server and a client of its own
 * @param sitting the how manieth, from 0
 */
export async function runSitting(
  variants: readonly Variant[],
  plan: Plan,
  sitting: number,
  stageOf: () => Stage,
): Promise<Map<string, Outcome>> {
  const first = sitting % variants.length
  const order = [...variants.slice(first), ...variants.slice(0, first)]
  const seats: Seat[] = []
  for (const variant of sitting % 2 === 0 ? order : order.toReversed()) {
    const stage = stageOf()
    const seat = new Seat(variant, stage, plan)
    seats.push(seat)
    await seat.try(() => seat.open())
    if (sitting === 0 && plan.idleMs > 0 && IDLE_NAMES.has(variant.name)) await seat.try(() => seat.idle())
    for (const { bytes, passes } of plan.floods) {
      for (let i = 0; i < passes; i++) await seat.try(() => seat.pass(bytes))
    }
    if (plan.halfLoadMs > 0) for (const { bytes } of plan.floods) await seat.try(() => seat.halfLoad(bytes))
    if (plan.storms) await seat.try(() => seat.storm())
    await stage.end()
  }
  return new Map(seats.map((seat) => [seat.variant.name, seat.outcome()]))
}
