import { expect, it } from 'vitest'
import type { RowObject } from '../../../../hub/contract/live/rows.ts'
import type { NeedKind } from '../../../../hub/contract/vocabulary/needs.ts'
import type { Severity } from '../../../../hub/contract/vocabulary/severity.ts'
import type { TransferStatus } from '../../../../hub/contract/vocabulary/transfers.ts'
import type { ListedTransfer } from '../../api/cases.ts'
import { stagesOf, waitingOf } from './stages.ts'

const transfer = (id: number, status: TransferStatus, severity: Severity, requestedAt: number): ListedTransfer => ({
  id,
  status,
  requestedAt,
  case: { severity, risk608: false, place: '500101' },
  caseId: id,
  district: '5001',
  level: '3',
  toFacility: null,
  toDistrict: null,
  to: null,
  bedHeld: false,
  heldUntil: null,
  rejectedReason: null,
  requestedBy: 'Rescue 1',
  requestedKey: null,
  updatedAt: requestedAt,
  steps: [],
})

it('every transfer under way stands in one stage, the most urgent and longest waiting first', () => {
  const all = [
    transfer(1, 'requested', 'green', 1),
    transfer(2, 'requested', 'red', 5),
    transfer(3, 'requested', 'red', 3),
    transfer(4, 'approved', 'yellow', 2),
    transfer(5, 'accepted', 'yellow', 9),
    transfer(6, 'transport', 'yellow', 8),
    transfer(7, 'en_route', 'yellow', 7),
  ]
  const { asked, toAccept, held, onTheRoad } = stagesOf(all, '50')
  expect([asked, toAccept, held, onTheRoad].map((stage) => stage.map(({ id }) => id))).toEqual([
    [3, 2, 1],
    [4],
    [6, 5],
    [7],
  ])
})

it('what comes from another province is to be accepted here, and is asked for there', () => {
  const across = { ...transfer(1, 'requested', 'red', 1), toFacility: 9, toDistrict: '5101' }
  const ids = (province: string) => {
    const { asked, toAccept } = stagesOf([across], province)
    return [asked, toAccept].map((stage) => stage.map(({ id }) => id))
  }
  expect(ids('50')).toEqual([[1], []])
  expect(ids('51')).toEqual([[], [1]])
})

it('waits who needs a bed and for whom nobody is asked: the most urgent first, by severity, 608 and time', () => {
  const row = (id: string, severity: Severity, risk608 = false, district = '5001'): RowObject<'case'> => ({
    id,
    district,
    place: `${district}01`,
    severity,
    risk608,
    classification: 'confirmed',
    stage: 'waiting',
    carePlace: 'waiting',
    reportedAt: 0,
    severityAt: 0,
    contactedAt: null,
    escalatedAt: null,
    heardAt: null,
    unverified: false,
  })
  const need = (caseId: string, openedAt: number, kind: NeedKind = 'bed'): RowObject<'need'> => ({
    id: `1${caseId}`,
    caseId,
    kind,
    status: 'open',
    freed: null,
    openedAt,
    holder: null,
    claimedAt: null,
    leaseUntil: null,
    askedAt: null,
    offeredTo: null,
    holderKey: null,
    offeredKey: null,
  })
  const cases = [
    row('1', 'green'),
    row('2', 'red'),
    row('3', 'red', true),
    row('4', 'red'),
    row('5', 'red'),
    row('6', 'yellow', false, '5002'),
    row('7', 'yellow'),
  ]
  const needs = [
    need('1', 1),
    need('2', 5),
    need('3', 9),
    need('4', 4),
    need('5', 1),
    need('6', 2),
    need('7', 1, 'food'),
  ]
  const moved: RowObject<'transfer'> = {
    id: '1',
    caseId: '5',
    district: '5001',
    status: 'requested',
    level: '3',
    facility: null,
    requestedAt: 1,
    updatedAt: 1,
    heldUntil: null,
    toDistrict: null,
  }
  const waiting = (area: string) => waitingOf({ cases, needs, transfers: [moved] }, area)
  expect(waiting('50').map(({ id, level }) => [id, level])).toEqual([
    [3, '3'],
    [4, '3'],
    [2, '3'],
    [6, '2.1'],
    [1, '0'],
  ])
  expect(waiting('5002').map(({ id }) => id)).toEqual([6])
})
