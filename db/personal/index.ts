import type { QueryExecutorProvider } from 'kysely'
import { placeOf, type SealedColumn, type SealedTableName, sealedTable } from './columns.ts'
import { allKeys, keyOf, sealingKey } from './keyring.ts'
import { type DataKey, type Findable, findHash, keyNumberOf, open, seal } from './sealed.ts'

// All that reads or writes what is personal goes through here; nobody else touches a sealed value.

type FoundColumn = 'phone' | 'second_phone' | 'id_number'
type Found<T extends SealedTableName> = T extends 'people' ? FoundColumn : never
/** As it stands in the row: sealed, with the hash to find it by. */
export type SealedValues<T extends SealedTableName, C extends SealedColumn<T>> = { [K in C]: Buffer | null } & {
  [K in Extract<C, Found<T>> as `${K}_hash`]: Buffer | null
}

export function sealValues(
  key: DataKey,
  table: SealedTableName,
  row: string | number,
  values: Readonly<Record<string, string | number | null | undefined>>,
): Record<string, Buffer | null> {
  const { found = {} } = sealedTable(table)
  const sealed: Record<string, Buffer | null> = {}
  for (const [column, value] of Object.entries(values)) {
    const text = value === null || value === undefined ? null : String(value)
    sealed[column] = text === null ? null : seal(key, text, placeOf(table, column, row))
    const of = found[column]
    if (of !== undefined) sealed[`${column}_hash`] = text === null ? null : findHash(key, of, text)
  }
  return sealed
}

/**
 * Seals what is to be written into a row.
 * @param row what its table's values are bound to (`SEALED`)
 */
export async function sealRow<T extends SealedTableName, C extends SealedColumn<T>>(
  db: QueryExecutorProvider,
  table: T,
  row: string | number,
  values: { readonly [K in C]: string | number | null | undefined },
): Promise<SealedValues<T, C>> {
  return sealValues(await sealingKey(db), table, row, values) as SealedValues<T, C>
}

/** Seals one value that is always there. */
export async function sealText(
  db: QueryExecutorProvider,
  table: SealedTableName,
  column: string,
  row: string | number,
  text: string,
): Promise<Buffer> {
  return seal(await sealingKey(db), text, placeOf(table, column, row))
}

/** @returns the text of a sealed value */
export async function openValue(
  db: QueryExecutorProvider,
  table: SealedTableName,
  column: string,
  row: string | number,
  value: Buffer,
): Promise<string> {
  const place = placeOf(table, column, row)
  return open(await keyOf(db, keyNumberOf(value, place)), value, place)
}

/** @returns the sealed columns of a row as texts; the others are left out */
export async function openRow<T extends SealedTableName, C extends SealedColumn<T>>(
  db: QueryExecutorProvider,
  table: T,
  row: string | number,
  values: { readonly [K in C]: Buffer | null },
  columns: readonly C[],
): Promise<{ [K in C]: string | null }> {
  const opened: Record<string, string | null> = {}
  for (const column of columns) {
    const value = values[column]
    opened[column] = value === null ? null : await openValue(db, table, column, row, value)
  }
  return opened as { [K in C]: string | null }
}

/** What to look for: the hash of a number under each key that it may stand under. Empty for no number. */
export async function hashesOf(db: QueryExecutorProvider, of: Findable, text: string | null): Promise<Buffer[]> {
  if (text === null) return []
  return (await allKeys(db)).map((key) => findHash(key, of, text))
}
