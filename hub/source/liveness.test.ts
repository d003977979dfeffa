import { describe, expect, test } from 'vitest'
import { retryDelayMs } from './backoff.ts'
import { evaluateLiveness, type LinkSigns } from './liveness.ts'

const LIMITS = { askAfterMs: 5_000, answerWithinMs: 15_000 }
const signs = (more: Partial<LinkSigns>): LinkSigns => ({
  now: 100_000,
  heardAt: 99_000,
  askedAt: null,
  checkedAt: 99_000,
  reading: true,
  ...more,
})

describe('the link', () => {
  test('heard lately is ok', () => {
    expect(evaluateLiveness(signs({}), LIMITS)).toBe('ok')
    expect(evaluateLiveness(signs({ heardAt: 95_001 }), LIMITS)).toBe('ok')
  })

  test('quiet for too long is asked', () => {
    expect(evaluateLiveness(signs({ heardAt: 95_000 }), LIMITS)).toBe('ask')
  })

  test('asked is given its time, then broken', () => {
    expect(evaluateLiveness(signs({ heardAt: 80_000, askedAt: 85_001 }), LIMITS)).toBe('ok')
    expect(evaluateLiveness(signs({ heardAt: 80_000, askedAt: 85_000 }), LIMITS)).toBe('broken')
  })

  test('silent while we do not read is ok: the silence is ours', () => {
    expect(evaluateLiveness(signs({ heardAt: 0, askedAt: 0, reading: false }), LIMITS)).toBe('ok')
  })

  test('judged much too late is asked again: an answer may lie unread after a sleep', () => {
    expect(evaluateLiveness(signs({ heardAt: 10_000, askedAt: 10_000, checkedAt: 15_000 }), LIMITS)).toBe('ask')
  })

  test('judged before the last time is asked: the clock was set back', () => {
    expect(evaluateLiveness(signs({ heardAt: 999_000, checkedAt: 999_000 }), LIMITS)).toBe('ask')
  })
})

describe('the wait before another attempt', () => {
  test('is none after a first failure, then doubles up to four seconds', () => {
    const waits = [0, 1, 2, 3, 4, 9, 10, 100, 1e9].map((failures) => retryDelayMs(failures, 1))
    expect(waits).toEqual([0, 0, 100, 200, 400, 4000, 4000, 4000, 4000])
  })

  test('is bounded by what is asked for', () => {
    expect([2, 5, 9, 1e9].map((failures) => retryDelayMs(failures, 1, 1000))).toEqual([100, 800, 1000, 1000])
  })

  test('is spread over its upper half', () => {
    expect(retryDelayMs(4, 0)).toBe(200)
    expect(retryDelayMs(4, 0.5)).toBe(300)
  })
})
