import { describe, expect, it } from 'vitest'
import { type Call, type CallMove, decideCall, reported } from './call-rules.ts'

const NOW = 1_000_000_000
const MINUTE = 60_000
const RANG = NOW - 5 * MINUTE
const me = { id: 'me', label: 'H 1', supervises: false }
const owed = { dueAt: NOW + MINUTE, tries: 0 }
const claimed = (holder = 'other', leaseUntil = NOW + MINUTE): Call => ({
  ...{ state: 'claimed', holder, label: 'H 2', leaseUntil },
  ...owed,
})
const STATES: readonly Call[] = [
  { state: 'waiting' },
  { state: 'owed', ...owed },
  claimed(),
  claimed('me'),
  claimed('other', NOW),
  { state: 'ended', outcome: 'reached', tries: 0 },
]
const outcomeOf = (call: Call, move: CallMove, actor = me) => {
  const decision = decideCall(call, move, actor, { rangAt: RANG, now: NOW })
  return decision.ok ? decision.call.state : decision.refusal
}

describe('a call to the hotline', () => {
  it.each([
    [{ type: 'claim' }, ['claimed', 'claimed', 'already_claimed', 'claimed', 'claimed', 'call_ended']],
    [{ type: 'release' }, ['call_free', 'call_free', 'already_claimed', 'owed', 'call_free', 'call_ended']],
    [
      { type: 'end', result: 'reached' },
      ['call_free', 'call_free', 'already_claimed', 'ended', 'call_free', 'call_ended'],
    ],
  ] as const)('%j, from each state: ringing, owed, another’s, mine, run out, ended', (move, expected) => {
    expect(STATES.map((state) => outcomeOf(state, move))).toEqual(expected)
  })

  it('a supervisor ends in the place of who has it, and cannot take it from them', () => {
    const chief = { ...me, supervises: true }
    expect(outcomeOf(claimed(), { type: 'end', result: 'reached' }, chief)).toBe('ended')
    expect(outcomeOf(claimed(), { type: 'claim' }, chief)).toBe('already_claimed')
  })

  it('without an answer it is owed again after 15 minutes, then an hour, and ends at the third attempt', () => {
    const noAnswer = (tries: number) => {
      const decision = decideCall({ ...(claimed('me') as Extract<Call, { state: 'claimed' }>), tries }, END, me, {
        rangAt: RANG,
        now: NOW,
      })
      return decision.ok && decision.call
    }
    const END = { type: 'end', result: 'no_answer' } as const
    expect([0, 1, 2].map(noAnswer)).toEqual([
      { state: 'owed', dueAt: NOW + 15 * MINUTE, tries: 1 },
      { state: 'owed', dueAt: NOW + 60 * MINUTE, tries: 2 },
      { state: 'ended', outcome: 'no_answer', tries: 3 },
    ])
  })

  it('that was lost is called back within 30 minutes of when it rang, not of when that was told', () => {
    expect(reported(undefined, 'abandoned', RANG)).toEqual({ state: 'owed', dueAt: RANG + 30 * MINUTE, tries: 0 })
  })

  it('moves on as the exchange tells, and never back', () => {
    expect(reported({ state: 'waiting' }, 'answered', RANG)).toMatchObject({ state: 'ended', outcome: 'answered' })
    expect(reported({ state: 'waiting' }, 'abandoned', RANG)).toMatchObject({ state: 'owed' })
    for (const later of STATES.slice(1)) expect(reported(later, 'waiting', RANG)).toBe(later)
    expect(reported(claimed(), 'answered', RANG)).toEqual(claimed())
  })
})
