import type pg from 'pg'
import { newKeyText } from '../queries/api-keys.ts'

/** Longer than any comparison takes, by the hub's own clock too: it may be hours off PostgreSQL's. */
const IN_FORCE = '1 day'

/**
 * Makes an API key that reads the numbers of every province, for the time of one comparison.
 * @param owner an owner's connection, outside of a transaction before and after
 */
export async function withReadingKey<T>(owner: pg.ClientBase, work: (key: string) => Promise<T>): Promise<T> {
  const { prefix, hash, key } = newKeyText()
  await owner.query(
    `insert into api_keys (prefix, key_hash, label, actions, areas, created_at, expires_at)
     values ($1, $2, 'npm run verify', '{province.read}', '{TH}', now(), now() + $3::interval)`,
    [prefix, hash, IN_FORCE],
  )
  try {
    return await work(key)
  } finally {
    await owner.query('delete from api_keys where prefix = $1', [prefix])
  }
}
