import { setTimeout as timeout } from 'node:timers/promises'
import type pg from 'pg'
import { ADVISORY_LOCKS } from '../advisory-locks.ts'
import { createSession } from '../client.ts'
import type { Pacer } from './play.ts'

/** Runs `work` on a connection of its own, as the only replay of the database. @throws Error when another one runs */
export async function alone<T>(ownerUrl: string, name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = createSession(ownerUrl, `jitasa ${name}`)
  await client.connect()
  try {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
      ADVISORY_LOCKS.replay,
    ])
    if (!rows[0]?.taken) throw new Error('another replay or drill is running in this database')
    // What it writes is no correction of anything (migration 0021).
    await client.query(`select set_config('jitasa.revisions', 'own', false)`)
    return await work(client)
  } finally {
    await client.end()
  }
}

export const pacer: Pacer = {
  now: () => performance.now(),
  async pause(ms, signal) {
    // An abort ends the pause early, and the caller looks at the signal itself.
    await timeout(ms, undefined, { signal }).catch(() => undefined)
  },
}
