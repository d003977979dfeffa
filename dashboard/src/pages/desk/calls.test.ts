import { describe, expect, it } from 'vitest'
import { countsOf, holderOf, inOrder, type LiveCall } from './calls.ts'

const NOW = 1_000_000_000
const MINUTE = 60_000
const call = (id: string, over: Partial<LiveCall> = {}): LiveCall => ({
  ...{ id, district: '5001', state: 'owed', language: 'th', rangAt: NOW - 5 * MINUTE, dueAt: NOW + MINUTE, tries: 0 },
  ...{ holder: null, holderKey: null, leaseUntil: null },
  ...over,
})
const claimed = (id: string, holderKey: string, leaseUntil: number) =>
  call(id, { state: 'claimed', holder: 'H 1', holderKey, leaseUntil })

describe('the calls of a desk', () => {
  it('stand in the order in which they are worked: mine, ringing, owed for longest, another’s', () => {
    const calls = [
      claimed('1', 'other', NOW + MINUTE),
      call('2', { dueAt: NOW + 9 * MINUTE }),
      call('3', { dueAt: NOW - MINUTE }),
      call('4', { state: 'waiting', dueAt: null }),
      claimed('5', 'me', NOW + MINUTE),
    ]
    expect(inOrder(calls, 'me', NOW).map(({ id }) => id)).toEqual(['5', '4', '3', '2', '1'])
  })

  it('one whose claim has run out is nobody’s', () => {
    expect(holderOf(claimed('1', 'other', NOW + 1), NOW)).toBe('other')
    expect(holderOf(claimed('1', 'other', NOW), NOW)).toBeNull()
  })

  it('are counted: ringing, owed, and late from the minute they were due', () => {
    const calls = [
      call('1', { state: 'waiting', dueAt: null }),
      call('2', { dueAt: NOW }),
      call('3', { dueAt: NOW + 1 }),
    ]
    expect(countsOf(calls, NOW)).toEqual({ waiting: 1, owed: 2, overdue: 1 })
  })
})
