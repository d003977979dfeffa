import { expect, test } from 'vitest'
import { addMark, lagMs, MARKS_MAX, type Mark, SILENCE_MS_MAX, whyNotLive } from './health.ts'

test('a feed is live while it streams and PostgreSQL was heard a moment ago', () => {
  expect(whyNotLive({ kind: 'streaming', heardAt: 1000 }, 1000 + SILENCE_MS_MAX - 1)).toBeNull()
  expect(whyNotLive({ kind: 'streaming', heardAt: 1000 }, 8500)).toBe('PostgreSQL has been silent for 7 s')
  expect(whyNotLive({ kind: 'broken', heardAt: 1000, error: 'wal_level is replica' }, 1001)).toBe(
    'wal_level is replica',
  )
  expect(whyNotLive({ kind: 'starting', heardAt: 0 }, 1)).toBe('the first snapshot is being taken')
})

test('the lag is the age of the oldest look that is not processed, whatever was looked at since', () => {
  let marks: readonly Mark[] = []
  for (const [written, at] of [
    [100, 0],
    [200, 5000],
    [300, 10_000],
  ] as const) {
    marks = addMark(marks, { written, at }, 90)
  }
  expect(lagMs(marks, 90, 12_000)).toBe(12_000)
  expect(lagMs(marks, 100, 12_000)).toBe(7000)
  expect(lagMs(marks, 299, 12_000)).toBe(2000)
  expect(lagMs(marks, 300, 12_000)).toBe(0)
})

test('a level feed keeps no mark, one that stands still a bounded number, the oldest among them', () => {
  expect(addMark([], { written: 100, at: 0 }, 100)).toEqual([])
  let marks: readonly Mark[] = []
  for (let i = 1; i <= MARKS_MAX + 10; i++) marks = addMark(marks, { written: i, at: i }, 0)
  expect(marks).toHaveLength(MARKS_MAX)
  expect(lagMs(marks, 0, 5001)).toBe(5000)
})
