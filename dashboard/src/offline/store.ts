import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { advanceRecord, forgettable, isUnsent, type QueuedRecord, type QueueEvent, UNSENT_MAX } from './queue.ts'

const DATABASE = 'jitasa-record'
const VERSION = 1

interface Schema extends DBSchema {
  records: { key: string; value: QueuedRecord; indexes: { account: string } }
}

/** More unsent records than a phone holds. */
export class PhoneFull extends Error {
  constructor() {
    super(`this phone holds ${UNSENT_MAX} records that are not sent`)
    this.name = 'PhoneFull'
  }
}

export type QueueStore = {
  /** Resolves when the record is on the disk of this phone. @throws PhoneFull */
  add(record: QueuedRecord): Promise<void>
  /** of one account, oldest first */
  list(account: string): Promise<QueuedRecord[]>
  /** moves records on, all in one transaction */
  advance(events: ReadonlyMap<string, QueueEvent>): Promise<void>
  remove(key: string): Promise<void>
  /** puts a corrected record, under a new key, in the place of a refused one */
  replace(key: string, record: QueuedRecord): Promise<void>
  close(): void
}

/** The queue in IndexedDB. Nothing here is read without saying whose it is. */
export async function openQueueStore(): Promise<QueueStore> {
  const db = await openDB<Schema>(DATABASE, VERSION, {
    upgrade(fresh) {
      fresh.createObjectStore('records', { keyPath: 'key' }).createIndex('account', 'account')
    },
    blocking(_current, _blocked, event) {
      // A newer page wants another version of the database: it must not wait for this one.
      ;(event.target as IDBDatabase).close()
    },
  })
  return {
    async add(record) {
      const trx = db.transaction('records', 'readwrite', { durability: 'strict' })
      const all = await trx.store.getAll()
      if (all.filter(isUnsent).length >= UNSENT_MAX) {
        trx.abort()
        await trx.done.catch(() => undefined)
        throw new PhoneFull()
      }
      await trx.store.put(record)
      await trx.done
    },
    async list(account) {
      const records = await db.getAllFromIndex('records', 'account', account)
      return records.sort((a, b) => a.madeAt - b.madeAt)
    },
    advance: (events) => advanceAll(db, events),
    async remove(key) {
      await db.delete('records', key)
    },
    async replace(key, record) {
      const trx = db.transaction('records', 'readwrite', { durability: 'strict' })
      await Promise.all([trx.store.delete(key), trx.store.put(record), trx.done])
    },
    close: () => db.close(),
  }
}

async function advanceAll(db: IDBPDatabase<Schema>, events: ReadonlyMap<string, QueueEvent>): Promise<void> {
  const trx = db.transaction('records', 'readwrite', { durability: 'strict' })
  const accounts = new Set<string>()
  for (const [key, event] of events) {
    const record = await trx.store.get(key)
    if (record === undefined) continue
    const next = advanceRecord(record, event)
    if (next !== record) await trx.store.put(next)
    if (next.state.kind === 'saved') accounts.add(next.account)
  }
  for (const account of accounts) {
    const own = await trx.store.index('account').getAll(account)
    for (const { key } of forgettable(own)) await trx.store.delete(key)
  }
  await trx.done
}
