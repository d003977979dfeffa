import { expect, test } from 'vitest'
import type { Need } from '../api/cases.ts'
import type { BoardNeed } from './board.ts'
import { answerTo, askerOf } from './createNeedWork.ts'

const offered: BoardNeed = {
  id: 1,
  caseId: 1,
  kind: 'bed',
  status: 'claimed',
  freed: null,
  openedAt: 0,
  holder: 'Rescue 1',
  claimedAt: 0,
  leaseUntil: 0,
  askedAt: null,
  offeredTo: 'Rescue 2',
  holderKey: 'me',
  offeredKey: 'other',
}

test('what became of an offer is said to who made it', () => {
  const declined = { ...offered, offeredTo: null, offeredKey: null }
  const taken = { ...declined, holder: 'Rescue 2', holderKey: 'other' }
  expect(answerTo(offered, declined, 'me')).toBe('declined')
  expect(answerTo(offered, taken, 'me')).toBe('taken')
  expect(answerTo(offered, offered, 'me')).toBeUndefined()
  expect(answerTo(offered, declined, 'other')).toBeUndefined()
  expect(answerTo(offered, { ...declined, status: 'open', holder: null, holderKey: null }, 'me')).toBeUndefined()
  expect(answerTo(offered, undefined, 'me')).toBeUndefined()
})

test('a hand-over names who asks, and never offers to nobody or to who asked before', () => {
  const row: BoardNeed = { ...offered, offeredTo: null, offeredKey: null, askedAt: 2 }
  const known = { askedBy: 'Rescue 2', askedKey: 'other', askedAt: 2 } as Need
  expect(askerOf(known, row)).toEqual({ label: 'Rescue 2', key: 'other' })
  expect(askerOf(undefined, row)).toBeUndefined()
  expect(askerOf({ ...known, askedBy: null, askedKey: null, askedAt: null }, row)).toBeUndefined()
  expect(askerOf(known, { ...row, askedAt: 3 })).toBeUndefined()
})
