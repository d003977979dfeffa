import type { Socket } from 'node:net'
import type pg from 'pg'

const socketOf = (client: pg.PoolClient): Socket => client.connection.stream as Socket

/**
 * Ends a session that somebody has taken and on which PostgreSQL, or a firewall on the way, has said nothing for `ms`:
 * its other end may be gone without a word, and the kernel would wait a quarter of an hour. Whoever waits on it is told
 * that the database is away. Those that lie idle in the pool are as old, and are ended with it, or each would cost
 * somebody else the same wait. So no statement, and no pause within a transaction, may take that long.
 */
export function endSilent(pool: pg.Pool, ms: number): void {
  const idle = new Set<pg.PoolClient>()
  const end = (client: pg.PoolClient): void => {
    socketOf(client).destroy(new Error(`Connection terminated: PostgreSQL has said nothing for ${ms / 1000} s`))
  }
  pool.on('connect', (client) => {
    socketOf(client).on('timeout', () => {
      for (const other of idle) end(other)
      end(client)
    })
  })
  pool.on('acquire', (client) => {
    idle.delete(client)
    socketOf(client).setTimeout(ms)
  })
  pool.on('release', (_error, client) => {
    idle.add(client)
    socketOf(client).setTimeout(0)
  })
  pool.on('remove', (client) => void idle.delete(client))
}
