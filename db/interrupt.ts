import { constants } from 'node:os'
import { type Connections, type DatabaseEnv, type HubConnections, openDatabase, openForHub } from './connection.ts'
import type { Logger } from './embedded.ts'

/**
 * ms after the first signal in which others are the same wish: Ctrl-C reaches the whole group, and npm and make forward
 * it once more in the same millisecond.
 */
export const REPEAT_MS = 1000

/** @param firstAt when the first signal came; `undefined`: this is it */
export function onSignal(firstAt: number | undefined, now: number): 'stop' | 'ignore' | 'force' {
  if (firstAt === undefined) return 'stop'
  return now - firstAt < REPEAT_MS ? 'ignore' : 'force'
}

type Stopper = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** The work was left because somebody wanted the process to end. */
export class Interrupted extends Error {
  /** as shells count: 128 and the signal's number */
  readonly exitCode: number
  constructor(signal: Stopper) {
    super(`interrupted by ${signal}`)
    this.exitCode = exitCodeOf(signal)
  }
}

const exitCodeOf = (signal: Stopper): number => 128 + constants.signals[signal]

const STOPPERS: readonly Stopper[] = ['SIGINT', 'SIGTERM']

/**
 * Call it before anything is opened. @returns a signal that aborts, with an Interrupted, at the first of `stoppers`; a
 * later second one ends the process as it stands.
 */
export function catchSignals(stoppers = STOPPERS, now: () => number = () => performance.now()): AbortSignal {
  const controller = new AbortController()
  let firstAt: number | undefined
  for (const signal of stoppers) {
    process.on(signal, () => {
      const wish = onSignal(firstAt, now())
      firstAt ??= now()
      if (wish === 'stop') controller.abort(new Interrupted(signal))
      if (wish === 'force') process.exit(exitCodeOf(signal))
    })
  }
  return controller.signal
}

/** Resolves when `signal` aborts. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

/** What `work` gives, or the signal's reason as soon as that aborts; the work is then left to itself. */
export async function orAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const settled = Promise.withResolvers<never>()
  const abort = (): void => settled.reject(signal.reason)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  work.catch(() => undefined)
  try {
    return await Promise.race([settled.promise, work])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** PostgreSQL knows no such table or column. */
const UNMIGRATED = new Set(['42P01', '42703'])

/** @returns what to do when the tables of the database are not those of this version; any other error as it is */
export function explainUnmigrated(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !UNMIGRATED.has(String(error.code))) return error
  return new Error(
    `the database is not migrated to this version (${error.message}): run \`npm run migrate\` on it, then this again`,
    { cause: error },
  )
}

/** Opens the database of the environment, and lets go of it whatever happens meanwhile. */
export const withDatabase = <T>(
  signal: AbortSignal,
  env: DatabaseEnv,
  logger: Logger | undefined,
  work: (connections: Connections) => Promise<T>,
): Promise<T> => withOpened(signal, openDatabase(env, logger), work)

/** `withDatabase` for a hub, which needs no owner. */
export const withHubDatabase = <T>(
  signal: AbortSignal,
  env: DatabaseEnv,
  logger: Logger | undefined,
  work: (connections: HubConnections) => Promise<T>,
): Promise<T> => withOpened(signal, openForHub(env, logger), work)

async function withOpened<C extends HubConnections, T>(
  signal: AbortSignal,
  opening: Promise<C>,
  work: (connections: C) => Promise<T>,
): Promise<T> {
  // A terminal's Ctrl-C reaches initdb too: what fails then fails because of the signal.
  const connections = await opening.catch((error: unknown) => {
    throw signal.aborted ? signal.reason : error
  })
  try {
    signal.throwIfAborted()
    return await work(connections)
  } catch (error) {
    throw explainUnmigrated(error)
  } finally {
    await connections.stop()
  }
}

/** `withDatabase` for a command, which is left at once: what PostgreSQL has not committed it rolls back. */
export async function commandWithDatabase<T>(work: (connections: Connections) => Promise<T>): Promise<T> {
  const signal = catchSignals()
  return withDatabase(signal, process.env, undefined, (connections) => orAborted(signal, work(connections)))
}

/** For the end of a command: work that was left may still hold the process, so it ends here. */
export function exitIfInterrupted(error: unknown): void {
  if (!(error instanceof Interrupted)) return
  process.stderr.write(`${error.message}\n`)
  process.exit(error.exitCode)
}
