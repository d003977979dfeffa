import { expect, it } from 'vitest'
import { canBeTakenOver, endsSoon, inOrder, type Requested } from './requested.ts'

const NOW = 100_000_000
const HOUR = 3_600_000
const open: Requested = {
  ...{ id: 1, kind: 'oxygen', quantity: 2, urgent: false, place: '5001', status: 'open', requestedBy: 'CI 1' },
  ...{ requestedAt: NOW - HOUR, holder: null, holderKey: null, claimedAt: null },
}
const held = (id: number, holderKey: string, hours: number): Requested => ({
  ...open,
  ...{ id, status: 'claimed', holder: 'R', holderKey, claimedAt: NOW - hours * HOUR },
})

it('mine stand first, then what nobody has or has had too long, the urgent and the oldest before others', () => {
  const all = [
    held(5, 'other', 1),
    { ...open, id: 3, requestedAt: NOW - 2 * HOUR },
    { ...open, id: 2, urgent: true },
    held(1, 'me', 1),
    { ...held(4, 'other', 5), requestedAt: NOW },
  ]
  expect(inOrder(all, 'me', NOW).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5])
})

it('a claim may be taken over after four hours', () => {
  expect([3.99, 4].map((hours) => canBeTakenOver(held(1, 'other', hours), NOW))).toEqual([false, true])
  expect(canBeTakenOver(open, NOW)).toBe(false)
})

it('a claim that ends within half an hour warns its holder', () => {
  expect([3.4, 3.5].map((hours) => endsSoon(held(1, 'me', hours), NOW))).toEqual([false, true])
  expect(endsSoon(open, NOW)).toBe(false)
})
