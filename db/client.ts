import { Kysely } from 'kysely'
import pg from 'pg'
import { PipelinedDialect } from './pipelined.ts'
import type { Database } from './schema.ts'
import { endSilent } from './silence.ts'

const INT8 = 20
const DATE = 1082
const CONNECTIONS_MAX = 10

/** Days stay `YYYY-MM-DD` (a Date would shift them by the machine's time zone); bigint ids and counts are safe integers. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === DATE) return (text: string) => text
    if (oid === INT8) return safeInteger
    return pg.types.getTypeParser(oid, format as 'text')
  },
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is beyond 2^53`)
  return value
}

export type ClientOptions = {
  readonly connectionsMax?: number
  readonly applicationName?: string
  /** several statements of a session at once: for `PipelinedDialect`; no cursors then */
  readonly pipeline?: boolean
  /** ms without a word of PostgreSQL after which a session is ended (`endSilent`); without it, whoever asks waits */
  readonly silentMs?: number
}

/** Of those who answer people: no statement of theirs takes so long, and people do not wait longer. */
export const SILENT_MS = 20_000
/** ms to wait for a session, a new one or one that others use. */
const CONNECT_MS_MAX = 10_000

/**
 * A lost session fails the query that runs or comes next, and so is heard of there; its event, without a listener, would
 * end the process.
 */
const survive = (): void => undefined

export function createPool(url: string, options: ClientOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    types,
    max: options.connectionsMax ?? CONNECTIONS_MAX,
    application_name: options.applicationName ?? 'jitasa',
    pipeline: options.pipeline ?? false,
    ...(options.silentMs === undefined ? {} : { connectionTimeoutMillis: CONNECT_MS_MAX }),
  })
  if (options.silentMs !== undefined) endSilent(pool, options.silentMs)
  // An idle session that the server ends is replaced by the pool. One that works has no listener of the pool's: each
  // gets its own.
  pool.on('error', survive)
  pool.on('connect', (client) => client.on('error', survive))
  return pool
}

/** A session of one's own: locks, COPY, snapshots. Not connected yet. */
export function createSession(url: string, applicationName: string, options: pg.ClientConfig = {}): pg.Client {
  const session = new pg.Client({ connectionString: url, application_name: applicationName, types, ...options })
  session.on('error', survive)
  return session
}

/** A typed client over a pool of its own; `destroy()` ends it. */
export function createClient(url: string, options: ClientOptions = {}): Kysely<Database> {
  return new Kysely<Database>({
    dialect: new PipelinedDialect({ pool: createPool(url, { ...options, pipeline: true }) }),
  })
}
