import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Recorded } from '../api/record.ts'
import {
  advance,
  advanceRecord,
  dueRecords,
  forgettable,
  nextDueIn,
  type QueuedRecord,
  type QueueEvent,
  type QueueState,
  SAVED_LINES_MAX,
} from './queue.ts'

const answer = (likely: Recorded['likely'] = []): Recorded => ({
  kind: 'request',
  id: 7,
  case: 7,
  severity: 'red',
  likely,
})
const twin = {
  case: 3,
  reason: 'same_phone',
  place: '500101',
  severity: 'red',
  stage: 'reported',
  reportedAt: 1,
} as const
const refusal = { status: 422, code: 'invalid_input', message: 'wrong', fields: [] }
const waiting: QueueState = { kind: 'waiting', tries: 0, notBefore: 0, why: 'new' }
const sending: QueueState = { kind: 'sending', tries: 2, since: 5 }

function record(key: string, state: QueueState, madeAt = 0): QueuedRecord {
  const body = { kind: 'dose', place: { area: '5001' }, dose: 1, group: 'general', sourceAt: '2021-11-11' } as const
  return { key, account: 'a', kind: 'dose', body, title: 'Somebody', madeAt, state }
}

const events: fc.Arbitrary<QueueEvent> = fc.oneof(
  fc.record({ type: fc.constant('send' as const), now: fc.nat() }),
  fc.constant({ type: 'abandoned' as const }),
  fc.record({
    type: fc.constant('unreached' as const),
    notBefore: fc.nat(),
    why: fc.constantFrom('unreachable' as const, 'busy' as const, 'signed_out' as const),
  }),
  fc.record({
    type: fc.constant('saved' as const),
    now: fc.nat(),
    answer: fc.constantFrom(answer(), answer([twin])),
  }),
  fc.record({ type: fc.constant('refused' as const), now: fc.nat(), refusal: fc.constant(refusal) }),
  fc.constant({ type: 'wake' as const }),
  fc.constant({ type: 'keep_both' as const }),
)

describe('advance', () => {
  test('a record that could not be delivered waits, and counts the tries', () => {
    expect(advance(sending, { type: 'unreached', notBefore: 99, why: 'unreachable' })).toEqual({
      kind: 'waiting',
      tries: 3,
      notBefore: 99,
      why: 'unreachable',
    })
  })

  test('a tab that died while it was sending leaves a record that is due at once', () => {
    expect(advance(sending, { type: 'abandoned' })).toMatchObject({ kind: 'waiting', notBefore: 0, tries: 2 })
  })

  test('a sent record keeps the number it has at the hub', () => {
    expect(advance(sending, { type: 'saved', now: 9, answer: answer([]) })).toMatchObject({
      kind: 'saved',
      made: expect.any(Number),
    })
  })

  test('saved with likely duplicates is a conflict until somebody has looked', () => {
    const conflict = advance(sending, { type: 'saved', now: 9, answer: answer([twin]) })
    expect(conflict).toEqual({ kind: 'conflict', at: 9, case: 7, likely: [twin] })
    expect(advance(conflict, { type: 'keep_both' })).toEqual({ kind: 'saved', at: 9, case: 7 })
  })

  test('what the hub has taken or refused is never sent again, whatever comes later', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), (sequence) => {
        let state: QueueState = waiting
        let ended = false
        for (const event of sequence) {
          state = advance(state, event)
          if (ended) expect(['waiting', 'sending']).not.toContain(state.kind)
          ended ||= state.kind === 'saved' || state.kind === 'conflict' || state.kind === 'refused'
        }
      }),
    )
  })
})

describe('advanceRecord', () => {
  test('nothing personal stays on the phone once the hub has the record', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), (sequence) => {
        const end = sequence.reduce(advanceRecord, record('k', waiting))
        const taken = end.state.kind === 'saved' || end.state.kind === 'conflict'
        expect({ body: end.body === null, title: end.title === '' }).toEqual({ body: taken, title: taken })
      }),
    )
  })
})

describe('what is due', () => {
  const at = (notBefore: number): QueueState => ({ kind: 'waiting', tries: 1, notBefore, why: 'busy' })

  test('the oldest first, and no more than asked for', () => {
    const records = [record('c', at(0), 3), record('a', at(0), 1), record('later', at(50), 0), record('b', at(0), 2)]
    expect(dueRecords(records, 10, 2).map(({ key }) => key)).toEqual(['a', 'b'])
  })

  test('the next look is when the first one is due', () => {
    expect(nextDueIn([record('a', at(80)), record('b', at(50)), record('c', sending)], 10)).toBe(40)
    expect(nextDueIn([record('a', { kind: 'saved', at: 1, case: null })], 10)).toBeUndefined()
  })

  test('lines about saved records make room, conflicts do not', () => {
    const saved = Array.from({ length: SAVED_LINES_MAX + 2 }, (_, at) =>
      record(`s${at}`, { kind: 'saved', at, case: null }),
    )
    const conflict = record('x', { kind: 'conflict', at: -1, case: 1, likely: [twin] })
    expect(forgettable([conflict, ...saved]).map(({ key }) => key)).toEqual(['s1', 's0'])
  })
})
