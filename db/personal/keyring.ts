import { randomBytes } from 'node:crypto'
import { type DialectAdapter, type QueryExecutorProvider, sql } from 'kysely'
import { ADVISORY_LOCKS } from '../advisory-locks.ts'
import { keyWrappers } from './key-source.ts'
import { DATA_KEY_BYTES, type DataKey, dataKeyOf, KEY_NUMBER_MAX } from './sealed.ts'

/** The data keys that a client of the database has unwrapped. A transaction has its client's adapter. */
const rings = new WeakMap<DialectAdapter, Map<number, Promise<DataKey>>>()

function ringOf(db: QueryExecutorProvider): Map<number, Promise<DataKey>> {
  const { adapter } = db.getExecutor()
  let ring = rings.get(adapter)
  if (ring === undefined) {
    ring = new Map()
    rings.set(adapter, ring)
  }
  return ring
}

type KeptKey = { readonly id: number; readonly wrapped: Buffer; readonly wrapped_by: string }

async function unwrap({ id, wrapped, wrapped_by }: KeptKey): Promise<DataKey> {
  const { now, before } = await keyWrappers()
  const wrapper = [now, before].find((given) => given?.id === wrapped_by)
  if (wrapper === undefined) {
    throw new Error(
      `The personal data of this database is sealed under the key ${wrapped_by}, and this process has the key ${now.id}${before ? ` and, as the one before, ${before.id}` : ''}. Set DATA_KEY to that key, or, while a new one takes its place, DATA_KEY_BEFORE: nothing else opens the data.`,
    )
  }
  const secret = await wrapper.unwrap(wrapped)
  if (secret.length !== DATA_KEY_BYTES) throw new Error(`Data key ${id} of this database is damaged.`)
  return dataKeyOf(id, secret)
}

/** Read and unwrapped once for a client, however many ask at once. A failure is not kept: the next who asks tries again. */
function once(db: QueryExecutorProvider, id: number, read: () => Promise<DataKey>): Promise<DataKey> {
  const ring = ringOf(db)
  let key = ring.get(id)
  if (key === undefined) {
    key = read()
    ring.set(id, key)
    key.catch(() => ring.delete(id))
  }
  return key
}

const opened = (db: QueryExecutorProvider, kept: KeptKey): Promise<DataKey> => once(db, kept.id, () => unwrap(kept))

/** The key of this number. @throws Error when the database has none */
export function keyOf(db: QueryExecutorProvider, id: number): Promise<DataKey> {
  return once(db, id, async () => {
    const { rows } = await sql<KeptKey>`select id, wrapped, wrapped_by from data_keys where id = ${id}`.execute(db)
    if (rows[0] === undefined) throw new Error(`The database has no data key ${id}: what it sealed cannot be opened.`)
    return unwrap(rows[0])
  })
}

/** All keys that values may be sealed with: one, or two while they are rotated. The newest first. */
export async function allKeys(db: QueryExecutorProvider): Promise<readonly DataKey[]> {
  const { rows } = await sql<KeptKey>`select id, wrapped, wrapped_by from data_keys order by id desc`.execute(db)
  return Promise.all(rows.map((kept) => opened(db, kept)))
}

/**
 * The key to seal with, held in use until the transaction ends: a rotation is not done with the one before while
 * somebody may still write with it.
 */
export async function sealingKey(db: QueryExecutorProvider): Promise<DataKey> {
  const { rows } = await sql<KeptKey>`
    select id, wrapped, wrapped_by from data_keys, pg_advisory_xact_lock_shared(${ADVISORY_LOCKS.dataKeys})
    order by id desc limit 1`.execute(db)
  if (rows[0] === undefined) throw new Error('The database has no data key: run `npm run migrate` first.')
  return opened(db, rows[0])
}

/** Makes another data key, which is sealed with from now on. As the owner, in a transaction. */
export async function makeDataKey(db: QueryExecutorProvider): Promise<DataKey> {
  await sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.dataKeys})`.execute(db)
  const { now } = await keyWrappers()
  const { rows } = await sql<{ next: number }>`select coalesce(max(id), 0) + 1 as next from data_keys`.execute(db)
  const id = rows[0]?.next ?? 1
  if (id > KEY_NUMBER_MAX) throw new Error(`A database has at most ${KEY_NUMBER_MAX} data keys, one after the other.`)
  const secret = randomBytes(DATA_KEY_BYTES)
  const wrapped = await now.wrap(secret)
  await sql`insert into data_keys (id, wrapped, wrapped_by) values (${id}, ${wrapped}, ${now.id})`.execute(db)
  return dataKeyOf(id, secret)
}
