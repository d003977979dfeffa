import type pg from 'pg'
import { ADVISORY_LOCKS } from './advisory-locks.ts'
import { createSession } from './client.ts'

/** Runs `work` on a session of the owner's while no other process prepares the same database. */
export async function prepareAlone<T>(ownerUrl: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = createSession(ownerUrl, 'jitasa prepare')
  await owner.connect()
  try {
    await owner.query('select pg_advisory_lock($1)', [ADVISORY_LOCKS.prepare])
    return await work(owner)
  } finally {
    await owner.end()
  }
}
