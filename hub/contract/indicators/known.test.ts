import { describe, expect, it } from 'vitest'
import type { Cells } from './cells.ts'
import { knownDay, knownDays, knownSeries, sumKnown } from './known.ts'
import { sumBack } from './statistics.ts'

const TODAY = '2022-05-28'
const cellsOf =
  (cells: Readonly<Record<string, number>>): Cells =>
  (column, area) =>
    cells[`${column}|${area}`] ?? 0
const parts = [{ code: '10' }, { code: '11' }, { code: '12' }]

describe('cases that come by report', () => {
  const cells = cellsOf({
    // 10 reported zero, 11 left its cases blank and reported deaths, 12 reported nothing.
    'reported.cases@2022-05-27|10': 1,
    'reported.cases@2022-05-27|TH': 1,
    'deaths@2022-05-28|11': 2,
    'deaths@2022-05-28|TH': 2,
    'reported.deaths@2022-05-28|11': 1,
    'reported.deaths@2022-05-28|TH': 1,
  })

  it('zero that was reported is a number, blank is not', () => {
    expect(knownSeries(cells, 'cases', '10', TODAY, 3)).toEqual([null, 0, null])
    expect(knownSeries(cells, 'cases', '11', TODAY, 3)).toEqual([null, null, null])
    expect(knownSeries(cells, 'cases', 'TH', TODAY, 3)).toEqual([null, 0, null])
    expect(knownDay(cells, 'cases', 'TH', parts, '2022-05-27')).toEqual({ value: 0, reported: 1, of: 3 })
  })

  it('a day with deaths only has no number of new cases', () => {
    expect(knownDay(cells, 'cases', 'TH', parts, TODAY)).toEqual({ value: null, reported: 0, of: 3 })
    expect(knownDay(cells, 'deaths', 'TH', parts, TODAY)).toEqual({ value: 2, reported: 1, of: 3 })
    expect([...knownDays(cells, 'cases', 'TH', TODAY, 14)]).toEqual([['2022-05-27', 0]])
  })

  it('a blank between two reported days stays one, and its week has no sum', () => {
    const holed = cellsOf({
      'cases@2022-05-26|10': 5,
      'reported.cases@2022-05-26|10': 1,
      'cases@2022-05-28|10': 3,
      'reported.cases@2022-05-28|10': 1,
    })
    expect(knownSeries(holed, 'cases', '10', TODAY, 3)).toEqual([5, null, 3])
    expect(sumBack(knownSeries(holed, 'cases', '10', TODAY, 3), 3)).toBeNull()
    expect(sumBack(knownSeries(holed, 'cases', '10', TODAY, 3), 1)).toBe(3)
    expect(sumKnown(knownSeries(holed, 'cases', '10', TODAY, 3))).toBe(8)
  })
})

describe('cases that are entered one by one', () => {
  const cells = cellsOf({ 'cases@2022-05-25|10': 2, 'cases@2022-05-27|10': 1 })

  it('a quiet day between two is a zero; before the first and after the last nothing is known', () => {
    expect(knownSeries(cells, 'cases', '10', TODAY, 5)).toEqual([null, 2, 0, 1, null])
  })

  it('whoever enters the cases enters the deaths', () => {
    expect(knownSeries(cells, 'deaths', '10', TODAY, 5)).toEqual([null, 0, 0, 0, null])
    expect(knownDay(cells, 'deaths', 'TH', parts, '2022-05-27')).toMatchObject({ reported: 1 })
  })
})

it('of a day that is no longer held by part, those count who said so', () => {
  const old = cellsOf({ 'cases@2022-03-01|TH': 90, 'reported.cases@2022-03-01|TH': 2 })
  expect(knownDay(old, 'cases', 'TH', parts, '2022-03-01')).toEqual({ value: 90, reported: 2, of: 3 })
  expect(sumKnown([null, null])).toBeNull()
})
