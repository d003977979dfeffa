import { type Kysely, sql } from 'kysely'
import { ADVISORY_LOCKS } from '../advisory-locks.ts'
import type { Database } from '../schema.ts'
import { SEALED_TABLES, type SealedTableName, sealedTable } from './columns.ts'
import { openValue, sealValues } from './index.ts'
import { keyWrappers } from './key-source.ts'
import { allKeys, makeDataKey } from './keyring.ts'
import type { DataKey } from './sealed.ts'
import { writeSealed } from './write-rows.ts'

/** Rows of one transaction: what somebody who writes one of them may wait for. */
const BATCH = 200

export type Rotation = {
  /** the data key that everything is sealed with now */
  readonly key: number
  readonly rows: number
  /** of keys that nothing is sealed with any more: they are gone */
  readonly ended: readonly number[]
  /** it was stopped before its end, and goes on when it is started again */
  readonly stopped: boolean
}

export type RotateOptions = {
  readonly signal?: AbortSignal
  readonly batch?: number
  /** @param rows of the table so far */
  readonly onProgress?: (table: SealedTableName, rows: number) => void
}

/**
 * Seals everything anew with another data key, while everybody goes on reading and writing: the one before opens what it
 * has sealed until nothing is left of it, and is then deleted. As the owner.
 * A rotation that was stopped goes on: what it had sealed is not sealed again.
 */
export async function rotateDataKey(db: Kysely<Database>, options: RotateOptions = {}): Promise<Rotation> {
  const key = await newestKey(db)
  let rows = 0
  for (;;) {
    for (const table of SEALED_TABLES) {
      const { done, stopped } = await resealTable(db, table, key, options)
      rows += done
      if (stopped) return { key: key.id, rows, ended: [], stopped: true }
    }
    const ended = await endOldKeys(db, key)
    if (ended !== undefined) return { key: key.id, rows, ended, stopped: false }
  }
}

/** The key of a rotation that was not finished, if it is wrapped as keys are now; else a new one. */
async function newestKey(db: Kysely<Database>): Promise<DataKey> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.dataKeys})`.execute(trx)
    const [newest, ...older] = await allKeys(trx)
    const { now } = await keyWrappers()
    const { rows } = await sql<{ by: string }>`
      select wrapped_by as by from data_keys order by id desc limit 1`.execute(trx)
    const unfinished = newest !== undefined && older.length > 0 && rows[0]?.by === now.id
    return unfinished ? newest : makeDataKey(trx)
  })
}

/** Whether a row holds a value of another key: its number is the second and third byte (sealed.ts). */
function isOld(table: SealedTableName, key: number) {
  const number = Buffer.alloc(2)
  number.writeUInt16BE(key)
  const { columns } = sealedTable(table)
  return sql<boolean>`(${sql.join(
    columns.map((column) => sql`coalesce(substring(${sql.ref(column)} from 2 for 2) <> ${number}, false)`),
    sql` or `,
  )})`
}

type KeptRow = { readonly key: string | number; readonly row: string | number } & Readonly<
  Record<string, Buffer | null>
>

async function resealTable(
  db: Kysely<Database>,
  table: SealedTableName,
  key: DataKey,
  { signal, batch = BATCH, onProgress }: RotateOptions,
): Promise<{ readonly done: number; readonly stopped: boolean }> {
  const { key: id, keyType, row, columns } = sealedTable(table)
  let done = 0
  for (let after: string | null = null; ; ) {
    if (signal?.aborted) return { done, stopped: true }
    const rows: readonly KeptRow[] = await db.transaction().execute(async (trx) => {
      const found = await sql<KeptRow>`
        select ${sql.ref(id)} as key, ${sql.ref(row)} as row, ${sql.join(columns.map((column) => sql.ref(column)))}
        from ${sql.table(table)}
        where ${isOld(table, key.id)} and (${after}::text is null or ${sql.ref(id)} > ${after}::text::${sql.raw(keyType)})
        order by ${sql.ref(id)} limit ${batch} for update`.execute(trx)
      const written = await Promise.all(
        found.rows.map(async (kept) => {
          const texts: Record<string, string | null> = {}
          for (const column of columns) {
            const value = kept[column] as Buffer | null
            texts[column] = value && (await openValue(trx, table, column, kept.row, value))
          }
          return { key: kept.key, sealed: sealValues(key, table, kept.row, texts) }
        }),
      )
      if (written.length > 0) await writeSealed(trx, table, written)
      return found.rows
    })
    if (rows.length === 0) return { done, stopped: false }
    done += rows.length
    after = String(rows.at(-1)?.key)
    onProgress?.(table, done)
  }
}

/** Deletes the keys before, once nothing is sealed with them and nobody is about to. @returns none while something is */
async function endOldKeys(db: Kysely<Database>, key: DataKey): Promise<readonly number[] | undefined> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.dataKeys})`.execute(trx)
    for (const table of SEALED_TABLES) {
      const { rows } = await sql<{ left: boolean }>`
        select exists (select from ${sql.table(table)} where ${isOld(table, key.id)}) as left`.execute(trx)
      if (rows[0]?.left !== false) return undefined
    }
    const { rows } = await sql<{ id: number }>`delete from data_keys where id < ${key.id} returning id`.execute(trx)
    return rows.map(({ id }) => id).sort((a, b) => a - b)
  })
}

/** Rows by the data key that they are sealed with, of each table. */
export async function sealedRows(
  db: Kysely<Database>,
): Promise<readonly { table: SealedTableName; key: number; rows: number }[]> {
  const counts: { table: SealedTableName; key: number; rows: number }[] = []
  for (const table of SEALED_TABLES) {
    const first = sql`coalesce(${sql.join(sealedTable(table).columns.map((column) => sql.ref(column)))})`
    const { rows } = await sql<{ head: Buffer; rows: number }>`
      select substring(${first} from 1 for 3) as head, count(*)::int as rows from ${sql.table(table)}
      where ${first} is not null group by 1 order by 1`.execute(db)
    for (const { head, rows: count } of rows) counts.push({ table, key: head.readUInt16BE(1), rows: count })
  }
  return counts
}
