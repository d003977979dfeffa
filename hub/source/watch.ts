import type pg from 'pg'
import { asError, SchemaChanged } from './errors.ts'
import { parseLsn } from './lsn.ts'
import { changedStamps, readStamps, type Stamps } from './stamps.ts'

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
  readonly tables: readonly string[]
  /** the catalogue as it was in the snapshot */
  readonly stamps: Stamps
  readonly everyMs: number
  readonly onSigns: (signs: SlotSigns) => void
  readonly onFault: (error: Error) => void
}

const SIGNS_SQL = `
  select pg_current_wal_flush_lsn()::text as written,
    (select restart_lsn::text from pg_replication_slots where slot_name = $1) as kept_from`

/** Of what was changed, so many are named. */
const NAMED_MAX = 3

/**
 * Looks, at once and then again and again, at what the stream itself never tells: how far behind it is, and whether the
 * catalogue is still that of the snapshot. A table that is taken out of the publication goes silent without an error;
 * when it is back before anybody has looked, its changes are missing for ever.
 * @returns a function that ends the watch
 */
export function watchSlot(options: WatchOptions): () => void {
  let looking = false
  let ended = false
  const fault = (error: unknown): void => {
    if (!ended) options.onFault(asError(error))
  }
  const lookAgain = (): void => {
    if (looking) return
    looking = true
    look(options)
      .catch(fault)
      .finally(() => {
        looking = false
      })
  }
  const timer = setInterval(lookAgain, options.everyMs)
  lookAgain()
  return () => {
    ended = true
    clearInterval(timer)
  }
}

async function look({ sql, slot, publication, tables, stamps, onSigns }: WatchOptions): Promise<void> {
  const changed = changedStamps(stamps, await readStamps(sql, publication, tables))
  if (changed.length > 0) {
    const others = changed.length > NAMED_MAX ? ` and ${changed.length - NAMED_MAX} more` : ''
    throw new SchemaChanged(`the schema was changed: ${changed.slice(0, NAMED_MAX).join(', ')}${others}`)
  }
  const row = (await sql.query<{ written: string; kept_from: string | null }>(SIGNS_SQL, [slot])).rows[0]
  if (row === undefined) return
  const written = parseLsn(row.written)
  onSigns({ written, keptFrom: row.kept_from === null ? written : parseLsn(row.kept_from) })
}
