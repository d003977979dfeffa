import { expect, it } from 'vitest'
import { observeDay, type Pace } from './pace.ts'

const MINUTE_MS = 60_000
const seen = (...days: readonly (readonly [string, number])[]) =>
  days.reduce<Pace | undefined>((pace, [day, at]) => observeDay(pace, day, at), undefined)?.dayMs

it('a day that began and ended before the eyes of the screen says how long a day takes', () => {
  expect(seen(['2021-11-10', 0], ['2021-11-11', MINUTE_MS], ['2021-11-12', 3 * MINUTE_MS])).toBe(2 * MINUTE_MS)
})

it('the first change, a leap and a day of real length say nothing', () => {
  expect(seen(['2021-11-10', 0])).toBeNull()
  expect(seen(['2021-11-10', 0], ['2021-11-11', MINUTE_MS])).toBeNull()
  expect(seen(['2021-11-10', 0], ['2021-11-11', 1], ['2021-11-20', MINUTE_MS])).toBeNull()
  expect(seen(['2021-11-10', 0], ['2021-11-11', 1], ['2021-11-12', 86_400_000])).toBeNull()
})
