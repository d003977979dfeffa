import type { Row, RowKind } from '../contract/live/rows.ts'
import type { Scope } from '../contract/live/scopes.ts'
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
  /** texts for people → where they stand in the row: an UPDATE that leaves a long one as it was does not bring it */
  readonly texts?: Readonly<Record<string, number>>
}

/** Whether a text of the row did not come with the change; its value is the one it had. */
export function lacksText({ texts }: RowTable, tuple: Tuple): boolean {
  for (const column in texts) if (tuple[column] === undefined) return true
  return false
}

/** @returns `row` with the texts of `former` that `tuple` lacks */
export function withFormerTexts({ texts = {} }: RowTable, tuple: Tuple, row: Row, former: Row): Row {
  const [kind, id, ...values] = row
  for (const [column, at] of Object.entries(texts)) {
    if (tuple[column] === undefined) values[at - 2] = former[at] ?? null
  }
  return [kind, id, ...values]
}

export const number = (text: string | null | undefined): number | null => (text == null ? null : Number(text))

/** PostgreSQL's `2021-11-11 08:00:00.5+00` (the feed's sessions are set to UTC) as ms since 1970. */
export function timestampMs(text: string | null | undefined): number | null {
  return text == null ? null : Date.parse(`${text.replace(' ', 'T').replace(/[+-]\d\d(?::?\d\d)?$/, '')}Z`)
}
