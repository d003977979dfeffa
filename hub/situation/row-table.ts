import { type Reading, tableColumn } from '../contract/live/columns.ts'
import { columnsOf, type Row, type RowKind, type RowValue } from '../contract/live/rows.ts'
import type { Scope } from '../contract/live/scopes.ts'
import { accountKey } from './account-key.ts'
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
  /** words for people → where they stand in the row: an UPDATE that leaves a long one as it was does not bring it */
  readonly words: Readonly<Record<string, number>>
}

/** Where the rows of a kind come from and stand; their columns are those of ROWS. */
type Placement = {
  readonly table: string
  readonly kind: RowKind
  /** what `id`, `scopes` and `only` read, beside the columns of the row */
  readonly reads: readonly string[]
  /** rows with another value stand in no scope; without `values`, the column is a boolean */
  readonly only?: { readonly column: string; readonly values?: readonly string[] }
  readonly id?: (tuple: Tuple) => string
  readonly scopes: (tuple: Tuple) => readonly Scope[] | 'all'
}

export function rowTable({ table, kind, reads, only, id = ownId, scopes }: Placement): RowTable {
  const columns = columnsOf(kind).map(([name, column]) => ({ column, from: tableColumn(name, column) }))
  const shown = only === undefined ? undefined : (only.values ?? ['t'])
  const row = rowReader(kind)
  return {
    table,
    kind,
    columns: [...new Set([...reads, ...columns.map(({ from }) => from)])],
    ...(only && { where: condition(only) }),
    id,
    place(tuple) {
      if (only && !shown?.includes(tuple[only.column] ?? '')) return undefined
      return { scopes: scopes(tuple), row: row(id(tuple), tuple) }
    },
    words: Object.fromEntries(columns.flatMap(({ column, from }, i) => (column.words ? [[from, i + 2]] : []))),
  }
}

const ownId = (tuple: Tuple): string => tuple.id ?? ''

function condition({ column, values }: NonNullable<Placement['only']>): string {
  return values === undefined ? column : `${column} in (${values.map((value) => `'${value}'`).join(', ')})`
}

type Read = (text: string | null | undefined) => RowValue
const READ: Readonly<Record<Reading, Read>> = {
  text: (text) => text ?? null,
  number: (text) => (text == null ? null : Number(text)),
  flag: (text) => text === 't',
  ms: timestampMs,
  account: keyOf,
}

function rowReader(kind: RowKind): (id: string, tuple: Tuple) => Row {
  const columns = columnsOf(kind).map(([name, column]) => ({
    from: tableColumn(name, column),
    orFrom: column.orFrom,
    read: READ[column.as],
  }))
  return (id, tuple) => {
    const row: [RowKind, string, ...RowValue[]] = [kind, id]
    for (const { from, orFrom, read } of columns) {
      row.push(read(tuple[from] ?? (orFrom === undefined ? null : tuple[orFrom])))
    }
    return row
  }
}

/** Whether words of the row did not come with the change; their value is the one they had. */
export function lacksWords({ words }: RowTable, tuple: Tuple): boolean {
  for (const column in words) if (tuple[column] === undefined) return true
  return false
}

/** @returns `row` with the words of `former` that `tuple` lacks */
export function withFormerWords({ words }: RowTable, tuple: Tuple, row: Row, former: Row): Row {
  const [kind, id, ...values] = row
  for (const [column, at] of Object.entries(words)) {
    if (tuple[column] === undefined) values[at - 2] = former[at] ?? null
  }
  return [kind, id, ...values]
}

export function keyOf(account: string | null | undefined): string | null {
  return account == null ? null : accountKey(account)
}

/** PostgreSQL's `2021-11-11 08:00:00.5+00` (the feed's sessions are set to UTC). */
const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,3})\d*)?\+00$/

/** @returns ms since 1970 */
export function timestampMs(text: string | null | undefined): number | null {
  if (text == null) return null
  const [, year, month, day, hour, minute, second, ms = ''] = TIMESTAMP.exec(text) ?? []
  return Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(ms.padEnd(3, '0')),
  )
}
