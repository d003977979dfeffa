import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { KeptDraft } from './drafts.ts'
import { advanceRecord, forgettable, isUnsent, type QueuedRecord, type QueueEvent, UNSENT_MAX } from './queue.ts'

const DATABASE = 'jitasa-record'
/** 2: drafts */
const VERSION = 2

interface Schema extends DBSchema {
  records: { key: string; value: QueuedRecord; indexes: { account: string } }
  drafts: { key: string; value: KeptDraft; indexes: { account: string } }
}

/** More unsent records than a phone holds. */
export class PhoneFull extends Error {
  constructor() {
    super(`this phone holds ${UNSENT_MAX} records that are not sent`)
    this.name = 'PhoneFull'
  }
}

export type QueueStore = {
  /** Resolves when the record is on the disk of this phone, and its draft is not any more. @throws PhoneFull */
  add(record: QueuedRecord, draft: string): Promise<void>
  /** of one account, oldest first */
  list(account: string): Promise<QueuedRecord[]>
  /** moves records on, all in one transaction */
  advance(events: ReadonlyMap<string, QueueEvent>): Promise<void>
  remove(key: string): Promise<void>
  /** puts a corrected record, under a new key, in the place of a refused one */
  replace(key: string, record: QueuedRecord, draft: string): Promise<void>
  /** of one account, the newest first */
  listDrafts(account: string): Promise<KeptDraft[]>
  putDraft(draft: KeptDraft): Promise<void>
  dropDraft(key: string): Promise<void>
  close(): void
}

/** The queue in IndexedDB. Nothing here is read without saying whose it is. */
export async function openQueueStore(): Promise<QueueStore> {
  const db = await openDB<Schema>(DATABASE, VERSION, {
    upgrade(fresh, before) {
      if (before < 1) fresh.createObjectStore('records', { keyPath: 'key' }).createIndex('account', 'account')
      fresh.createObjectStore('drafts', { keyPath: 'key' }).createIndex('account', 'account')
    },
    blocking(_current, _blocked, event) {
      // A newer page wants another version of the database: it must not wait for this one.
      ;(event.target as IDBDatabase).close()
    },
  })
  return {
    async add(record, draft) {
      const trx = db.transaction(['records', 'drafts'], 'readwrite', { durability: 'strict' })
      const all = await trx.objectStore('records').getAll()
      if (all.filter(isUnsent).length >= UNSENT_MAX) {
        trx.abort()
        await trx.done.catch(() => undefined)
        throw new PhoneFull()
      }
      await Promise.all([trx.objectStore('records').put(record), trx.objectStore('drafts').delete(draft), trx.done])
    },
    async list(account) {
      const records = await db.getAllFromIndex('records', 'account', account)
      return records.sort((a, b) => a.madeAt - b.madeAt)
    },
    advance: (events) => advanceAll(db, events),
    async remove(key) {
      await db.delete('records', key)
    },
    async replace(key, record, draft) {
      const trx = db.transaction(['records', 'drafts'], 'readwrite', { durability: 'strict' })
      const records = trx.objectStore('records')
      await Promise.all([records.delete(key), records.put(record), trx.objectStore('drafts').delete(draft), trx.done])
    },
    async listDrafts(account) {
      const drafts = await db.getAllFromIndex('drafts', 'account', account)
      return drafts.sort((a, b) => b.changedAt - a.changedAt)
    },
    async putDraft(draft) {
      const trx = db.transaction('drafts', 'readwrite', { durability: 'strict' })
      await Promise.all([trx.store.put(draft), trx.done])
    },
    async dropDraft(key) {
      await db.delete('drafts', key)
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
