import type pg from 'pg'
import { checkCatalogue, type TableNeed } from './catalogue.ts'
import { asError } from './errors.ts'
import { parseLsn } from './lsn.ts'

/** PostgreSQL's side of the feed, in bytes of WAL. */
export type SlotSigns = {
  /** how far its WAL is written */
  readonly written: number
  /** from where on it keeps WAL for the slot */
  readonly keptFrom: number
}

export type WatchOptions = {
  readonly sql: pg.Client
  readonly slot: string
  readonly publication: string
  readonly needs: readonly TableNeed[]
  readonly everyMs: number
  readonly onSigns: (signs: SlotSigns) => void
  readonly onFault: (error: Error) => void
}

const SIGNS_SQL = `
  select pg_current_wal_flush_lsn()::text as written,
    (select restart_lsn::text from pg_replication_slots where slot_name = $1) as kept_from`

/**
 * Looks at what the stream itself never tells: how far behind it is, and whether the publication is still whole. A
 * table that is taken out of it while the stream runs goes silent without an error.
 * @returns a function that ends the watch
 */
export function watchSlot(options: WatchOptions): () => void {
  let looking = false
  let ended = false
  const fault = (error: unknown): void => {
    if (!ended) options.onFault(asError(error))
  }
  const timer = setInterval(() => {
    if (looking) return
    looking = true
    look(options)
      .catch(fault)
      .finally(() => {
        looking = false
      })
  }, options.everyMs)
  return () => {
    ended = true
    clearInterval(timer)
  }
}

async function look({ sql, slot, publication, needs, onSigns }: WatchOptions): Promise<void> {
  await checkCatalogue(sql, publication, needs)
  const row = (await sql.query<{ written: string; kept_from: string | null }>(SIGNS_SQL, [slot])).rows[0]
  if (row === undefined) return
  const written = parseLsn(row.written)
  onSigns({ written, keptFrom: row.kept_from === null ? written : parseLsn(row.kept_from) })
}
