import { expect, it } from 'vitest'
import type { Cells } from './cells.ts'
import { firstKnownDay, knownSince } from './first-day.ts'

const cells: Cells = (column, area) => (area === '50' && column === 'cases@2021-11-05' ? 3 : 0)

it('is the first day with data', () => {
  expect(firstKnownDay(cells, ['cases'], '50', '2021-11-11')).toBe('2021-11-05')
  expect(firstKnownDay(cells, ['cases'], '51', '2021-11-11')).toBeUndefined()
})

it('says whether a week is known from its first day on', () => {
  expect(knownSince('2021-11-05', '2021-11-11', 7)).toBe(true)
  expect(knownSince('2021-11-05', '2021-11-10', 7)).toBe(false)
  expect(knownSince(undefined, '2021-11-11', 1)).toBe(false)
})
