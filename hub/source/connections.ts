import pg from 'pg'
import type { Logger } from '../runtime/logger.ts'
import { within } from './errors.ts'

type ReplicationConfig = pg.ClientConfig & { replication?: 'database' }

/** Values as PostgreSQL prints them: the same text that the change feed carries. */
export const AS_TEXT: pg.CustomTypesConfig = { getTypeParser: () => (value: string) => value }

/**
 * The text of a row must be the same from the snapshot and from the feed, whatever the role's or the database's
 * defaults; and nothing but the source itself decides how long one of its sessions lasts.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  search_path: 'public',
  TimeZone: 'UTC',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'iso_8601',
  extra_float_digits: '1',
  bytea_output: 'hex',
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
  transaction_timeout: '0',
  jit: 'off',
}

/** Settings that this version of PostgreSQL does not know are left out. */
function settingsSql(more: Readonly<Record<string, string>>): string {
  const values = Object.entries({ ...SETTINGS, ...more }).map(
    ([name, value]) => `(${pg.escapeLiteral(name)}, ${pg.escapeLiteral(value)})`,
  )
  return `select set_config(wanted.name, wanted.value, false) from (values ${values.join(', ')}) as wanted (name, value)
    join pg_settings on pg_settings.name = wanted.name`
}

/** Silence after which the kernel probes a socket, every second, ten times: a cut cable ends a query that waits. */
const KEEPALIVE_MS = 5_000

/** Where and how the source connects. `signal`: when aborted, sockets are destroyed and what waits for them fails. */
export type SessionOptions = {
  readonly url: string
  readonly connectMs: number
  readonly walSenderTimeoutMs: number
  readonly logger: Logger
  readonly signal: AbortSignal
}

/**
 * Open a session of the source.
 * @param kind `sql` for queries, `walsender` for the replication protocol (which takes plain queries too)
 * @throws the error of `pg`, with its SQLSTATE in `code`
 */
export async function openSession(kind: 'sql' | 'walsender', options: SessionOptions): Promise<pg.Client> {
  const { signal, logger } = options
  signal.throwIfAborted()
  const config: ReplicationConfig = {
    connectionString: options.url,
    connectionTimeoutMillis: options.connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEPALIVE_MS,
    application_name: kind === 'sql' ? 'jitasa source' : 'jitasa feed',
  }
  if (kind === 'walsender') config.replication = 'database'
  const client = new pg.Client(config)
  // A lost socket also fails whatever waits for it; without a listener the event would end the process.
  client.on('error', (error) => {
    if (!closed.has(client)) logger.debug({ reason: error.message, kind }, 'a session of the source was lost')
  })
  const destroy = (): void => closeSession(client)
  signal.addEventListener('abort', destroy, { once: true })
  client.once('end', () => signal.removeEventListener('abort', destroy))
  try {
    await client.connect()
    const settings = settingsSql({ wal_sender_timeout: `${options.walSenderTimeoutMs}ms` })
    await within(options.connectMs, 'opening a session', client.query(settings))
    return client
  } catch (error) {
    closeSession(client)
    throw error
  }
}

/** Close at once; PostgreSQL ends the session, and with it a temporary slot, when it sees the socket go. */
export function closeSession(client: pg.Client): void {
  closed.add(client)
  client.connection.stream.destroy()
}

/** Sessions that we closed: that they end is no news. */
const closed = new WeakSet<pg.Client>()
