import type pg from 'pg'

/** A deadlock with another writer, or a serialisation failure: the same work may succeed the next time. */
const TRY_AGAIN = ['40P01', '40001']
const TRIES_MAX = 5

/** Runs `work` in a transaction; again, when it fell to a deadlock with another writer. */
export async function inTransaction<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      await client.query('begin')
      const result = await work()
      await client.query('commit')
      return result
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      // After a lost connection there is nothing to roll back, and the first error is the one to tell.
      await client.query('rollback').catch(() => undefined)
      if (!TRY_AGAIN.includes(code) || tries === TRIES_MAX) throw error
    }
  }
}
