import { expect, it } from 'vitest'
import type { Ranked } from '../../panels/readings.ts'
import { secondPlace } from './createSecond.ts'

const ranked = (...codes: string[]) =>
  codes.map((code, i) => ({ part: { code }, value: 9 - i, count: 1, place: i + 1 })) as unknown as readonly Ranked[]
const MINUTE_MS = 60_000

it('the worst place stays for ten minutes before another takes its place', () => {
  const first = secondPlace(undefined, ranked('95', '94'), undefined, 0)
  expect(first).toEqual({ place: '95', since: 0 })
  expect(secondPlace(undefined, ranked('94', '95'), first, 9 * MINUTE_MS)).toBe(first)
  expect(secondPlace(undefined, ranked('94', '95'), first, 10 * MINUTE_MS)).toEqual({
    place: '94',
    since: 10 * MINUTE_MS,
  })
  expect(secondPlace(undefined, [], undefined, 0)).toBeUndefined()
})

it('a place that was asked for stands at once; what is no province or region is not asked for', () => {
  expect(secondPlace('50', ranked('95'), undefined, 3)?.place).toBe('50')
  expect(secondPlace('R06', ranked('95'), undefined, 3)?.place).toBe('R06')
  for (const asked of ['99', 'H1', 'TH', '']) expect(secondPlace(asked, ranked('95'), undefined, 3)?.place).toBe('95')
})
