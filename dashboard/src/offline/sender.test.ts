import { describe, expect, test } from 'vitest'
import { ApiError } from '../api/http.ts'
import type { BatchResult, KeyedRecord } from '../api/record.ts'
import { advanceRecord, type QueuedRecord } from './queue.ts'
import { retryDelay } from './retry.ts'
import { createSender, type SenderDeps } from './sender.ts'

const ACCOUNT = 'account-1'

function queued(key: string, account = ACCOUNT): QueuedRecord {
  const body = { kind: 'dose', place: { area: '5001' }, dose: 1, group: 'general', sourceAt: '2021-11-11' } as const
  const state = { kind: 'waiting', tries: 0, notBefore: 0, why: 'new' } as const
  return { key, account, kind: 'dose', body, title: key, madeAt: 0, state }
}

const saved = (key: string): BatchResult => ({
  key,
  status: 201,
  body: { kind: 'dose', id: 1, case: null, severity: null, likely: [] },
  error: null,
})

/** A phone: records in memory, a clock that only moves when told, and a hub that answers as the test says. */
function phone(records: readonly QueuedRecord[], hub: (sent: readonly KeyedRecord[]) => readonly BatchResult[]) {
  const held = new Map(records.map((record) => [record.key, record]))
  const state = { now: 1_000, signedIn: ACCOUNT as string | null, timers: [] as { ms: number; task: () => void }[] }
  const sent: string[][] = []
  const deps: SenderDeps = {
    store: {
      list: async () => [...held.values()].filter((record) => record.account === ACCOUNT),
      async advance(events) {
        for (const [key, event] of events) {
          const record = held.get(key)
          if (record) held.set(key, advanceRecord(record, event))
        }
      },
    },
    whoIsSignedIn: async () => state.signedIn,
    async send(_account, batch) {
      sent.push(batch.map(({ key }) => key))
      return hub(batch)
    },
    now: () => state.now,
    random: () => 0,
    after(ms, task) {
      state.timers.push({ ms, task })
      return () => undefined
    },
    alone: (work) => work(),
    changed: () => undefined,
    broken(error) {
      throw error
    },
  }
  const kinds = () => Object.fromEntries([...held].map(([key, record]) => [key, record.state.kind]))
  return { sender: createSender(ACCOUNT, deps), state, sent, held, kinds }
}

describe('createSender', () => {
  test('everything that waits is sent, in batches, and is gone from the phone', async () => {
    const records = Array.from({ length: 45 }, (_, i) => queued(`r${i}`))
    const { sender, sent, held } = phone(records, (batch) => batch.map(({ key }) => saved(key)))
    await sender.flush()
    expect(sent.map((keys) => keys.length)).toEqual([20, 20, 5])
    expect([...held.values()].every(({ state, body }) => state.kind === 'saved' && body === null)).toBe(true)
  })

  test("somebody else is signed in: this account's records are not sent", async () => {
    const it = phone([queued('a')], (batch) => batch.map(({ key }) => saved(key)))
    it.state.signedIn = 'account-2'
    await it.sender.flush()
    expect(it.sent).toEqual([])
    expect(it.held.get('a')?.state).toMatchObject({ kind: 'waiting', why: 'signed_out' })
  })

  test('somebody else signs in between the question and the request: the records wait', async () => {
    const it = phone([queued('a')], () => {
      throw new ApiError(409, 'other_account', 'not yours')
    })
    await it.sender.flush()
    expect(it.held.get('a')?.state).toMatchObject({ kind: 'waiting', why: 'signed_out' })
  })

  test("another account's records are neither sent nor touched", async () => {
    const it = phone([queued('a'), queued('b', 'account-2')], (batch) => batch.map(({ key }) => saved(key)))
    await it.sender.flush()
    expect(it.sent).toEqual([['a']])
    expect(it.kinds()).toEqual({ a: 'saved', b: 'waiting' })
  })

  test('no network: they wait, and the same keys go out when it is back', async () => {
    let down = true
    const it = phone([queued('a'), queued('b')], (batch) => {
      if (down) throw new ApiError(0, 'unreachable', 'no answer')
      return batch.map(({ key }) => saved(key))
    })
    await it.sender.flush()
    expect(it.kinds()).toEqual({ a: 'waiting', b: 'waiting' })
    expect(it.state.timers.at(-1)?.ms).toBe(retryDelay(0, 0))
    down = false
    await it.sender.wake()
    expect(it.sent).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ])
    expect(it.kinds()).toEqual({ a: 'saved', b: 'saved' })
  })

  test('a tab was killed while it was sending: the record goes out again under its key', async () => {
    const stuck = { ...queued('a'), state: { kind: 'sending', tries: 0, since: 0 } as const }
    const it = phone([stuck], (batch) => batch.map(({ key }) => saved(key)))
    await it.sender.flush()
    expect(it.sent).toEqual([['a']])
    expect(it.kinds()).toEqual({ a: 'saved' })
  })

  test('one bad record: it is refused with the reason, the others are saved', async () => {
    const error = { code: 'invalid_input', message: 'wrong', details: [{ path: 'place.area', message: 'unknown' }] }
    const it = phone([queued('a'), queued('bad')], (batch) =>
      batch.map(({ key }) => (key === 'bad' ? { key, status: 422, body: null, error } : saved(key))),
    )
    await it.sender.flush()
    expect(it.kinds()).toEqual({ a: 'saved', bad: 'refused' })
    expect(it.held.get('bad')?.state).toMatchObject({ refusal: { fields: [{ path: 'place.area' }] } })
    expect(it.held.get('bad')?.body).not.toBeNull()
  })

  test('the hub refuses the whole request: one by one, so that only the culprit is refused', async () => {
    const it = phone([queued('a'), queued('bad'), queued('c')], (batch) => {
      if (batch.some(({ key }) => key === 'bad')) throw new ApiError(413, 'too_large', 'too large')
      return batch.map(({ key }) => saved(key))
    })
    await it.sender.flush()
    expect(it.kinds()).toEqual({ a: 'saved', bad: 'refused', c: 'saved' })
  })

  test('the hub says when to come again', async () => {
    const error = { code: 'too_many', message: 'wait', details: { seconds: 90 } }
    const it = phone([queued('a')], () => [{ key: 'a', status: 429, body: null, error }])
    await it.sender.flush()
    expect(it.held.get('a')?.state).toMatchObject({ kind: 'waiting', why: 'busy', notBefore: 91_000 })
  })

  test('a record the hub did not speak of is sent again', async () => {
    const it = phone([queued('a')], () => [])
    await it.sender.flush()
    expect(it.kinds()).toEqual({ a: 'waiting' })
  })
})

test('the delay doubles up to two minutes, and half of it is chance', () => {
  expect([0, 1, 2, 10].map((tries) => retryDelay(tries, 0))).toEqual([1_000, 2_000, 4_000, 60_000])
  expect(retryDelay(10, 0.999)).toBeLessThanOrEqual(120_000)
})
