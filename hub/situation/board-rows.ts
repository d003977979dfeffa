import type { Scope } from '../contract/live/scopes.ts'
import { provinceOf } from '../contract/vocabulary/areas.ts'
import { LIVE_CALL_STATES } from '../contract/vocabulary/calls.ts'
import { LIVE_NEED_STATES } from '../contract/vocabulary/needs.ts'
import { LIVE_RESOURCE_STATES } from '../contract/vocabulary/resources.ts'
import { COMING_TRANSFER_STATES, LIVE_TRANSFER_STATES } from '../contract/vocabulary/transfers.ts'
import type { Tuple } from './change.ts'
import { keyOf, type RowTable, rowTable } from './row-table.ts'

/** One list for all rows of a province: a board holds tens of thousands. */
const BOARDS = new Map<string, readonly Scope[]>()
const board = ({ district }: Tuple): readonly Scope[] => {
  const province = provinceOf(district ?? '')
  const known = BOARDS.get(province)
  if (known) return known
  const scopes: readonly Scope[] = [`board:${province}`]
  BOARDS.set(province, scopes)
  return scopes
}
const COMING: readonly string[] = COMING_TRANSFER_STATES

/** The open cases of a province and their live needs: what responders claim from; transfers out of it and into it, and who looks. */
export const BOARD_TABLES: readonly RowTable[] = [
  rowTable({
    table: 'cases',
    kind: 'case',
    reads: ['id', 'on_board'],
    only: { column: 'on_board' },
    scopes: board,
  }),
  rowTable({
    table: 'needs',
    kind: 'need',
    reads: ['id', 'district'],
    only: { column: 'status', values: LIVE_NEED_STATES },
    scopes: board,
  }),
  rowTable({
    table: 'transfers',
    kind: 'transfer',
    reads: ['id'],
    only: { column: 'status', values: LIVE_TRANSFER_STATES },
    scopes: (t) => {
      const leaves = board(t)
      const leadsTo = t.to_district == null ? leaves : board({ district: t.to_district })
      const boards = leadsTo === leaves ? leaves : [...leaves, ...leadsTo]
      const comes = t.to_facility != null && COMING.includes(t.status ?? '')
      return comes ? [...boards, `facility:${t.to_facility}`] : boards
    },
  }),
  rowTable({
    table: 'resources',
    kind: 'resource',
    reads: ['id', 'district'],
    only: { column: 'status', values: LIVE_RESOURCE_STATES },
    scopes: board,
  }),
  rowTable({
    table: 'calls',
    kind: 'call',
    reads: ['id'],
    only: { column: 'state', values: LIVE_CALL_STATES },
    scopes: board,
  }),
  rowTable({
    table: 'presence',
    kind: 'presence',
    reads: ['district'],
    id: (t) => `${t.case_id}.${keyOf(t.account_id)}`,
    scopes: (t) => [...board(t), `presence:${t.case_id}`],
  }),
]
