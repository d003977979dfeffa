import { describe, expect, test } from 'vitest'
import { applyDelta, cellKey, emptyScope, type ScopeState } from '../../../hub/contract/live/apply.ts'
import type { Delta } from '../../../hub/contract/live/messages.ts'
import {
  ANSWER_TIMEOUT_MS,
  begin,
  COMMITS_MAX,
  createInbox,
  deniedCode,
  overdue,
  parseFrame,
  QUIET_PROOF_MS,
  RESYNC_EVERY_MS,
  receive,
  subscribeAll,
  takeFlush,
  wrongSince,
} from './inbox.ts'

/** A hub of one scope: `set` moves a cell and returns the delta, with a right sum. */
function hub() {
  const state: ScopeState = emptyScope('nation')
  const send = (from: number, to: number, c: Delta['c'], r: Delta['r'] = []): Delta => {
    const delta: Delta = { t: 'delta', s: 'nation', from, to, sum: 0, at: 1_000 + to, c, r, x: [] }
    applyDelta(state, delta)
    return { ...delta, sum: state.sum }
  }
  return { state, send }
}

const beat = { t: 'beat', now: 5_000, to: 10, live: true, lag: 0 } as const
const hello = { t: 'hello', v: 3, e: 'a', now: 0, tickMs: 100, beatMs: 1_000, paintMs: 1_000, build: 'x' } as const

function started() {
  const inbox = createInbox(['nation'])
  receive(inbox, hello, 0)
  const { send, state } = hub()
  expect(subscribeAll(inbox, 0)).toEqual([{ t: 'sub', s: 'nation', at: 0, e: 'a' }])
  receive(inbox, send(0, 10, [['waiting.red', 'TH', 3, '10', 2]]), 5)
  return { inbox, send, state }
}

describe('inbox', () => {
  test('the snapshot fills the scope, and its commits are not latencies', () => {
    const { inbox } = started()
    const [flush] = takeFlush(inbox)
    expect([...flush!.cells]).toEqual(['waiting.red|TH', 'waiting.red|10'])
    expect(flush!.state.cells.get(cellKey('waiting.red', 'TH'))).toBe(3)
    expect(flush!.commits).toEqual([])
    expect(takeFlush(inbox)).toEqual([])
  })

  test('several deltas make one flush with each key once', () => {
    const { inbox, send } = started()
    takeFlush(inbox)
    receive(inbox, send(10, 11, [['waiting.red', 'TH', 4]]), 6)
    receive(inbox, send(11, 12, [['waiting.red', 'TH', 5]]), 7)
    const [flush] = takeFlush(inbox)
    expect([...flush!.cells]).toEqual(['waiting.red|TH'])
    expect(flush!.commits).toEqual([1_011, 1_012])
    expect(inbox.verified).toBe(3)
  })

  test('[C8] asks about a scope that was silent for half a minute, once', () => {
    const { inbox, send } = started()
    expect(overdue(inbox, QUIET_PROOF_MS)).toEqual([])
    expect(overdue(inbox, 5 + QUIET_PROOF_MS)).toEqual([{ t: 'sub', s: 'nation', at: 10, e: 'a' }])
    expect(overdue(inbox, 6 + QUIET_PROOF_MS)).toEqual([])
    receive(inbox, send(10, 11, []), 50 + QUIET_PROOF_MS)
    expect(overdue(inbox, 60 + QUIET_PROOF_MS)).toEqual([])
    expect(inbox.verified).toBe(2)
  })

  test('a gap asks once for what is missing, from the position held', () => {
    const { inbox, send } = started()
    send(10, 11, [['waiting.red', 'TH', 4]])
    const late = send(11, 12, [['waiting.red', 'TH', 5]])
    expect(receive(inbox, late, 6)).toEqual([{ t: 'sub', s: 'nation', at: 10, e: 'a' }])
    expect(receive(inbox, late, 7)).toEqual([])
    expect(overdue(inbox, 6 + ANSWER_TIMEOUT_MS)).toEqual([{ t: 'sub', s: 'nation', at: 10, e: 'a' }])
  })

  test('a wrong sum is said, asks for a snapshot, is seen, and is over when the sum is right again', () => {
    const { inbox, send, state } = started()
    const wrong = { ...send(10, 11, [['waiting.red', 'TH', 4]]), sum: 1 }
    expect(receive(inbox, wrong, 2_000)).toEqual([
      { t: 'wrong', s: 'nation' },
      { t: 'sub', s: 'nation', at: 0, e: 'a' },
    ])
    expect(wrongSince(inbox)).toBe(2_000)
    expect(inbox.mismatches).toBe(1)
    const cells = [...state.cells].map(([key, value]) => [...key.split('|'), value])
    const answer = { ...send(11, 12, []), from: 0, c: cells }
    expect(inbox.wasWrong).toBeNull()
    expect(receive(inbox, answer, 2_300)).toEqual([{ t: 'wrong', s: 'nation', ms: 300 }])
    expect(inbox.wasWrong).toEqual({ until: 2_300, ms: 300 })
    expect(wrongSince(inbox)).toBeNull()
  })

  test('a hub whose sums stay wrong is asked at a steady rate, not at the speed of the wire', () => {
    const { inbox, send } = started()
    const wrong = { ...send(10, 11, [['waiting.red', 'TH', 4]]), sum: 1 }
    expect(receive(inbox, wrong, 2_000)).toHaveLength(2)
    expect(receive(inbox, { ...wrong, from: 0 }, 2_001)).toEqual([])
    expect(overdue(inbox, 2_002)).toEqual([])
    expect(overdue(inbox, 2_000 + RESYNC_EVERY_MS)).toHaveLength(2)
    expect(inbox.mismatches).toBe(1)
  })

  test('a frame that is no delta counts as a wrong sum', () => {
    const { inbox } = started()
    const odd = { t: 'delta', s: 'nation', from: 10, to: 11, sum: 0, at: 0, c: [[1, 2]], r: [], x: [] } as Delta
    expect(receive(inbox, odd, 3_000)).toHaveLength(2)
  })

  test('another database starts from nothing, and shows the old until the snapshot is here', () => {
    const { inbox } = started()
    receive(inbox, { ...hello, e: 'b' }, 9)
    expect(subscribeAll(inbox, 9)).toEqual([{ t: 'sub', s: 'nation', at: 0, e: 'b' }])
    expect(inbox.boxes.get('nation')!.state.cells.size).toBe(2)
  })

  test('a hidden tab keeps a limited number of commit times', () => {
    const { inbox, send } = started()
    for (let to = 11; to < 11 + 2 * COMMITS_MAX; to++) receive(inbox, send(to - 1, to, [['waiting.red', 'TH', to]]), to)
    expect(takeFlush(inbox)[0]!.commits).toHaveLength(COMMITS_MAX)
  })

  test('a denied scope is not asked for again', () => {
    const inbox = createInbox(['province:50'])
    subscribeAll(inbox, 0)
    receive(inbox, { t: 'deny', s: 'province:50', code: 'forbidden', message: 'no' }, 1)
    expect(overdue(inbox, 1 + ANSWER_TIMEOUT_MS)).toEqual([])
  })

  test('what was denied on a socket is not denied any more on the next one, until that says so', () => {
    const inbox = createInbox(['province:50'])
    receive(inbox, { t: 'deny', s: 'province:50', code: 'unauthenticated', message: 'no' }, 1)
    expect(deniedCode(inbox)).toBe('unauthenticated')
    receive(inbox, hello, 2)
    expect(deniedCode(inbox)).toBeNull()
  })

  test('[C3] the hub vouches by beats, and by deltas whose sum is right', () => {
    const { inbox, send } = started()
    receive(inbox, beat, 77)
    expect(inbox).toMatchObject({ beat, vouchedAt: 77 })
    receive(inbox, send(10, 11, [['waiting.red', 'TH', 1]]), 78)
    expect(inbox.vouchedAt).toBe(78)
    receive(inbox, { ...send(11, 12, [['waiting.red', 'TH', 2]]), sum: 1 }, 79)
    expect(inbox.vouchedAt).toBe(78)
  })
})

describe('parseFrame', () => {
  test('takes messages of the hub and nothing else', () => {
    expect(parseFrame(JSON.stringify(beat))).toEqual(beat)
    for (const text of ['', '{', 'null', '7', '[]', '{"t":"sub"}', '{"t":1}']) expect(parseFrame(text)).toBeUndefined()
  })
})

describe('a snapshot that came with the page', () => {
  const early = (epoch: string) => {
    const inbox = createInbox(['nation'])
    const { send } = hub()
    const delta = send(0, 10, [['waiting.red', 'TH', 3]])
    begin(inbox, { epoch, delta }, 5)
    return { inbox, send, delta }
  }

  test('is shown before the link stands, vouched for by nobody, and its commits are not latencies', () => {
    const { inbox } = early('a')
    const [flush] = takeFlush(inbox)
    expect([flush!.state.position, [...flush!.cells], flush!.commits]).toEqual([10, ['waiting.red|TH'], []])
    expect([inbox.vouchedAt, inbox.verified, deniedCode(inbox)]).toEqual([null, 1, null])
  })

  test('is asked on from where it stands, and not fetched again', () => {
    const { inbox, send } = early('a')
    receive(inbox, hello, 6)
    expect(subscribeAll(inbox, 6)).toEqual([{ t: 'sub', s: 'nation', at: 10, e: 'a' }])
    receive(inbox, send(10, 12, [['waiting.red', 'TH', 4]]), 7)
    expect(takeFlush(inbox)[0]!.state.cells.get(cellKey('waiting.red', 'TH'))).toBe(4)
  })

  test('of another epoch counts for nothing: the whole is asked for', () => {
    const { inbox } = early('of a hub that is gone')
    receive(inbox, hello, 6)
    expect(subscribeAll(inbox, 6)).toEqual([{ t: 'sub', s: 'nation', at: 0, e: 'a' }])
  })

  test('with a wrong sum is asked for again', () => {
    const inbox = createInbox(['nation'])
    const { send } = hub()
    begin(inbox, { epoch: 'a', delta: { ...send(0, 10, [['waiting.red', 'TH', 3]]), sum: 1 } }, 5)
    receive(inbox, hello, 6)
    expect(wrongSince(inbox)).toBe(5)
    expect(subscribeAll(inbox, 6)).toEqual([{ t: 'sub', s: 'nation', at: 0, e: 'a' }])
  })
})
