import { expect, it } from 'vitest'
import { type Cells, curve, knownCurve, series } from './cells.ts'
import { sinceFirst } from './known.ts'

const TODAY = '2021-11-30'
const drawn = (values: Readonly<Record<string, number>>, length = 30) => {
  const cells: Cells = (column) => values[column] ?? 0
  return knownCurve(curve(sinceFirst(series(cells, ['cases'], 'TH', TODAY, length)), TODAY))
}

it('begins at the first day that has data, and keeps the zeros after it', () => {
  const { days, values } = drawn({ 'cases@2021-11-21': 70, 'cases@2021-11-23': 7 })
  expect(days[0]).toBe('2021-11-21')
  expect(values.slice(0, 3)).toEqual([70, 0, 7])
  expect(days.at(-1)).toBe(TODAY)
})

it('has a mean from the seventh day on, and none of today', () => {
  const { mean } = drawn({ 'cases@2021-11-21': 70, 'cases@2021-11-23': 7 })
  expect(mean).toEqual([null, null, null, null, null, null, 11, 1, 1, null])
})

it('is as it was where data begins before it', () => {
  const all = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [`cases@2021-11-${String(i + 1).padStart(2, '0')}`, 7]),
  )
  const { values, mean } = drawn(all)
  expect(values).toHaveLength(30)
  expect(mean[6]).toBe(7)
})

it('of nothing is empty', () => {
  expect(drawn({})).toEqual({ days: [], values: [], mean: [] })
})
