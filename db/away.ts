import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * SQLSTATEs and Node's codes of a database that is not there at this moment: no connection, connection lost, session
 * ended by the server, shutting down or starting, out of connections or space, a standby after a failover.
 */
const AWAY_CODE =
  /^(?:E(?:CONN(?:REFUSED|RESET|ABORTED)|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|HOSTDOWN|AI_AGAIN)|ENOTFOUND|08...|53...|57P0[1-5]|25P0[34]|25006)$/

/** What `pg`, its pool and Kysely say without a code of a session that is gone. */
const AWAY_MESSAGE =
  /^(?:Connection terminated|Client has encountered a connection error|Client was closed|timeout expired$|timeout exceeded when trying to connect$|Postgres connection has been discarded$)/

/**
 * Whether the database is away, so that the same request may succeed in a few seconds. The one place that decides it,
 * also for an error that a library has wrapped.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string' && AWAY_CODE.test(error.code)) return true
  if (AWAY_MESSAGE.test(error.message)) return true
  return error instanceof AggregateError ? error.errors.some(isDatabaseAway) : isDatabaseAway(error.cause)
}

type Losses = { first?: unknown }
const losses = new AsyncLocalStorage<Losses>()

/** Called with every error of a pool that a library works on. */
export function noteLoss(error: unknown): void {
  const seen = losses.getStore()
  if (seen !== undefined && seen.first === undefined && isDatabaseAway(error)) seen.first = error
}

/**
 * Runs a library that swallows the errors of its database or calls them something else: a session that stays when
 * somebody signs out, a password that is called wrong.
 * @throws the first error that `noteLoss` was told of meanwhile, in place of whatever the library made of it
 */
export async function orAway<T>(work: () => T | Promise<T>): Promise<T> {
  const seen: Losses = {}
  try {
    const result = await losses.run(seen, work)
    if (seen.first === undefined) return result
  } catch (error) {
    if (seen.first === undefined) throw error
  }
  throw seen.first
}
