import type { Registry } from 'prom-client'
import type { WallsQuestion } from '../fanout/walls.ts'
import type { Fleet } from '../runtime/fleet.ts'

export type ToWorker =
  /** `hubs`: how many its clients come back to */
  | { readonly t: 'stop'; readonly spreadMs: number; readonly hubs: number; readonly past: number }
  | { readonly t: 'metrics'; readonly id: number }
  | { readonly t: 'all-metrics'; readonly id: number; readonly text: string }
  | { readonly t: 'walls'; readonly id: number; readonly question: WallsQuestion }
  | { readonly t: 'all-walls'; readonly id: number; readonly walls: readonly unknown[] }
  | { readonly t: 'fleet'; readonly fleet: Fleet }
/** `position`: where its state begins; `undefined`: it waits for the database, and listens to say so. */
export type FromWorker =
  | { readonly t: 'listening'; readonly port: number; readonly position: number | undefined }
  | { readonly t: 'alive' }
  /** it stops; its clients come back over so many ms */
  | { readonly t: 'leaving'; readonly spreadMs: number }
  | { readonly t: 'metrics' | 'walls'; readonly id: number; readonly json: unknown }
  | { readonly t: 'all-metrics'; readonly id: number }
  | { readonly t: 'all-walls'; readonly id: number; readonly question: WallsQuestion }

export const ALIVE_MS = 5000
/** ms that a worker may take to tell its metrics, or its walls. */
export const METRICS_MS_MAX = 2000

export type Channel = {
  listening(port: number, position: number | undefined): void
  leaving(spreadMs: number): void
  /** the metrics of all workers, summed; of this one alone when the supervisor does not answer */
  allMetrics(): Promise<string>
  /** what the walls of all workers say; of this one alone when the supervisor does not answer */
  allWalls(question: WallsQuestion): Promise<readonly unknown[]>
  /** `undefined` before the supervisor has said it */
  fleet(): Fleet | undefined
}

/**
 * A worker's side: obeys its supervisor, and ends when the supervisor is gone, even by kill -9: a worker of nobody would
 * hold the port. Call it before anything that takes time.
 * @param leave ends the process, within a bounded time
 */
export function underSupervisor(
  registry: Registry,
  leave: (leastMs?: number, hubs?: number, past?: number) => void,
  walls: (question: WallsQuestion) => Promise<readonly unknown[]>,
): Channel {
  const questions = new Map<number, (answer: unknown) => void>()
  let nextQuestion = 1
  /** @param alone what stands in for an answer that does not come */
  const askAll = <T>(question: (id: number) => FromWorker, alone: () => T | Promise<T>): Promise<T> => {
    const id = nextQuestion++
    return new Promise((resolve, reject) => {
      const done = (answer: T | Promise<T>): void => {
        clearTimeout(timer)
        questions.delete(id)
        Promise.resolve(answer).then(resolve, reject)
      }
      const timer = setTimeout(() => done(alone()), 2 * METRICS_MS_MAX)
      questions.set(id, (answer) => done(answer as T))
      send(question(id))
    })
  }
  let fleet: Fleet | undefined
  // Whether it arrives does not matter: without a supervisor, 'disconnect' ends the process.
  const send = (message: FromWorker): void => void process.send?.(message, undefined, {}, () => undefined)
  process.on('disconnect', () => leave())
  process.on('message', (message: ToWorker) => {
    switch (message.t) {
      case 'stop':
        leave(message.spreadMs, message.hubs, message.past)
        return
      case 'metrics':
        void registry.getMetricsAsJSON().then((json) => send({ t: 'metrics', id: message.id, json }))
        return
      case 'all-metrics':
        questions.get(message.id)?.(message.text)
        return
      case 'walls':
        void walls(message.question).then((json) => send({ t: 'walls', id: message.id, json }))
        return
      case 'all-walls':
        questions.get(message.id)?.(message.walls)
        return
      case 'fleet':
        fleet = message.fleet
        return
      default:
        message satisfies never
    }
  })
  setInterval(() => send({ t: 'alive' }), ALIVE_MS).unref()
  return {
    listening: (port, position) => send({ t: 'listening', port, position }),
    leaving: (spreadMs) => send({ t: 'leaving', spreadMs }),
    fleet: () => fleet,
    allMetrics: () =>
      askAll(
        (id) => ({ t: 'all-metrics', id }),
        () => registry.metrics(),
      ),
    allWalls: (question) =>
      askAll(
        (id) => ({ t: 'all-walls', id, question }),
        () => walls(question),
      ),
  }
}
