import { describe, expect, it } from 'vitest'
import { ROW_COLUMNS, rowObject } from '../contract/live/rows.ts'
import { accountKey } from './account-key.ts'
import { BOARD_TABLES } from './board-rows.ts'
import type { Tuple } from './change.ts'

const [cases, needs, transfers] = BOARD_TABLES
const caseTuple: Tuple = {
  id: '7',
  district: '5001',
  place: '500101',
  severity: 'red',
  risk608: 't',
  classification: 'probable',
  stage: 'reported',
  care_place: 'waiting',
  reported_at: '2021-11-11 02:00:00+00',
  severity_at: '2021-11-11 02:00:00+00',
  contacted_at: null,
  escalated_at: null,
  heard_at: '2021-11-11 03:00:00+00',
  unverified: 'f',
  on_board: 't',
}
const needTuple: Tuple = {
  id: '9',
  case_id: '7',
  district: '5001',
  kind: 'bed',
  status: 'claimed',
  freed: null,
  opened_at: '2021-11-11 02:00:00+00',
  claimed_by: '00000000-0000-4000-8000-000000000001',
  holder_label: 'Rescue 1',
  claimed_at: '2021-11-11 02:05:00+00',
  lease_until: '2021-11-11 02:20:00.5+00',
  asked_at: null,
  offered_to: null,
  offered_label: null,
}

describe('a board', () => {
  it('shows a case of its province in the columns of the wire, by sub-district', () => {
    const placed = cases?.place(caseTuple)
    expect(placed?.scopes).toEqual(['board:50'])
    expect(placed?.row).toHaveLength(2 + ROW_COLUMNS.case.length)
    expect(placed?.row.slice(0, 6)).toEqual(['case', '7', '5001', '500101', 'red', true])
    expect(placed && rowObject(placed.row)).toMatchObject({ heardAt: Date.parse('2021-11-11T03:00:00Z') })
    expect(cases?.place({ ...caseTuple, place: null })?.row[3]).toBe('5001')
  })

  it('loses a case that needs nothing any more', () => {
    expect(cases?.place({ ...caseTuple, on_board: 'f' })).toBeUndefined()
  })

  it('shows who holds a need, and loses it when it ends', () => {
    const placed = needs?.place(needTuple)
    expect(placed?.row).toHaveLength(2 + ROW_COLUMNS.need.length)
    expect(placed?.row).toContain('Rescue 1')
    expect(placed?.row.slice(-2)).toEqual([accountKey(needTuple.claimed_by ?? ''), null])
    expect(JSON.stringify(placed)).not.toContain(needTuple.claimed_by)
    expect(placed?.row).toContain(Date.parse('2021-11-11T02:20:00.500Z'))
    for (const status of ['fulfilled', 'transferred', 'closed']) {
      expect(needs?.place({ ...needTuple, status })).toBeUndefined()
    }
  })
})

describe('a transfer', () => {
  const tuple: Tuple = {
    id: '3',
    case_id: '7',
    district: '5001',
    status: 'requested',
    level: '3',
    to_facility: '12',
    requested_at: '2021-11-11 02:00:00+00',
    updated_at: '2021-11-11 02:00:00+00',
  }

  it('stands on the board it leaves, and is told to the facility once it is approved', () => {
    expect(transfers?.place(tuple)?.scopes).toEqual(['board:50'])
    expect(transfers?.place({ ...tuple, to_facility: null })?.scopes).toEqual(['board:50'])
    for (const status of ['approved', 'accepted', 'transport', 'en_route']) {
      expect(transfers?.place({ ...tuple, status })?.scopes).toEqual(['board:50', 'facility:12'])
    }
    expect(transfers?.place(tuple)?.row).toHaveLength(2 + ROW_COLUMNS.transfer.length)
  })

  it('stands on the board of the province it leads to as well, from the moment it is asked for', () => {
    expect(transfers?.place({ ...tuple, to_district: '5101' })?.scopes).toEqual(['board:50', 'board:51'])
    expect(transfers?.place({ ...tuple, to_district: '5009' })?.scopes).toEqual(['board:50'])
    expect(transfers?.place({ ...tuple, to_district: '5101', status: 'approved' })?.scopes).toEqual([
      'board:50',
      'board:51',
      'facility:12',
    ])
  })

  it('leaves both when it has ended', () => {
    for (const status of ['rejected', 'arrived', 'cancelled', 'died']) {
      expect(transfers?.place({ ...tuple, status })).toBeUndefined()
    }
  })
})
