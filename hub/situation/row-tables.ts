import type { Scope } from '../contract/live/scopes.ts'
import { LIVE_ALERT_STATES } from '../contract/vocabulary/alerts.ts'
import { NATION, provinceOf } from '../contract/vocabulary/areas.ts'
import { LIVE_OBJECTIVE_STATES, LIVE_PERIOD_STATES } from '../contract/vocabulary/period.ts'
import { BOARD_TABLES } from './board-rows.ts'
import type { Tuple } from './change.ts'
import { type RowTable, rowTable } from './row-table.ts'

export type { PlacedRow, RowTable } from './row-table.ts'
export { timestampMs } from './row-table.ts'

/** Buildings and beds are everyone's to see. */
const province = (tuple: Tuple): readonly Scope[] => {
  const code = provinceOf(tuple.district ?? '')
  return [`province:${code}`, `public:${code}`]
}

/** Where oxygen and vaccine lie is for those who work with it. */
const forAccounts = (tuple: Tuple): readonly Scope[] => [`province:${provinceOf(tuple.district ?? '')}`]

/** All alerts are in one scope, and those of a province in its own too. */
const alerts = ({ area = '' }: Tuple): readonly Scope[] =>
  area === null || area === NATION ? ['alerts'] : ['alerts', `alerts:${provinceOf(area)}`]
/** What is said in a district stands in its province's scope. */
const command = (tuple: Tuple): readonly Scope[] => [`command:${provinceOf(tuple.area ?? '')}`]

export const ROW_TABLES: readonly RowTable[] = [
  rowTable({ table: 'operation', kind: 'operation', reads: ['id'], scopes: () => 'all' }),
  rowTable({
    table: 'facilities',
    kind: 'facility',
    reads: ['id', 'active'],
    only: { column: 'active' },
    scopes: province,
  }),
  rowTable({
    table: 'beds',
    kind: 'beds',
    reads: ['district'],
    id: (t) => `${t.facility_id}.${t.level}`,
    scopes: province,
  }),
  rowTable({
    table: 'stock',
    kind: 'stock',
    reads: ['district'],
    id: (t) => `${t.facility_id}.${t.item}`,
    scopes: forAccounts,
  }),
  rowTable({
    table: 'care_units',
    kind: 'unit',
    reads: ['district'],
    id: (t) => `${t.facility_id}.${t.kind}`,
    scopes: forAccounts,
  }),
  rowTable({
    table: 'reconciliations',
    kind: 'reconciliation',
    reads: ['district'],
    id: (t) => `${t.facility_id}.${t.level}`,
    scopes: forAccounts,
  }),
  rowTable({
    table: 'oldest',
    kind: 'oldest',
    reads: [],
    id: (t) => `${t.area}.${t.measure}`,
    scopes: (t) => (t.area === NATION ? ['nation'] : ['nation', `province:${t.area}`]),
  }),
  rowTable({
    table: 'thresholds',
    kind: 'threshold',
    reads: ['indicator'],
    id: (t) => t.indicator ?? '',
    scopes: () => 'all',
  }),
  rowTable({ table: 'audit_head', kind: 'audit', reads: ['id'], scopes: () => 'all' }),
  rowTable({
    table: 'alerts',
    kind: 'alert',
    reads: ['id'],
    only: { column: 'state', values: LIVE_ALERT_STATES },
    scopes: alerts,
  }),
  rowTable({ table: 'alert_floods', kind: 'flood', reads: ['area'], id: (t) => t.area ?? '', scopes: alerts }),
  rowTable({
    table: 'periods',
    kind: 'period',
    reads: ['id'],
    only: { column: 'status', values: LIVE_PERIOD_STATES },
    scopes: command,
  }),
  rowTable({
    table: 'objectives',
    kind: 'objective',
    reads: ['id'],
    only: { column: 'state', values: LIVE_OBJECTIVE_STATES },
    scopes: command,
  }),
  rowTable({
    table: 'command_messages',
    kind: 'message',
    reads: ['id'],
    only: { column: 'state', values: ['live'] },
    scopes: command,
  }),
  rowTable({ table: 'command_marks', kind: 'logged', reads: ['area'], id: (t) => t.area ?? '', scopes: command }),
  rowTable({
    table: 'screen_orders',
    kind: 'order',
    reads: ['id', 'screen_id'],
    only: { column: 'state', values: ['live'] },
    scopes: (t) => [`screen:${t.screen_id}`],
  }),
  ...BOARD_TABLES,
]

export const ROWS_BY_TABLE: ReadonlyMap<string, RowTable> = new Map(ROW_TABLES.map((table) => [table.table, table]))
