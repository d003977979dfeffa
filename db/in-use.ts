import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { ADVISORY_LOCKS } from './advisory-locks.ts'
import { createSession } from './client.ts'
import { ROLES } from './roles.ts'

/**
 * Every process that uses the embedded server holds this advisory lock, shared, on a session of its own; a process that
 * is killed lets go of it. Who leaves and then gets it alone is the last one out and stops the server.
 */
const USE_LOCK = ADVISORY_LOCKS.embeddedUse

/** Times that a server which ends unasked is started again, within END_KEPT_MS; then it is left alone for a while. */
export const RESTARTS_MAX = 5
/** So long after it, an end of the server is forgotten. */
const END_KEPT_MS = 600_000

/** Sessions of who has just left may still be ending: how long they are waited for. */
const LEAVING_MS_MAX = 1_000
const LEAVING_LOOK_MS = 50

/** @param url of any role. @throws the error of `pg` */
export async function holdInUse(url: string): Promise<pg.Client> {
  const session = createSession(url, 'jitasa in use', { keepAlive: true })
  try {
    await session.connect()
    await session.query('select pg_advisory_lock_shared($1)', [USE_LOCK])
    return session
  } catch (error) {
    await session.end()
    throw error
  }
}

/**
 * Ends the session. When it was the last in use it stays until the server ends, so that nobody joins meanwhile. A hub
 * whose own lock was lost a moment ago is seen by its sessions.
 */
export async function isLastOut(session: pg.Client): Promise<boolean> {
  try {
    await session.query('select pg_advisory_unlock_shared($1)', [USE_LOCK])
    const { rows } = await session.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [USE_LOCK])
    if (rows[0]?.alone && !(await servesHub(session))) return true
    await session.end()
  } catch {
    // The server ended by itself: nothing is left to stop.
  }
  return false
}

/** Whether nobody has a session but `session`: no hub, no command, no person at psql. */
export async function isUnused(session: pg.Client): Promise<boolean> {
  const { rowCount } = await session.query(
    `select from pg_stat_activity
     where pid <> pg_backend_pid() and backend_type in ('client backend', 'walsender')`,
  )
  return rowCount === 0
}

/** As `isUnused`, and when so, nobody joins until the session ends: who comes waits, and starts the server again. */
export async function keepUnused(session: pg.Client): Promise<boolean> {
  const { rows } = await session.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [USE_LOCK])
  return rows[0]?.alone === true && (await isUnused(session))
}

async function servesHub(session: pg.Client): Promise<boolean> {
  for (let waitedMs = 0; waitedMs <= LEAVING_MS_MAX; waitedMs += LEAVING_LOOK_MS) {
    const { rowCount } = await session.query(
      'select from pg_stat_activity where usename = any ($1) and pid <> pg_backend_pid()',
      [ROLES],
    )
    if (rowCount === 0) return false
    await sleep(LEAVING_LOOK_MS)
  }
  return true
}

/** Whether a server that ends again is started again. @param endedAt when it ended before, ms. Pure. */
export function mayStartAgain(endedAt: readonly number[], now: number): boolean {
  return endedAt.filter((at) => now - at < END_KEPT_MS).length < RESTARTS_MAX
}
