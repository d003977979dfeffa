import type { Scope } from '../contract/live/scopes.ts'
import { provinceOf } from '../contract/vocabulary/areas.ts'
import { LIVE_NEED_STATES } from '../contract/vocabulary/needs.ts'
import { accountKey } from './account-key.ts'
import type { Tuple } from './change.ts'
import { number, type RowTable, timestampMs } from './row-table.ts'

const board = (tuple: Tuple): readonly Scope[] => [`board:${provinceOf(tuple.district ?? '')}`]
const keyOf = (account: string | null | undefined) => (account == null ? null : accountKey(account))
const LIVE: readonly string[] = LIVE_NEED_STATES

/** Who looks at a case; in the scope of the case, and on the board for its list. */
const PRESENCE_TABLE: RowTable = {
  table: 'presence',
  kind: 'presence',
  columns: ['case_id', 'account_id', 'district', 'label', 'until'],
  texts: { label: 4 },
  id: (t) => `${t.case_id}.${keyOf(t.account_id)}`,
  place: (t) => ({
    scopes: [...board(t), `presence:${t.case_id}`],
    row: [
      'presence',
      `${t.case_id}.${keyOf(t.account_id)}`,
      t.case_id ?? null,
      keyOf(t.account_id),
      t.label ?? null,
      timestampMs(t.until),
    ],
  }),
}

/** Known to the facility it leads to once approved. */
const COMES: readonly string[] = ['approved', 'accepted', 'transport', 'en_route']

/** Transfers under way: on the board of the place they leave, and at the facility they lead to. */
const TRANSFER_TABLE: RowTable = {
  table: 'transfers',
  kind: 'transfer',
  columns: ['id', 'case_id', 'district', 'status', 'level', 'to_facility', 'requested_at', 'updated_at'],
  where: `status in ('requested', 'approved', 'accepted', 'transport', 'en_route')`,
  id: (t) => t.id ?? '',
  place(t) {
    const comes = COMES.includes(t.status ?? '')
    if (!comes && t.status !== 'requested') return undefined
    return {
      scopes: comes && t.to_facility != null ? [...board(t), `facility:${t.to_facility}`] : board(t),
      row: [
        'transfer',
        t.id ?? '',
        t.case_id ?? null,
        t.district ?? null,
        t.status ?? null,
        t.level ?? null,
        number(t.to_facility),
        timestampMs(t.requested_at),
        timestampMs(t.updated_at),
      ],
    }
  },
}

/** The open cases of a province and their live needs: what responders claim from; and transfers out of it. */
export const BOARD_TABLES: readonly RowTable[] = [
  {
    table: 'cases',
    kind: 'case',
    columns: [
      'id',
      'district',
      'place',
      'severity',
      'risk608',
      'classification',
      'stage',
      'care_place',
      'reported_at',
      'severity_at',
      'contacted_at',
      'escalated_at',
      'heard_at',
      'on_board',
    ],
    where: 'on_board',
    id: (t) => t.id ?? '',
    place: (t) =>
      t.on_board !== 't'
        ? undefined
        : {
            scopes: board(t),
            row: [
              'case',
              t.id ?? '',
              t.district ?? null,
              t.place ?? t.district ?? null,
              t.severity ?? null,
              t.risk608 === 't',
              t.classification ?? null,
              t.stage ?? null,
              t.care_place ?? null,
              timestampMs(t.reported_at),
              timestampMs(t.severity_at),
              timestampMs(t.contacted_at),
              timestampMs(t.escalated_at),
              timestampMs(t.heard_at),
            ],
          },
  },
  {
    table: 'needs',
    kind: 'need',
    columns: [
      'id',
      'case_id',
      'district',
      'kind',
      'status',
      'freed',
      'opened_at',
      'claimed_by',
      'holder_label',
      'claimed_at',
      'lease_until',
      'asked_at',
      'offered_to',
      'offered_label',
    ],
    where: `status in ('open', 'claimed', 'in_progress')`,
    texts: { holder_label: 7, offered_label: 11 },
    id: (t) => t.id ?? '',
    place: (t) =>
      !LIVE.includes(t.status ?? '')
        ? undefined
        : {
            scopes: board(t),
            row: [
              'need',
              t.id ?? '',
              t.case_id ?? null,
              t.kind ?? null,
              t.status ?? null,
              t.freed ?? null,
              timestampMs(t.opened_at),
              t.holder_label ?? null,
              timestampMs(t.claimed_at),
              timestampMs(t.lease_until),
              timestampMs(t.asked_at),
              t.offered_label ?? null,
              keyOf(t.claimed_by),
              keyOf(t.offered_to),
            ],
          },
  },
  TRANSFER_TABLE,
  PRESENCE_TABLE,
]
