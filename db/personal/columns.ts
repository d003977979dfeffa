import type { Findable } from './sealed.ts'

type SealedTable = {
  /** the primary key: how rows are walked */
  readonly key: string
  readonly keyType: 'uuid' | 'bigint'
  /** what a value is bound to: the key, or where that is made by PostgreSQL, the person */
  readonly row: string
  readonly columns: readonly string[]
  /** of a column that is searched by its exact value; its hash stands in `<column>_hash` */
  readonly found?: Readonly<Record<string, Findable>>
}

/** Every column that is sealed: who somebody is, where exactly, and what was written of them. */
export const SEALED = {
  people: {
    key: 'id',
    keyType: 'uuid',
    row: 'id',
    columns: ['full_name', 'phone', 'second_phone', 'id_number'],
    found: { phone: 'phone', second_phone: 'phone', id_number: 'id' },
  },
  case_private: {
    key: 'case_id',
    keyType: 'bigint',
    row: 'case_id',
    columns: ['lat', 'lon', 'address', 'notes'],
  },
  vulnerable: { key: 'id', keyType: 'bigint', row: 'person_id', columns: ['lat', 'lon', 'address', 'notes'] },
  contact_notes: { key: 'contact_id', keyType: 'bigint', row: 'contact_id', columns: ['note'] },
  call_numbers: { key: 'call_id', keyType: 'bigint', row: 'call_id', columns: ['phone', 'note'] },
} as const satisfies Readonly<Record<string, SealedTable>>

export type SealedTableName = keyof typeof SEALED
export type SealedColumn<T extends SealedTableName> = (typeof SEALED)[T]['columns'][number]

export const sealedTable = (table: SealedTableName): SealedTable => SEALED[table]
export const SEALED_TABLES = Object.keys(SEALED) as readonly SealedTableName[]

/** Where a value stands: it opens nowhere else. */
export const placeOf = (table: SealedTableName, column: string, row: string | number): string =>
  `${table}.${column} ${row}`
