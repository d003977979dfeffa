import { type ChildProcess, fork } from 'node:child_process'
import { AggregatorRegistry, type Registry } from 'prom-client'
import type { Clock } from './clock.ts'
import type { Logger } from './logger.ts'

/** Messages between the supervisor and its workers. */
export type ToWorker =
  | { readonly t: 'stop'; readonly spreadMs: number }
  | { readonly t: 'metrics'; readonly id: number }
export type FromWorker =
  | { readonly t: 'listening'; readonly port: number }
  | { readonly t: 'metrics'; readonly id: number; readonly json: unknown }
  | { readonly t: 'all-metrics'; readonly id: number }
export type ToWorkerMetrics = { readonly t: 'all-metrics'; readonly id: number; readonly text: string }

/** A worker that lived for less than this counts as failing at the start; each failure doubles the wait. */
const HEALTHY_AFTER_MS = 10_000
const RESTART_MS_MIN = 200
const RESTART_MS_MAX = 10_000
const STOP_MS_MAX = 10_000
const METRICS_MS_MAX = 2000

type Slot = { readonly index: number; child: ChildProcess | undefined; failures: number; startedAt: number }

export type Supervisor = {
  /** the port all workers share, once the first listens */
  readonly port: Promise<number>
  /** replaces one worker after the other; clients land on the rest and resume */
  rollingRestart(): Promise<void>
  stop(): Promise<void>
}

/**
 * `HUB_WORKERS` processes that share one port (SO_REUSEPORT), each with a replication slot of its own. A worker that
 * dies is started again; its clients land on the others and resume from their positions.
 */
export function supervise(options: {
  readonly module: string
  readonly workers: number
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  readonly logger: Logger
  /** ms over which a worker's clients are told to come back when it is stopped on purpose */
  readonly spreadMs: number
}): Supervisor {
  const { clock, logger } = options
  let stopping = false
  let listening: (port: number) => void
  const port = new Promise<number>((resolve) => {
    listening = resolve
  })
  const slots: Slot[] = Array.from({ length: options.workers }, (_, index) => ({
    index,
    child: undefined,
    failures: 0,
    startedAt: 0,
  }))

  function start(slot: Slot): Promise<void> {
    return new Promise((resolve) => {
      slot.startedAt = clock.now()
      const child = fork(options.module, [], { env: { ...options.env, HUB_WORKER: String(slot.index) } })
      slot.child = child
      child.on('message', (message: FromWorker) => {
        if (message.t === 'listening') {
          listening(message.port)
          resolve()
        } else if (message.t === 'all-metrics') {
          void gatherMetrics(slots).then((text) => {
            if (child.connected) child.send({ t: 'all-metrics', id: message.id, text } satisfies ToWorkerMetrics)
          })
        }
      })
      child.on('exit', (code, signal) => {
        slot.child = undefined
        resolve()
        if (stopping) return
        const lived = clock.now() - slot.startedAt
        slot.failures = lived >= HEALTHY_AFTER_MS ? 0 : slot.failures + 1
        const wait = Math.min(RESTART_MS_MAX, RESTART_MS_MIN * 2 ** Math.max(0, slot.failures - 1))
        logger.error(
          { worker: slot.index, code, signal, livedMs: lived, waitMs: wait },
          'a worker died; it is started again',
        )
        setTimeout(() => {
          if (!stopping && slot.child === undefined) void start(slot)
        }, wait)
      })
    })
  }

  function end(slot: Slot): Promise<void> {
    const { child } = slot
    if (child === undefined) return Promise.resolve()
    return new Promise((resolve) => {
      const kill = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX + options.spreadMs)
      child.once('exit', () => {
        clearTimeout(kill)
        resolve()
      })
      if (child.connected) child.send({ t: 'stop', spreadMs: options.spreadMs } satisfies ToWorker)
      else child.kill('SIGTERM')
    })
  }

  for (const slot of slots) void start(slot)
  return {
    port,
    async rollingRestart() {
      for (const slot of slots) {
        const child = slot.child
        child?.removeAllListeners('exit')
        await end(slot)
        if (stopping) return
        await start(slot)
      }
    },
    async stop() {
      stopping = true
      await Promise.all(slots.map(end))
    },
  }
}

let nextQuestion = 1

/** One text of all workers' metrics, summed as prom-client does; a worker that does not answer in time is left out. */
async function gatherMetrics(slots: readonly Slot[]): Promise<string> {
  const answers = await Promise.all(slots.map(({ child }) => (child === undefined ? undefined : askMetrics(child))))
  const known = answers.filter((answer) => answer !== undefined)
  return AggregatorRegistry.aggregate(known as Parameters<typeof AggregatorRegistry.aggregate>[0]).metrics()
}

function askMetrics(child: ChildProcess): Promise<unknown> {
  const id = nextQuestion++
  return new Promise((resolve) => {
    const done = (json?: unknown): void => {
      clearTimeout(timer)
      child.off('message', hear)
      resolve(json)
    }
    const hear = (message: FromWorker): void => {
      if (message.t === 'metrics' && message.id === id) done(message.json)
    }
    const timer = setTimeout(done, METRICS_MS_MAX)
    child.on('message', hear)
    child.send({ t: 'metrics', id } satisfies ToWorker)
  })
}

/** A worker's side: obeys its supervisor, and asks it for everybody's metrics. */
export function underSupervisor(
  registry: Registry,
  stop: (spreadMs: number) => Promise<void>,
): { allMetrics(): Promise<string> } {
  const questions = new Map<number, (text: string) => void>()
  const send = (message: FromWorker): void => void process.send?.(message)
  process.on('message', (message: ToWorker | ToWorkerMetrics) => {
    if (message.t === 'stop') void stop(message.spreadMs).then(() => process.exit(0))
    else if (message.t === 'metrics') {
      void registry.getMetricsAsJSON().then((json) => send({ t: 'metrics', id: message.id, json }))
    } else {
      questions.get(message.id)?.(message.text)
      questions.delete(message.id)
    }
  })
  return {
    allMetrics() {
      const id = nextQuestion++
      return new Promise((resolve) => {
        questions.set(id, resolve)
        setTimeout(() => {
          if (questions.delete(id)) void registry.metrics().then(resolve)
        }, 2 * METRICS_MS_MAX)
        send({ t: 'all-metrics', id })
      })
    },
  }
}
