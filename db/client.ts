import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database } from './schema.ts'

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

export type ClientOptions = { readonly connectionsMax?: number; readonly applicationName?: string }

export function createPool(url: string, options: ClientOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    types,
    max: options.connectionsMax ?? CONNECTIONS_MAX,
    application_name: options.applicationName ?? 'jitasa',
  })
  // An idle connection that the server ends is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  return pool
}

/** A connection of one's own, for what needs a session: locks, COPY, snapshots. Not connected yet. */
export function createSession(url: string, applicationName: string): pg.Client {
  const session = new pg.Client({ connectionString: url, application_name: applicationName, types })
  // A lost connection fails the running query; without a listener it would end the process between two queries.
  session.on('error', () => undefined)
  return session
}

/** A typed client over a pool of its own; `destroy()` ends it. */
export function createClient(url: string, options: ClientOptions = {}): Kysely<Database> {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: createPool(url, options) }) })
}
