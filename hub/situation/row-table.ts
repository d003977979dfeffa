import type { Row, RowKind } from '../wire/rows.ts'
import type { Scope } from '../wire/scopes.ts'
import type { Tuple } from './change.ts'

/** A row and the scopes it stands in; `'all'` puts it in every scope. */
export type PlacedRow = { readonly scopes: readonly Scope[] | 'all'; readonly row: Row }

export type RowTable = {
  readonly table: string
  readonly kind: RowKind
  /** the columns read by the snapshot; all are published */
  readonly columns: readonly string[]
  /** SQL: which rows the snapshot needs; `place` must return `undefined` for all others */
  readonly where?: string
  readonly id: (tuple: Tuple) => string
  /** @returns `undefined` when the row stands in no scope (a closed case, an inactive facility) */
  readonly place: (tuple: Tuple) => PlacedRow | undefined
}

export const number = (text: string | null | undefined): number | null => (text == null ? null : Number(text))

/** PostgreSQL's `2021-11-11 08:00:00.5+00` (the feed's sessions are set to UTC) as ms since 1970. */
export function timestampMs(text: string | null | undefined): number | null {
  return text == null ? null : Date.parse(`${text.replace(' ', 'T').replace(/[+-]\d\d(?::?\d\d)?$/, '')}Z`)
}
