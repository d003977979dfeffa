import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb'
import { deviceNow } from '../clock.ts'
import type { KeptDraft } from './drafts.ts'
import { forgettable, isUnsent, type QueuedRecord, type QueueEvent, UNSENT_MAX } from './queue.ts'
import {
  advanceStored,
  openDraft,
  openRecord,
  type StoredDraft,
  type StoredRecord,
  sealDraft,
  sealRecord,
} from './sealed.ts'
import { createVault, dropKey, keyStorage, takeKey, type Vault } from './vault.ts'

const DATABASE = 'jitasa-record'
/** 2: drafts; 3: sealed, what stood in clear is gone */
const VERSION = 3

interface Schema extends DBSchema {
  records: { key: string; value: StoredRecord; indexes: { account: string } }
  drafts: { key: string; value: StoredDraft; indexes: { account: string } }
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
  /** of the account, oldest first */
  list(): Promise<QueuedRecord[]>
  /** moves records on, all in one transaction */
  advance(events: ReadonlyMap<string, QueueEvent>): Promise<void>
  remove(key: string): Promise<void>
  /** puts a corrected record, under a new key, in the place of a refused one */
  replace(key: string, record: QueuedRecord, draft: string): Promise<void>
  /** of the account, the newest first */
  listDrafts(): Promise<KeptDraft[]>
  putDraft(draft: KeptDraft): Promise<void>
  dropDraft(key: string): Promise<void>
  close(): void
}

function openRows(): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(DATABASE, VERSION, {
    async upgrade(fresh, before, _version, trx) {
      if (before < 1) fresh.createObjectStore('records', { keyPath: 'key' }).createIndex('account', 'account')
      if (before < 2) fresh.createObjectStore('drafts', { keyPath: 'key' }).createIndex('account', 'account')
      if (before === 2) await sealWhatIsClear(trx)
    },
    blocking(_current, _blocked, event) {
      // A newer page wants another version of the database: it must not wait for this one.
      ;(event.target as IDBDatabase).close()
    },
  })
}

/** Versions 1 and 2 kept records and drafts in clear. */
async function sealWhatIsClear(trx: IDBPTransaction<Schema, ('records' | 'drafts')[], 'versionchange'>): Promise<void> {
  const [records, drafts] = [trx.objectStore('records'), trx.objectStore('drafts')]
  for (const clear of (await records.getAll()) as unknown as QueuedRecord[])
    await records.put(sealRecord(vaultOf(clear.account), clear))
  for (const clear of (await drafts.getAll()) as unknown as KeptDraft[])
    await drafts.put(sealDraft(vaultOf(clear.account), clear))
}

function vaultOf(account: string): Vault {
  return createVault(takeKey(keyStorage(window), account, deviceNow()))
}

/** Records that are not sent and drafts of an account: what signing out would delete. */
export async function countKept(account: string): Promise<number> {
  const db = await openRows()
  const records = await db.getAllFromIndex('records', 'account', account)
  const drafts = await db.countFromIndex('drafts', 'account', account)
  db.close()
  return records.filter(isUnsent).length + drafts
}

/** Signing out: the key of the account, which makes every copy on the disk unreadable, then its rows. */
export async function wipePhone(account: string): Promise<void> {
  dropKey(keyStorage(window), account)
  const db = await openRows()
  const trx = db.transaction(['records', 'drafts'], 'readwrite', { durability: 'strict' })
  for (const name of ['records', 'drafts'] as const) {
    const rows = trx.objectStore(name)
    for (const key of await rows.index('account').getAllKeys(account)) await rows.delete(key)
  }
  await trx.done
  db.close()
}

/** The queue of an account in IndexedDB, sealed. Nothing here is read without saying whose it is. */
export async function openQueueStore(account: string): Promise<QueueStore> {
  const vault = vaultOf(account)
  const db = await openRows()
  await forgetUnreadable(db, account, vault)
  return {
    async add(record, draft) {
      const trx = db.transaction(['records', 'drafts'], 'readwrite', { durability: 'strict' })
      const all = await trx.objectStore('records').getAll()
      if (all.filter(isUnsent).length >= UNSENT_MAX) {
        trx.abort()
        await trx.done.catch(() => undefined)
        throw new PhoneFull()
      }
      await Promise.all([
        trx.objectStore('records').put(sealRecord(vault, record)),
        trx.objectStore('drafts').delete(draft),
        trx.done,
      ])
    },
    async list() {
      const records = await db.getAllFromIndex('records', 'account', account)
      return records.flatMap((record) => openRecord(vault, record) ?? []).sort((a, b) => a.madeAt - b.madeAt)
    },
    advance: (events) => advanceAll(db, events),
    async remove(key) {
      await db.delete('records', key)
    },
    async replace(key, record, draft) {
      const trx = db.transaction(['records', 'drafts'], 'readwrite', { durability: 'strict' })
      const records = trx.objectStore('records')
      await Promise.all([
        records.delete(key),
        records.put(sealRecord(vault, record)),
        trx.objectStore('drafts').delete(draft),
        trx.done,
      ])
    },
    async listDrafts() {
      const drafts = await db.getAllFromIndex('drafts', 'account', account)
      return drafts.flatMap((draft) => openDraft(vault, draft) ?? []).sort((a, b) => b.changedAt - a.changedAt)
    },
    async putDraft(draft) {
      const trx = db.transaction('drafts', 'readwrite', { durability: 'strict' })
      await Promise.all([trx.store.put(sealDraft(vault, draft)), trx.done])
    },
    async dropDraft(key) {
      await db.delete('drafts', key)
    },
    close: () => db.close(),
  }
}

/** What the key of a session that has ended had sealed. Where a key ends with its tab, it may be another tab's: that stays. */
async function forgetUnreadable(db: IDBPDatabase<Schema>, account: string, vault: Vault): Promise<void> {
  if (!window.isSecureContext) return
  const trx = db.transaction(['records', 'drafts'], 'readwrite')
  const [records, drafts] = [trx.objectStore('records'), trx.objectStore('drafts')]
  for (const record of await records.index('account').getAll(account))
    if (openRecord(vault, record) === undefined) await records.delete(record.key)
  for (const draft of await drafts.index('account').getAll(account))
    if (openDraft(vault, draft) === undefined) await drafts.delete(draft.key)
  await trx.done
}

async function advanceAll(db: IDBPDatabase<Schema>, events: ReadonlyMap<string, QueueEvent>): Promise<void> {
  const trx = db.transaction('records', 'readwrite', { durability: 'strict' })
  const accounts = new Set<string>()
  for (const [key, event] of events) {
    const record = await trx.store.get(key)
    if (record === undefined) continue
    const next = advanceStored(record, event)
    if (next !== record) await trx.store.put(next)
    if (next.state.kind === 'saved') accounts.add(next.account)
  }
  for (const account of accounts) {
    const own = await trx.store.index('account').getAll(account)
    for (const { key } of forgettable(own)) await trx.store.delete(key)
  }
  await trx.done
}
