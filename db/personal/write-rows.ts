import { type QueryExecutorProvider, sql } from 'kysely'
import { type SealedTableName, sealedTable } from './columns.ts'

export type SealedRow = { readonly key: string | number; readonly sealed: Readonly<Record<string, Buffer | null>> }

/** The sealed columns of a table, and those of their hashes. */
export function writtenColumns(table: SealedTableName): readonly string[] {
  const { columns, found = {} } = sealedTable(table)
  return [...columns, ...Object.keys(found).map((column) => `${column}_hash`)]
}

/** Writes many rows at once: all the sealed columns of each. */
export async function writeSealed(
  db: QueryExecutorProvider,
  table: SealedTableName,
  rows: readonly SealedRow[],
): Promise<void> {
  const { key, keyType } = sealedTable(table)
  const columns = writtenColumns(table)
  const values = columns.map((column) => sql`${rows.map(({ sealed }) => sealed[column] ?? null)}::bytea[]`)
  await sql`update ${sql.table(table)} as written
    set ${sql.join(columns.map((column) => sql`${sql.ref(column)} = given.${sql.ref(column)}`))}
    from unnest(${rows.map((row) => row.key)}::${sql.raw(keyType)}[], ${sql.join(values)})
      as given (row_key, ${sql.join(columns.map((column) => sql.ref(column)))})
    where written.${sql.ref(key)} = given.row_key`.execute(db)
}
