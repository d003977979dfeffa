import { provinceOf } from '../wire/areas.ts'
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

const number = (text: string | null | undefined): number | null => (text == null ? null : Number(text))

/** PostgreSQL's `2021-11-11 08:00:00.5+00` (the feed's sessions are set to UTC) as ms since 1970. */
export function timestampMs(text: string | null | undefined): number | null {
  return text == null ? null : Date.parse(`${text.replace(' ', 'T').replace(/[+-]\d\d(?::?\d\d)?$/, '')}Z`)
}

const provinceScope = (tuple: Tuple): readonly Scope[] => [`province:${provinceOf(tuple.district ?? '')}`]

export const ROW_TABLES: readonly RowTable[] = [
  {
    table: 'operation',
    kind: 'operation',
    columns: ['id', 'day', 'kind', 'title_th', 'title_en'],
    id: (t) => t.id ?? '',
    place: (t) => ({
      scopes: 'all',
      row: ['operation', t.id ?? '', t.day ?? null, t.kind ?? null, t.title_th ?? '', t.title_en ?? ''],
    }),
  },
  {
    table: 'facilities',
    kind: 'facility',
    columns: ['id', 'district', 'kind', 'name_th', 'name_en', 'lat', 'lon', 'active', 'reported_at'],
    where: 'active',
    id: (t) => t.id ?? '',
    place: (t) =>
      t.active !== 't'
        ? undefined
        : {
            scopes: provinceScope(t),
            row: [
              'facility',
              t.id ?? '',
              t.kind ?? null,
              t.district ?? null,
              t.name_th ?? null,
              t.name_en ?? null,
              number(t.lat),
              number(t.lon),
              timestampMs(t.reported_at),
            ],
          },
  },
  {
    table: 'beds',
    kind: 'beds',
    columns: [
      'facility_id',
      'level',
      'district',
      'staffed',
      'available',
      'held',
      'occupied',
      'cleaning',
      'blocked',
      'reported_at',
    ],
    id: (t) => `${t.facility_id}.${t.level}`,
    place: (t) => ({
      scopes: provinceScope(t),
      row: [
        'beds',
        `${t.facility_id}.${t.level}`,
        number(t.facility_id),
        t.level ?? null,
        number(t.staffed),
        number(t.available),
        number(t.held),
        number(t.occupied),
        number(t.cleaning),
        number(t.blocked),
        timestampMs(t.reported_at),
      ],
    }),
  },
]
