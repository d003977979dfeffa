import { expect, test } from 'vitest'
import type { BoardNeed } from './board.ts'
import { answerTo } from './createNeedWork.ts'

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
