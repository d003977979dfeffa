import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { holdInUse, isLastOut, mayStartAgain, RESTARTS_MAX } from './in-use.ts'
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
import { type Role, roleUrl } from './roles.ts'
import { startWatchdog, UNUSED_MS_MAX } from './watchdog.ts'

export type Logger = { info(message: string): void; warn(message: string): void }

export type Embedded = {
  /** the owner's, to the database `jitasa` */
  readonly ownerUrl: string
  /** From now on this process holds the server in use as that role, no longer as the owner; its password is set. */
  holdAs(role: Role): Promise<void>
  /** Ends the server unless another process uses it; the last one out does. */
  stop(): Promise<void>
}

const DATABASE = 'jitasa'
const START_MS_MAX = 60_000
const RETRY_MS = 100
/** Between two tries to use a server that was lost; it may be started by hand. */
const AGAIN_MS = 1_000

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

async function start(
  place: Place,
  wanted: number,
  { mayMove, unusedMsMax }: StartOptions,
  logger: Logger,
): Promise<Running | undefined> {
  const port = await freePort(wanted)
  if (port !== wanted && !mayMove) return undefined
  try {
    const running = await startCluster(place.binaries, place.account, place.data, port, SETTINGS, place.logFile)
    await startWatchdog(place, clusterUrl(port, place.remembered.password), unusedMsMax, ({ message }) =>
      logger.warn(`Nothing ends the embedded PostgreSQL when this process is killed: ${message}`),
    )
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

/** @param role none: the owner */
function loginUrl(place: Place, port: number, role: Role | undefined): string {
  const owner = clusterUrl(port, place.remembered.password)
  return role === undefined ? owner : (roleUrl(owner, role) ?? owner)
}

/** Class of the SQLSTATEs of a refused login; whatever else a session fails with passes when the server is up. */
const AUTHORISATION = '28'

/** @returns a session that holds the server in use, or `undefined` when the server ended meanwhile. */
async function useCluster(place: Place, port: number, role: Role | undefined): Promise<pg.Client | undefined> {
  try {
    return await holdInUse(loginUrl(place, port, role))
  } catch (error) {
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

type StartOptions = {
  /** the port may be another one */
  readonly mayMove: boolean
  /** asked when no server runs */
  readonly mayStart: () => boolean
  /** a server that this starts and nobody uses ends itself after it */
  readonly unusedMsMax: number
  /** that holds the server in use; none: the owner */
  readonly role?: Role | undefined
}

/** Joins the server that runs on the place, or starts it, however many others are doing the same. */
async function joinOrStart(place: Place, port: number, options: StartOptions, logger: Logger): Promise<Held> {
  let joined = true
  const deadline = performance.now() + START_MS_MAX
  while (performance.now() < deadline) {
    let running = await runningCluster(place.data)
    if (running === undefined) {
      if (!options.mayStart()) throw new Error(`The embedded PostgreSQL on ${place.data} does not run.`)
      running = await start(place, port, options, logger)
      joined = running === undefined
    }
    try {
      const session = running?.ready ? await useCluster(place, running.port, options.role) : undefined
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
 * not, started again when it ends unasked. When all who use it were killed, it ends itself after `unusedMsMax`.
 * @throws Error with a sentence for people when that cannot be.
 */
export async function startEmbedded(dataDir: string, logger: Logger, unusedMsMax = UNUSED_MS_MAX): Promise<Embedded> {
  const place = await findPlace(path.resolve(dataDir))
  const ceaseLog = await boundLog(place.logFile, (error) => logger.warn(`${place.logFile}: ${error.message}`))
  const { session, port, joined } = await joinOrStart(
    place,
    place.remembered.port,
    { mayMove: true, mayStart: () => true, unusedMsMax },
    logger,
  )
  try {
    await createDatabase(session)
  } catch (error) {
    ceaseLog()
    if (await isLastOut(session)) await stopCluster(place.data)
    throw error
  }
  logger.info(
    `PostgreSQL ${place.binaries.major} ${joined ? 'joined' : 'started'} on port ${port}, data in ${place.data} (DATA_DIR ${place.dataDir})`,
  )

  const use = keepInUse(place, port, session, unusedMsMax, logger)
  return {
    ownerUrl: clusterUrl(port, place.remembered.password, DATABASE),
    holdAs: (role) => use.holdAs(role),
    async stop() {
      ceaseLog()
      const last = await use.end()
      if (last === undefined || !(await isLastOut(last))) return
      if ((await stopCluster(place.data)) === 'recovers') {
        logger.warn('PostgreSQL did not end in time and was ended at once; it recovers at its next start.')
      }
    },
  }
}

/**
 * Holds the server in use until `end()`: a lost session is taken again whenever the server answers, and a server that
 * ended is started again. Otherwise the next command that leaves would be the last one out, and stop the server.
 */
function keepInUse(place: Place, port: number, first: pg.Client, unusedMsMax: number, logger: Logger) {
  const ending = new AbortController()
  let ends: readonly number[] = []
  let held: Promise<pg.Client | undefined> = Promise.resolve(first)
  let newest = first
  let role: Role | undefined

  /** For one loss, whose mending may take several starts. */
  function startsWhileFew(): () => boolean {
    let starts = false
    let told = false
    return () => {
      if (starts) return true
      const now = performance.now()
      starts = mayStartAgain(ends, now)
      if (starts) ends = [...ends, now].slice(-RESTARTS_MAX)
      const then = starts ? `starting it again on port ${port}` : 'it has done so too often and is left alone for now'
      if (starts || !told) {
        logger.warn(`The embedded PostgreSQL ended unasked; ${then}. See ${place.logFile}.`)
      }
      told = true
      return starts
    }
  }

  async function takeAgain(): Promise<pg.Client | undefined> {
    const mayStart = startsWhileFew()
    for (let told = ''; !ending.signal.aborted; ) {
      try {
        const { session } = await joinOrStart(place, port, { mayMove: false, mayStart, unusedMsMax, role }, logger)
        watch(session)
        return session
      } catch (error) {
        if (ending.signal.aborted) break
        const { message } = error as Error
        if (message !== told) logger.warn(message)
        told = message
      }
      await sleep(AGAIN_MS, undefined, { signal: ending.signal }).catch(() => undefined)
    }
    return undefined
  }

  function watch(session: pg.Client): void {
    newest = session
    session.once('end', () => {
      if (ending.signal.aborted || session !== newest) return
      logger.info('the session that holds the embedded PostgreSQL in use was lost; it is taken again')
      held = takeAgain()
    })
  }
  watch(first)
  return {
    async holdAs(as: Role): Promise<void> {
      const before = await held
      const session = await holdInUse(loginUrl(place, port, as))
      role = as
      watch(session)
      held = Promise.resolve(session)
      await before?.end()
    },
    /** @returns the session that holds it, when there is one */
    end(): Promise<pg.Client | undefined> {
      ending.abort()
      return held
    },
  }
}
