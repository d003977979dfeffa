import { expect, it } from 'vitest'
import { DEVICE_DAYS_MAX, sourceTime } from './source-time.ts'

const NOW = Date.UTC(2026, 10, 29, 5)
const DAY_MS = 86_400_000

it('a device whose clock is in 2019 counts as now, and what it said is kept', () => {
  const given = Date.UTC(2019, 0, 1)
  expect(sourceTime(given, NOW)).toEqual({ at: NOW, deviceAt: given })
})

it('what was recorded offline days ago keeps its time; a clock that is a little ahead is now', () => {
  expect(sourceTime(undefined, NOW)).toEqual({ at: NOW, deviceAt: undefined })
  const kept = NOW - DEVICE_DAYS_MAX * DAY_MS
  expect(sourceTime(kept, NOW)).toEqual({ at: kept, deviceAt: undefined })
  expect(sourceTime(NOW + 60_000, NOW)).toEqual({ at: NOW, deviceAt: undefined })
  expect(sourceTime(NOW + 400 * DAY_MS, NOW)).toEqual({ at: NOW, deviceAt: NOW + 400 * DAY_MS })
})
