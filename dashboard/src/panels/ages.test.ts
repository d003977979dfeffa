import { expect, it } from 'vitest'
import { countedAt, countTone, dayTone, oldestCount } from './ages.ts'

it('a facility with one level counted three days ago is three days old, however fresh the others are', () => {
  const now = Date.parse('2021-11-11T14:48:00Z')
  const old = now - 72 * 3_600_000
  const oldest = oldestCount([{ reportedAt: now }, { reportedAt: old }, { reportedAt: now - 60_000 }])
  expect(oldest).toBe(old)
  expect(countTone(now - (oldest ?? 0))).toBe('alarm')
})

it('a count of yesterday at the same hour is still of today’s round; one that missed a day is looked at', () => {
  expect(countTone(24 * 3_600_000)).toBe('normal')
  expect(countTone(27 * 3_600_000)).toBe('watch')
  expect(oldestCount([])).toBeNull()
})

it('an area of many parts is as old as the middle one of them; any other as its oldest count', () => {
  const counts: Readonly<Record<string, number>> = { '10': 50, '11': 1, '50': 40, TH: 1 }
  const oldestOf = (area: string) => counts[area] ?? null
  expect(countedAt('TH', ['10', '11', '50', '51'], oldestOf)).toBe(40)
  expect(countedAt('50', [], oldestOf)).toBe(40)
  expect(countedAt('51', ['5101'], oldestOf)).toBeNull()
  expect([0, 1, 2, 3].map(dayTone)).toEqual(['normal', 'watch', 'watch', 'alarm'])
})
