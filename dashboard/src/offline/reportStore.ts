import { type DBSchema, openDB } from 'idb'
import { type QueuedReport, REPORTS_MAX } from './reports.ts'

interface Schema extends DBSchema {
  reports: { key: string; value: QueuedReport; indexes: { account: string } }
}

/** More reports than a phone keeps. */
export class ReportsFull extends Error {
  constructor() {
    super(`this phone holds ${REPORTS_MAX} reports that are not sent`)
    this.name = 'ReportsFull'
  }
}

/** The reports of an account that wait on this phone's disk. */
export async function openReportStore(account: string) {
  const db = await openDB<Schema>('jitasa-reports', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('reports', { keyPath: 'key' }).createIndex('account', 'account')
    },
    blocking(_current, _blocked, event) {
      ;(event.target as IDBDatabase).close()
    },
  })
  return {
    /** Resolves when it is on the disk. @throws ReportsFull */
    async add(report: QueuedReport): Promise<void> {
      const trx = db.transaction('reports', 'readwrite', { durability: 'strict' })
      if ((await trx.store.index('account').count(account)) >= REPORTS_MAX) {
        trx.abort()
        await trx.done.catch(() => undefined)
        throw new ReportsFull()
      }
      await Promise.all([trx.store.put(report), trx.done])
    },
    list: () => db.getAllFromIndex('reports', 'account', account),
    /** Puts it in the place of the one with `key`, unless that is gone: another tab has sent it, or it was discarded. */
    async replace(key: string, report: QueuedReport): Promise<void> {
      const trx = db.transaction('reports', 'readwrite', { durability: 'strict' })
      if ((await trx.store.getKey(key)) !== undefined) {
        if (key !== report.key) await trx.store.delete(key)
        await trx.store.put(report)
      }
      await trx.done
    },
    remove: (key: string) => db.delete('reports', key),
    close: () => db.close(),
  }
}

export type ReportStore = Awaited<ReturnType<typeof openReportStore>>
