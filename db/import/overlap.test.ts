import { expect, test } from 'vitest'
import type { AreaDay, CaseAmounts } from './daily-cases.ts'
import { countedSince, overlaps } from './overlap.ts'

const row = (day: string, cases: number, days?: number, area = '50'): AreaDay<CaseAmounts> => ({
  area,
  day,
  amounts: { cases },
  ...(days === undefined ? {} : { days }),
})
const daily = Array.from({ length: 11 }, (_, i) => row(`2022-07-${String(i + 1).padStart(2, '0')}`, 10))
const weekly = ['2022-07-07', '2022-07-14', '2022-07-21'].map((day) => row(day, 70))

test("a week's number beside its days is found, by area and days", () => {
  const rows = countedSince(weekly, daily)
  expect(rows.map(({ days }) => days)).toEqual([7, 7, 7])
  expect(overlaps(rows, daily)).toEqual([
    { area: '50', day: '2022-07-07', days: 7, first: '2022-07-01', last: '2022-07-07' },
    { area: '50', day: '2022-07-14', days: 7, first: '2022-07-08', last: '2022-07-11' },
  ])
})

test('days beside the week that holds them are found too, also under the same report day', () => {
  const imported = countedSince(weekly, [])
  expect(overlaps([row('2022-07-13', 10)], imported)).toHaveLength(1)
  expect(overlaps([row('2022-07-14', 10)], imported)).toHaveLength(1)
  expect(overlaps([row('2022-06-30', 10), row('2022-07-22', 10)], imported)).toEqual([])
})

test('the same file again, the weeks that follow it, and another province or number are no overlap', () => {
  const imported = countedSince(weekly, [])
  expect(overlaps(countedSince(weekly, imported), imported)).toEqual([])
  const next = countedSince([row('2022-07-27', 60), row('2022-08-03', 70), row('2022-08-10', 70)], imported)
  expect(next.map(({ days }) => days)).toEqual([6, 7, 7])
  expect(overlaps(next, imported)).toEqual([])
  expect(overlaps([row('2022-07-13', 10, 1, '51')], imported)).toEqual([])
  expect(overlaps([{ area: '50', day: '2022-07-13', amounts: { deaths: 1 } }], imported)).toEqual([])
})

test('days beside days are never an overlap', () => {
  expect(overlaps(daily, daily)).toEqual([])
})
