import { expect, test } from 'vitest'
import { FLOOD_MIN, isFlood } from './flood.ts'

test.each([
  ['few, on a day without any', { recent: FLOOD_MIN - 1, usual: 0 }, false],
  ['many, on a day without any', { recent: FLOOD_MIN, usual: 0 }, true],
  ['a bad day like the one before', { recent: 50, usual: 50 }, false],
  ['a day three times as bad', { recent: 150, usual: 50 }, false],
  ['at once four times as many', { recent: 200, usual: 50 }, true],
])('%s', (_, pressure, flood) => {
  expect(isFlood(pressure)).toBe(flood)
})
