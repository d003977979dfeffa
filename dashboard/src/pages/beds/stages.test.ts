import { expect, it } from 'vitest'
import type { Severity } from '../../../../hub/contract/vocabulary/severity.ts'
import type { TransferStatus } from '../../../../hub/contract/vocabulary/transfers.ts'
import type { ListedTransfer } from '../../api/cases.ts'
import { stagesOf } from './stages.ts'

const transfer = (id: number, status: TransferStatus, severity: Severity, requestedAt: number): ListedTransfer => ({
  id,
  status,
  requestedAt,
  case: { severity, risk608: false, place: '500101' },
  caseId: id,
  district: '5001',
  level: '3',
  toFacility: null,
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
  const { asked, toAccept, onTheRoad } = stagesOf(all)
  expect([asked, toAccept, onTheRoad].map((stage) => stage.map(({ id }) => id))).toEqual([[3, 2, 1], [4], [7, 6, 5]])
})
