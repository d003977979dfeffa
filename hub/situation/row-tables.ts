import type { Scope } from '../contract/live/scopes.ts'
import { provinceOf } from '../contract/vocabulary/areas.ts'
import { BOARD_TABLES } from './board-rows.ts'
import type { Tuple } from './change.ts'
import { number, type RowTable, timestampMs } from './row-table.ts'

export type { PlacedRow, RowTable } from './row-table.ts'
export { timestampMs } from './row-table.ts'

const provinceScope = (tuple: Tuple): readonly Scope[] => [`province:${provinceOf(tuple.district ?? '')}`]

export const ROW_TABLES: readonly RowTable[] = [
  {
    table: 'operation',
    kind: 'operation',
    columns: ['id', 'day', 'kind', 'title_th', 'title_en'],
    texts: { title_th: 4, title_en: 5 },
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
    texts: { name_th: 4, name_en: 5 },
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
  ...BOARD_TABLES,
]
