import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { WallsQuestion } from '../fanout/walls.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Fleet } from '../runtime/fleet.ts'
import type { Logger } from '../runtime/logger.ts'
import { createMetrics, type Metrics } from '../runtime/metrics.ts'
import { FleetMetrics, type ProcessMetrics } from './fleet-metrics.ts'
import { ALIVE_MS, type FromWorker, METRICS_MS_MAX, type ToWorker } from './worker-channel.ts'

/** A worker that lived for less than this counts as failing at the start; each failure doubles the wait. */
const HEALTHY_AFTER_MS = 10_000
const RESTART_MS_MIN = 200
const RESTART_MS_MAX = 10_000
/** Deaths in a row after which people are told. */
const FAILURES_TOLD = 3
/** Over the spread; then a worker that does not end is killed. */
const STOP_MS_MAX = 10_000
/** In a rolling restart: a new worker that is not ready by then is given up, and the old one stays. */
const REPLACE_MS_MAX = 30_000
/** After the spread: the clients of one are back before the next takes its snapshot, so that they resume by delta. */
const SETTLE_MS = 1000
/** Signs of life that may be missing in a row; then the worker hangs, still holds its share of the port, and is killed. */
const MISSED_MAX = 6

/** @returns ms: short after one accident, long for a worker that cannot start. */
function restartDelay(failures: number): number {
  return Math.min(RESTART_MS_MAX, RESTART_MS_MIN * 2 ** Math.max(0, failures - 1))
}

type Worker = {
  readonly child: ChildProcess
  readonly startedAt: number
  readonly exited: Promise<void>
  /** the position it began at, once it listens; `undefined`: it has no state, or has ended */
  readonly ready: Promise<number | undefined>
  listens: boolean
  missed: number
}
type Slot = {
  readonly index: number
  worker: Worker | undefined
  failures: number
  restart: NodeJS.Timeout | undefined
}

export type Supervisor = {
  /** the port all workers share, once the first listens; rejects when one ends before that */
  readonly port: Promise<number>
  /** Puts a new worker in the place of each, one after the other; the clients of the old one resume on the rest. */
  rollingRestart(): Promise<void>
  stop(): Promise<void>
}

export type SupervisorOptions = {
  readonly module: string
  readonly workers: number
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  readonly logger: Logger
  /** ms over which a worker's clients are told to come back when it is stopped on purpose, at least */
  readonly spreadMs: number
}

export const createWorkerMetrics = (metrics: Metrics) => ({
  serving: metrics.gauge('workers_serving', 'workers that listen'),
  wanted: metrics.gauge('workers_wanted', 'workers there should be: HUB_WORKERS'),
  deaths: metrics.counter('worker_deaths_total', 'workers that ended without being told to'),
})

/**
 * `HUB_WORKERS` processes that share one port (SO_REUSEPORT), each with a replication slot of its own. A worker that
 * dies is started again; its clients land on the others and resume from their positions.
 */
export function supervise(options: SupervisorOptions): Supervisor {
  const { clock, logger, spreadMs } = options
  const slots: Slot[] = Array.from({ length: options.workers }, (_, index) => {
    return { index, worker: undefined, failures: 0, restart: undefined }
  })
  /** those that are about to take a place, or have left it, too */
  const alive = new Set<Worker>()
  const metrics = createMetrics()
  const fleetMetrics = new FleetMetrics<Worker>()
  const { serving, wanted, deaths } = createWorkerMetrics(metrics)
  let stopping = false
  let rolling = false
  /** ms over which the clients of the worker that was stopped last come back */
  let handOverMs = spreadMs
  const port = Promise.withResolvers<number>()
  let listening = false

  function send(worker: Worker, message: ToWorker): void {
    worker.child.send(message, (error) => {
      if (error) logger.debug({ err: error, pid: worker.child.pid }, 'a worker is not there to be told')
    })
  }

  function launch(slot: Slot): Worker {
    const child = fork(options.module, [], { env: { ...options.env, HUB_WORKER: String(slot.index) } })
    const exited = Promise.withResolvers<void>()
    const ready = Promise.withResolvers<number | undefined>()
    const worker: Worker = {
      child,
      startedAt: clock.now(),
      exited: exited.promise,
      ready: ready.promise,
      listens: false,
      missed: 0,
    }
    alive.add(worker)
    child.on('message', (message: FromWorker) => {
      worker.missed = 0
      if (message.t === 'listening') {
        worker.listens = true
        listening = true
        port.resolve(message.port)
        ready.resolve(message.position)
        tellFleet()
      } else if (message.t === 'leaving') {
        handOverMs = message.spreadMs
      } else if (message.t === 'all-metrics') {
        const answer = (text: string) => send(worker, { t: 'all-metrics', id: message.id, text })
        gatherMetrics().then(answer, (error: unknown) => logger.error({ err: error }, 'metrics could not be summed'))
      } else if (message.t === 'all-walls') {
        void gatherWalls(message.question).then((walls) => send(worker, { t: 'all-walls', id: message.id, walls }))
      }
    })
    // Also when it could not be started, or a message could not be sent; without a listener that would end everything.
    child.on('error', (error) => logger.error({ err: error, worker: slot.index }, 'a worker cannot be reached'))
    child.once('close', (code, signal) => {
      alive.delete(worker)
      fleetMetrics.ended(worker)
      ready.resolve(undefined)
      exited.resolve()
      if (slot.worker === worker) died(slot, worker, code, signal)
    })
    return worker
  }

  function died(slot: Slot, worker: Worker, code: number | null, signal: NodeJS.Signals | null): void {
    slot.worker = undefined
    tellFleet()
    if (stopping) return
    if (!listening) {
      stopping = true
      clearInterval(watch)
      void Promise.all([...alive].map((worker) => end(worker))).then(() =>
        port.reject(new Error(`worker ${slot.index} ended before it listened; its reason is above`)),
      )
      return
    }
    deaths.inc()
    const livedMs = clock.now() - worker.startedAt
    slot.failures = livedMs >= HEALTHY_AFTER_MS ? 1 : slot.failures + 1
    const waitMs = restartDelay(slot.failures)
    const facts = { worker: slot.index, pid: worker.child.pid, code, signal, livedMs, waitMs, failures: slot.failures }
    logger.error(facts, 'a worker died; it is started again')
    slot.restart = setTimeout(() => fill(slot), waitMs)
  }

  function fill(slot: Slot): void {
    slot.restart = undefined
    slot.worker = launch(slot)
  }

  /**
   * @param hubs that its clients come back to; where all workers end, each finds as many strangers as it has sent away
   * @param past where the worker in its place began; its clients are brought beyond that
   */
  function end(worker: Worker, hubs = 1, past = 0): Promise<void> {
    const kill = setTimeout(() => worker.child.kill('SIGKILL'), STOP_MS_MAX + spreadMs)
    send(worker, { t: 'stop', spreadMs, hubs, past })
    return worker.exited.finally(() => clearTimeout(kill))
  }

  function fleet(): Fleet {
    const failing = slots
      .filter(({ failures, worker }) => failures >= FAILURES_TOLD && !steady(worker))
      .map(({ index, failures }) => `worker ${index} has died ${failures} times in a row; the log says of what`)
    const count = slots.filter(({ worker }) => worker?.listens).length
    return { wanted: slots.length, serving: count, why: failing.length === 0 ? null : failing.join('; ') }
  }

  const steady = (worker: Worker | undefined): boolean =>
    worker?.listens === true && clock.now() - worker.startedAt >= HEALTHY_AFTER_MS

  function tellFleet(): void {
    const now = fleet()
    wanted.set(now.wanted)
    serving.set(now.serving)
    for (const worker of alive) send(worker, { t: 'fleet', fleet: now })
  }

  const listeners = () => slots.flatMap(({ worker }) => (worker?.listens ? [worker] : []))

  async function gatherWalls(question: WallsQuestion): Promise<unknown[]> {
    const answers = await Promise.all(listeners().map((worker) => ask(worker, (id) => ({ t: 'walls', id, question }))))
    return (answers as (readonly unknown[] | undefined)[]).flatMap((walls) => walls ?? [])
  }

  async function gatherMetrics(): Promise<string> {
    const askMetrics = async (worker: Worker) => {
      return [worker, (await ask(worker, (id) => ({ t: 'metrics', id }))) as ProcessMetrics | undefined] as const
    }
    const answers = await Promise.all(listeners().map(askMetrics))
    return fleetMetrics.text(new Map(answers), await metrics.registry.getMetricsAsJSON())
  }

  let nextQuestion = 1
  /** @returns `undefined` when it does not answer in time */
  function ask(worker: Worker, question: (id: number) => ToWorker): Promise<unknown> {
    const id = nextQuestion++
    return new Promise((resolve) => {
      const done = (json?: unknown): void => {
        clearTimeout(timer)
        worker.child.off('message', hear)
        resolve(json)
      }
      const hear = (message: FromWorker): void => {
        if ((message.t === 'metrics' || message.t === 'walls') && message.id === id) done(message.json)
      }
      const timer = setTimeout(done, METRICS_MS_MAX)
      worker.child.on('message', hear)
      send(worker, question(id))
    })
  }

  /** First the new one, then the old one goes: no client finds fewer workers, and a start that fails harms nobody. */
  async function replace(slot: Slot): Promise<boolean> {
    const fresh = launch(slot)
    const position = await Promise.race([fresh.ready, sleep(REPLACE_MS_MAX, undefined, { ref: false })])
    if (position === undefined || stopping) {
      await end(fresh)
      return false
    }
    const old = slot.worker
    clearTimeout(slot.restart)
    Object.assign(slot, { worker: fresh, failures: 0, restart: undefined })
    tellFleet()
    if (old !== undefined) await end(old, fleet().serving, position)
    return true
  }

  const watch = setInterval(() => {
    for (const worker of alive) {
      worker.missed += 1
      if (worker.missed <= MISSED_MAX) continue
      logger.error({ pid: worker.child.pid, silentMs: worker.missed * ALIVE_MS }, 'a worker hangs; it is killed')
      worker.child.kill('SIGKILL')
    }
    tellFleet()
  }, ALIVE_MS)

  for (const slot of slots) fill(slot)
  return {
    port: port.promise,
    async rollingRestart() {
      if (rolling || stopping) {
        logger.warn('a rolling restart is under way already')
        return
      }
      rolling = true
      logger.info('rolling restart: begins')
      for (const slot of slots) {
        if (slot.index > 0) await sleep(handOverMs + SETTLE_MS)
        if (stopping) break
        if (await replace(slot)) continue
        if (!stopping)
          logger.error({ worker: slot.index }, 'rolling restart: the new worker is not ready; the old stays')
        break
      }
      rolling = false
      logger.info('rolling restart: over')
    },
    async stop() {
      stopping = true
      clearInterval(watch)
      for (const slot of slots) clearTimeout(slot.restart)
      await Promise.all([...alive].map((worker) => end(worker)))
    },
  }
}
