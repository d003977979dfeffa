import { describe, expect, it } from 'vitest'
import { ALERT_STATES, type AlertState, HELD_STATES, mayAnswer } from '../contract/vocabulary/alerts.ts'
import { ALERT_MOVES, type Answer, decideAnswer, NEXT, type Standing } from './machine.ts'

const NOW = 1_000_000_000
const MINUTE = 60_000
const me = { id: 'a', label: 'A 1' }
const held = { by: 'b', label: 'B 2', at: NOW - MINUTE }
const mine = { by: 'a', label: 'A 1', at: NOW - MINUTE }
const STANDING: Readonly<Record<AlertState, Standing>> = {
  raised: { state: 'raised', dueAt: NOW },
  suppressed: { state: 'suppressed' },
  escalated: { state: 'escalated' },
  acknowledged: { state: 'acknowledged', held },
  shelved: { state: 'shelved', held, until: NOW },
  cleared_unacknowledged: { state: 'cleared_unacknowledged' },
  cleared: { state: 'cleared' },
}
const decide = (standing: Standing, answer: Answer) => decideAnswer(standing, answer, me, { now: NOW, ackMinutes: 30 })
const after = (state: AlertState, answer: Answer) => {
  const decision = decide(STANDING[state], answer)
  return decision.ok ? decision.standing.state : decision.refusal
}

describe('an alert', () => {
  it.each([
    [
      { type: 'acknowledge' },
      ['acknowledged', 'acknowledged', 'acknowledged', 'alert_held', 'alert_held', 'cleared', 'alert_ended'],
    ],
    [
      { type: 'take_over' },
      [...Array<string>(3).fill('alert_free'), 'acknowledged', 'acknowledged', 'alert_free', 'alert_ended'],
    ],
    [
      { type: 'shelve', minutes: 30 },
      ['shelved', 'shelved', 'shelved', 'alert_held', 'alert_held', 'alert_over', 'alert_ended'],
    ],
    [
      { type: 'unshelve' },
      [...Array<string>(4).fill('alert_not_shelved'), 'raised', 'alert_not_shelved', 'alert_ended'],
    ],
  ] as const)('%o, from each state, when another has it', (answer, expected) => {
    const states = [
      'raised',
      'suppressed',
      'escalated',
      'acknowledged',
      'shelved',
      'cleared_unacknowledged',
      'cleared',
    ] as const
    expect(states.map((state) => after(state, answer))).toEqual(expected)
  })

  it('is shelved, and for longer, by who has it', () => {
    const shelved = {
      ok: true,
      standing: { state: 'shelved', held: { ...me, by: 'a', label: 'A 1', at: NOW }, until: NOW + 30 * MINUTE },
    }
    for (const standing of [
      { state: 'acknowledged', held: mine },
      { state: 'shelved', held: mine, until: NOW + MINUTE },
    ] as const) {
      expect(decide(standing, { type: 'shelve', minutes: 30 })).toMatchObject({
        ...shelved,
        standing: { ...shelved.standing, held: { by: 'a', label: 'A 1', at: NOW } },
      })
    }
  })

  it('that is acknowledged twice by the same says since when they have it', () => {
    expect(decide({ state: 'acknowledged', held: mine }, { type: 'acknowledge' })).toEqual({
      ok: false,
      refusal: 'alert_held',
      held: mine,
    })
  })

  it('stands as it did when who has it adds a word, and nobody else may', () => {
    const word = { type: 'acknowledge', says: true } as const
    const shelved = { state: 'shelved', held: mine, until: NOW + MINUTE } as const
    expect(decide({ state: 'acknowledged', held: mine }, word)).toEqual({
      ok: true,
      standing: { state: 'acknowledged', held: mine },
    })
    expect(decide(shelved, word)).toEqual({ ok: true, standing: shelved })
    expect(decide({ state: 'acknowledged', held }, word)).toMatchObject({ ok: false, refusal: 'alert_held' })
  })

  it('is taken over from another, and by nobody from themselves', () => {
    const taken = { ok: true, standing: { state: 'acknowledged', held: { by: 'a', label: 'A 1', at: NOW } } }
    expect(decide({ state: 'acknowledged', held }, { type: 'take_over' })).toEqual(taken)
    expect(decide({ state: 'shelved', held, until: NOW }, { type: 'take_over' })).toEqual(taken)
    expect(decide({ state: 'acknowledged', held: mine }, { type: 'take_over' })).toMatchObject({
      refusal: 'alert_held',
    })
  })

  it('of each state has a move of the hub out of it, and has none when it has ended', () => {
    const out = (state: AlertState) => ALERT_MOVES.filter((move) => NEXT[move][state] !== null)
    for (const state of ALERT_STATES.filter((one) => one !== 'cleared')) expect(out(state)).toContain('withdraw')
    expect(out('cleared')).toEqual([])
  })

  it('that somebody has ends without a further answer; an acknowledgement never outlives it', () => {
    for (const state of HELD_STATES) expect(NEXT.clear[state]).toBe('cleared')
    const states = Object.values(NEXT).flatMap((from) => [from.cleared_unacknowledged, from.cleared])
    expect(states).not.toContain('acknowledged')
  })
})

it('the owner answers, and who stands above; the administrator for the system alone', () => {
  expect(mayAnswer('governor', 'district_chief')).toBe(true)
  expect(mayAnswer('district_chief', 'governor')).toBe(false)
  expect(mayAnswer('national', 'administrator')).toBe(true)
  expect(mayAnswer('administrator', 'administrator')).toBe(true)
  expect(mayAnswer('administrator', 'bed_coordinator')).toBe(false)
  expect(mayAnswer('governor', 'administrator')).toBe(false)
  expect(mayAnswer('responder', 'bed_coordinator')).toBe(false)
})
