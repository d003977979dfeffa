import { type QueryExecutorProvider, sql } from 'kysely'
import { type SealedTableName, sealedTable } from './columns.ts'
import { sealValues } from './index.ts'
import type { DataKey } from './sealed.ts'
import { type SealedRow, writeSealed } from './write-rows.ts'

/** Rows that are in memory at once. */
const BATCH = 1_000

type ClearRow = { readonly key: string | number; readonly row: string | number } & Readonly<
  Record<string, string | number | null>
>

/**
 * Seals what a table holds in clear, a batch at a time, and takes the clear columns away: from the table, and by writing
 * the table anew from the pages of its file. In the transaction of a migration: all of it or nothing.
 * @returns how many rows were sealed
 */
export async function sealTable(db: QueryExecutorProvider, table: SealedTableName, key: DataKey): Promise<number> {
  const { columns, found = {}, key: id, row } = sealedTable(table)
  const run = (text: string) => sql.raw(text).execute(db)
  const clear = (column: string) => `${column}_clear`
  const required = await requiredOf(db, table, columns)
  for (const column of columns) {
    await run(`alter table ${table} rename column ${column} to ${clear(column)}`)
    await run(`alter table ${table} alter column ${clear(column)} drop not null`)
    await run(`alter table ${table} add column ${column} bytea`)
  }
  for (const column of Object.keys(found)) await run(`alter table ${table} add column ${column}_hash bytea`)
  const read = columns.map((column) => `${clear(column)} as ${column}`).join(', ')
  let sealed = 0
  for (let after: string | number | null = null; ; ) {
    const { rows }: { rows: ClearRow[] } = await sql<ClearRow>`
      select ${sql.ref(id)} as key, ${sql.ref(row)} as row, ${sql.raw(read)} from ${sql.table(table)}
      where ${after}::text is null or ${sql.ref(id)} > ${after}::text::${sql.raw(sealedTable(table).keyType)}
      order by ${sql.ref(id)} limit ${BATCH}`.execute(db)
    if (rows.length === 0) break
    after = rows.at(-1)?.key ?? null
    const some = rows.filter((found) => columns.some((column) => found[column] !== null))
    const written = some.map((found): SealedRow => {
      const values = Object.fromEntries(columns.map((column) => [column, found[column]]))
      return { key: found.key, sealed: sealValues(key, table, found.row, values) }
    })
    if (written.length > 0) await writeSealed(db, table, written)
    sealed += written.length
  }
  for (const column of columns) await run(`alter table ${table} drop column ${clear(column)}`)
  for (const column of required) await run(`alter table ${table} alter column ${column} set not null`)
  // Rows that were updated, and columns that were dropped, stand in the file until it is written anew.
  const [first] = columns
  if (sealed > 0) await run(`alter table ${table} alter column ${first} type bytea using ${first} || ''::bytea`)
  return sealed
}

async function requiredOf(
  db: QueryExecutorProvider,
  table: SealedTableName,
  columns: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ column: string }>`
    select attname as "column" from pg_attribute
    where attrelid = ${table}::regclass and attnotnull and attname = any (${columns}::text[])`.execute(db)
  return rows.map(({ column }) => column)
}
