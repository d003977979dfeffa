import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { ADVISORY_LOCKS } from '../../../db/advisory-locks.ts'
import { createSession } from '../../../db/client.ts'
import type { Logger } from '../../runtime/logger.ts'
import { asError } from '../errors.ts'

export type ElectionOptions = {
  /** jitasa_hub's */
  readonly url: string
  readonly logger: Logger
  /** Works while this process leads; resolves or rejects when it cannot go on. `lost`: it leads no more. */
  readonly lead: (lost: AbortSignal) => Promise<void>
  /** Whether those who lead are known to do nothing: then their session is ended, and with it their lead. */
  readonly stuck: () => boolean
}

const RETRY_MS = 500
const CONNECT_MS_MAX = 5000
const QUERY_MS_MAX = 5000

/** A number below 2^32 stands in `objid`, `classid` being 0. */
const END_LEADER_SQL = `
  select pid, pg_terminate_backend(pid) as ended from pg_locks
  where locktype = 'advisory' and classid = 0 and objid = $1 and granted and pid <> pg_backend_pid()
    and database = (select oid from pg_database where datname = current_database())`

/**
 * Of however many processes, one leads: whoever holds the advisory lock, for as long as its session lives. The others
 * stand by. A leader that hangs still holds its session, so a stand-by ends it when it hears nothing of the leader.
 */
export async function runElected(options: ElectionOptions, signal: AbortSignal): Promise<void> {
  const { logger } = options
  let known: string | undefined
  while (!signal.aborted) {
    try {
      await term(options, signal)
      known = undefined
    } catch (error) {
      const reason = asError(error).message
      logger[reason === known ? 'debug' : 'warn']({ reason }, 'the feeder stands by: it cannot lead')
      known = reason
    }
    await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined)
  }
}

async function term({ url, logger, lead, stuck }: ElectionOptions, signal: AbortSignal): Promise<void> {
  const session = createSession(url, 'jitasa feeder', {
    connectionTimeoutMillis: CONNECT_MS_MAX,
    query_timeout: QUERY_MS_MAX,
    keepAlive: true,
  })
  const over = new AbortController()
  const stop = (): void => over.abort(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  session.on('error', (error) => over.abort(error))
  session.on('end', () => over.abort(new Error('its session with PostgreSQL ended')))
  try {
    await session.connect()
    let waited = false
    while (!(await takeLead(session))) {
      if (!waited) logger.info('the feeder stands by: another one leads')
      waited = true
      if (stuck()) {
        const { rows } = await session.query<{ pid: number; ended: boolean }>(END_LEADER_SQL, [ADVISORY_LOCKS.feeder])
        logger.warn({ ended: rows }, 'the feeder that leads is not heard: its session was ended')
      }
      await sleep(RETRY_MS, undefined, { signal: over.signal })
    }
    if (over.signal.aborted) return
    logger.info('this feeder leads')
    await lead(over.signal)
    if (!signal.aborted) logger.warn({ reason: asError(over.signal.reason).message }, 'this feeder leads no more')
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    signal.removeEventListener('abort', stop)
    await session.end().catch((error: unknown) => logger.debug({ err: error }, 'the session of the election was lost'))
  }
}

async function takeLead(session: pg.Client): Promise<boolean> {
  const { rows } = await session.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
    ADVISORY_LOCKS.feeder,
  ])
  return rows[0]?.mine ?? false
}
