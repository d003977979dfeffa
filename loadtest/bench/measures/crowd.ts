import { Agent, get } from 'node:http'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Plan } from '../plan.ts'
import { disturbance } from '../saturation.ts'
import type { Marked, Stage } from '../stage.ts'
import { mergeHistograms, percentile, quantile } from '../stats.ts'
import type { Variant } from '../variants.ts'

/**
 * What a command waits for while one topic has a crowd of readers: an HTTP probe on the loop that fans out. The same hub
 * beside it with all sockets in one shard, as everything that publishes a topic at once.
 */

export type CrowdLoad = {
  /** commits a second: few, that each screen gets; or more rows than a core can send */
  readonly load: 'commits' | 'rows'
  readonly httpMs: { readonly p50: number; readonly p99: number }
  /** newest commit in a frame to the screen */
  readonly screenMs: { readonly p50: number; readonly p99: number }
  readonly perCpuSecond: number
  readonly gaps: number
  readonly closed: number
  readonly probes: number
}

export type CrowdResult = {
  readonly sockets: number
  readonly shards: boolean
  readonly loads: readonly CrowdLoad[]
  /** from the end of the last load until every screen holds the newest; `null`: not within LEVEL_MS_MAX */
  readonly levelMs: number | null
  readonly refused: string | undefined
}

const TICK_MS = 100
const COMMITS = 'rate 5 300'
const PROBE_EVERY_MS = 10
const PROBE_MS_MAX = 5000
const LEVEL_MS_MAX = 10_000
const LOOK_MS = 100
const PROBES_MIN = 50

export const CROWD_SOCKETS = 15_000
export const OVERLOAD_SOCKETS = 19_000

/** Of the goals: a crowd, and more than a core can send; each with shards and without, in turns. */
export const CROWDS = [
  { sockets: CROWD_SOCKETS, rows: 2000, shards: false },
  { sockets: CROWD_SOCKETS, rows: 2000, shards: true },
  { sockets: OVERLOAD_SOCKETS, rows: 5000, shards: true },
] as const

/** One request after the other on one connection. @returns ms of each */
class Probe {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #port: number
  #running = true
  readonly #done: Promise<void>
  #ms: number[] = []

  constructor(port: number) {
    this.#port = port
    this.#done = this.#run()
  }

  /** Those since the last call. */
  take(): number[] {
    const taken = this.#ms
    this.#ms = []
    return taken
  }

  async end(): Promise<void> {
    this.#running = false
    await this.#done
    this.#agent.destroy()
  }

  async #run(): Promise<void> {
    while (this.#running) {
      const began = performance.now()
      await this.#ask()
      this.#ms.push(performance.now() - began)
      await sleep(PROBE_EVERY_MS)
    }
  }

  #ask(): Promise<void> {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.#port, path: '/probe', agent: this.#agent, timeout: PROBE_MS_MAX }
      const request = get(options, (response) => {
        response.resume()
        response.once('end', resolve)
      })
      request.once('timeout', () => request.destroy(new Error(`no answer to a probe within ${PROBE_MS_MAX} ms`)))
      request.once('error', reject)
    })
  }
}

const ms = (marks: readonly Marked[], share: number): number =>
  (percentile(mergeHistograms(marks.map(({ latency }) => latency)), share) ?? Number.NaN) / 1000

export async function runCrowd(
  stage: Stage,
  variant: Variant,
  { windowMs }: NonNullable<Plan['crowd']>,
  { sockets, rows, shards }: (typeof CROWDS)[number],
): Promise<CrowdResult> {
  const words = [String(TICK_MS), shards ? 'shards' : 'whole']
  const port = await stage.startServer({ ...variant, command: [...variant.command, ...words] })
  const server = stage.servers[0]!
  const client = stage.startClient(variant, port, sockets)
  await stage.open(client, sockets)
  client.tell('latency on')
  const probe = new Probe(port)
  const refusals: (string | undefined)[] = []
  const loads: CrowdLoad[] = []
  let levelMs: number | null = null
  try {
    for (const load of ['commits', 'rows'] as const) {
      server.tell(load === 'commits' ? COMMITS : `events ${rows}`)
      await sleep(windowMs / 4)
      probe.take()
      const { marks, serverSeconds, shares } = await stage.measure(windowMs)
      const http = probe.take()
      if (http.length < PROBES_MIN) refusals.push(`only ${http.length} probes were answered`)
      // That the server is busy is what is measured; the rest of the machine must not be.
      refusals.push(disturbance(shares))
      const sum = (pick: (mark: Marked) => number): number => marks.reduce((total, mark) => total + pick(mark), 0)
      loads.push({
        load,
        httpMs: { p50: quantile(http, 0.5), p99: quantile(http, 0.99) },
        screenMs: { p50: ms(marks, 0.5), p99: ms(marks, 0.99) },
        perCpuSecond: sum(({ deliveries }) => deliveries) / serverSeconds,
        gaps: sum(({ gaps }) => gaps),
        closed: sum(({ closed }) => closed),
        probes: http.length,
      })
      if (load === 'commits') await stage.quiet()
    }
    levelMs = await untilLevel(stage)
  } finally {
    await probe.end()
  }
  return { sockets, shards, loads, levelMs, refused: refusals.find((why) => why !== undefined) }
}

/** The load ends: when all sockets hold the same, and nothing comes any more. */
async function untilLevel(stage: Stage): Promise<number | null> {
  stage.tellServers('events 0')
  const began = performance.now()
  while (performance.now() - began < LEVEL_MS_MAX) {
    await sleep(LOOK_MS)
    const marks = await stage.mark()
    const isLevel = marks.every(
      ({ deliveries, positionMin, positionMax }) => deliveries === 0 && positionMin === positionMax,
    )
    if (isLevel) return performance.now() - began
  }
  return null
}
