import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { ADVISORY_LOCKS } from './advisory-locks.ts'
import { createSession } from './client.ts'
import {
  BASE_SETTINGS,
  clusterUrl,
  freePort,
  type Running,
  removeStaleLock,
  runningCluster,
  type Settings,
  startCluster,
  stopCluster,
} from './postgres/cluster.ts'
import { boundLog } from './postgres/log.ts'
import { findPlace, type Place } from './postgres/place.ts'

export type Logger = { info(message: string): void; warn(message: string): void }

export type Embedded = {
  /** the owner's, to the database `jitasa` */
  readonly ownerUrl: string
  /** Ends the server unless another process uses it; the last one out does. */
  stop(): Promise<void>
}

const DATABASE = 'jitasa'
const START_MS_MAX = 60_000
const RETRY_MS = 100
const RESTARTS_MAX = 5

/**
 * Every process that uses the server holds this advisory lock, shared, on a session of its own; a process that is
 * killed lets go of it. Who leaves and then gets it alone is the last one out and stops the server.
 */
const USE_LOCK = ADVISORY_LOCKS.embeddedUse

const SETTINGS: Settings = {
  ...BASE_SETTINGS,
  max_connections: 200,
  max_wal_senders: 16,
  max_replication_slots: 16,
  // A reader that hangs may hold back this much WAL; then its slot is given up and the hub takes a new snapshot.
  max_slot_wal_keep_size: '2GB',
  wal_sender_timeout: '10s',
}

/** What a start that lost a race, or met what a kill -9 left, ends with; the next look finds another state. */
const LOCKED = /lock file "postmaster\.pid" already exists/
const PASSING = /lock file "postmaster\.pid"|pre-existing shared memory block|could not bind|Address already in use/

async function start(place: Place, wanted: number, mayMove: boolean, logger: Logger): Promise<Running | undefined> {
  const port = await freePort(wanted)
  if (port !== wanted && !mayMove) return undefined
  try {
    const running = await startCluster(place.binaries, place.account, place.data, port, SETTINGS, place.logFile)
    if (port !== place.remembered.port) {
      logger.warn(`Port ${wanted} of the embedded PostgreSQL is taken by another program; it runs on ${port} now.`)
      await place.rememberPort(port)
    }
    return running
  } catch (error) {
    if (!(error instanceof Error) || !PASSING.test(error.message)) throw error
    if (LOCKED.test(error.message)) await removeStaleLock(place.data)
    return undefined
  }
}

/** Class of the SQLSTATEs of a refused login; whatever else a session fails with passes when the server is up. */
const AUTHORISATION = '28'

/** @returns a session that holds the server in use, or `undefined` when the server ended meanwhile. */
async function holdInUse(place: Place, port: number): Promise<pg.Client | undefined> {
  const session = createSession(clusterUrl(port, place.remembered.password), 'jitasa in use', { keepAlive: true })
  try {
    await session.connect()
    await session.query('select pg_advisory_lock_shared($1)', [USE_LOCK])
    return session
  } catch (error) {
    await session.end()
    if (String((error as pg.DatabaseError).code).startsWith(AUTHORISATION)) {
      throw new Error(
        `The embedded PostgreSQL on ${place.data} refuses the password of postgres.json beside it. Restore that file from a backup, or remove the whole folder to begin with an empty database.`,
        { cause: error },
      )
    }
    return undefined
  }
}

type Held = { readonly session: pg.Client; readonly port: number; readonly joined: boolean }

/** Joins the server that runs on the place, or starts it, however many others are doing the same. */
async function joinOrStart(place: Place, port: number, mayMove: boolean, logger: Logger): Promise<Held> {
  let joined = true
  const deadline = performance.now() + START_MS_MAX
  while (performance.now() < deadline) {
    let running = await runningCluster(place.data)
    if (running === undefined) {
      running = await start(place, port, mayMove, logger)
      joined = running === undefined
    }
    try {
      const session = running?.ready ? await holdInUse(place, running.port) : undefined
      if (running && session) return { session, port: running.port, joined }
    } catch (error) {
      if (!joined) await stopCluster(place.data)
      throw error
    }
    await sleep(RETRY_MS)
  }
  throw new Error(
    `The embedded PostgreSQL on ${place.data} cannot be reached on port ${port}. What it says is in ${place.logFile}.`,
  )
}

async function createDatabase(session: pg.Client): Promise<void> {
  const { rowCount } = await session.query('select from pg_database where datname = $1', [DATABASE])
  if (rowCount !== 0) return
  await session.query(`create database ${DATABASE}`).catch((error: pg.DatabaseError) => {
    const raced = error.code === '42P04' || error.code === '23505'
    if (!raced) throw error
  })
}

/**
 * PostgreSQL in `dataDir`: joined when it runs already (another process's, or one that a kill -9 orphaned), started when
 * not, started again when it ends unasked.
 * @throws Error with a sentence for people when that cannot be.
 */
export async function startEmbedded(dataDir: string, logger: Logger): Promise<Embedded> {
  const place = await findPlace(path.resolve(dataDir))
  const ceaseLog = await boundLog(place.logFile, (error) => logger.warn(`${place.logFile}: ${error.message}`))
  const { session, port, joined } = await joinOrStart(place, place.remembered.port, true, logger)
  try {
    await createDatabase(session)
  } catch (error) {
    ceaseLog()
    if (await isLastOut(session)) await stopCluster(place.data)
    throw error
  }
  logger.info(
    `PostgreSQL ${place.binaries.major} ${joined ? 'joined' : 'started'} on port ${port}, data in ${place.data}`,
  )

  let stopping = false
  let restarts = 0
  let held: Promise<pg.Client | undefined> = Promise.resolve(session)
  const watch = (watched: pg.Client) => {
    watched.once('end', () => {
      if (stopping) return
      if (restarts++ === RESTARTS_MAX) {
        logger.warn(`The embedded PostgreSQL ended ${restarts} times; it is left alone now. See ${place.logFile}.`)
        return
      }
      logger.warn(`The embedded PostgreSQL ended unasked; starting it again on port ${port}. See ${place.logFile}.`)
      held = joinOrStart(place, port, false, logger).then(
        (again) => {
          watch(again.session)
          return again.session
        },
        (error: Error) => {
          logger.warn(error.message)
          return undefined
        },
      )
    })
  }
  watch(session)

  return {
    ownerUrl: clusterUrl(port, place.remembered.password, DATABASE),
    async stop() {
      stopping = true
      ceaseLog()
      const last = await held
      if (last === undefined || !(await isLastOut(last))) return
      if ((await stopCluster(place.data)) === 'recovers') {
        logger.warn('PostgreSQL did not end in time and was ended at once; it recovers at its next start.')
      }
    },
  }
}

/** Ends the session. When it was the last in use it stays until the server ends, so that nobody joins meanwhile. */
async function isLastOut(session: pg.Client): Promise<boolean> {
  try {
    await session.query('select pg_advisory_unlock_shared($1)', [USE_LOCK])
    const { rows } = await session.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [USE_LOCK])
    if (rows[0]?.alone) return true
    await session.end()
  } catch {
    // The server ended by itself: nothing is left to stop.
  }
  return false
}
