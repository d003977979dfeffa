import { expect, it } from 'vitest'
import { STOCK_METRICS } from '../vocabulary/metrics.ts'
import { countsPeople, publicValue } from './public-values.ts'

it.each([
  ['waiting.red', '5001', 0, 0],
  ['waiting.red', '5001', 1, 0],
  ['waiting.red', '5001', 4, 0],
  ['waiting.red', '5001', 5, 5],
  ['cases@2021-11-11', '5001', 13, 10],
  ['doses.corrected@2021-11-11', '5001', -3, -5],
  ['cases.total', '5000', 130, 0],
  ['beds.available.2.2', '5001', 3, 3],
  ['reported.cases@2021-11-11', '5000', 1, 1],
] as const)('[D9] %s of %s is %i, and %i in public', (column, district, value, shown) => {
  expect(publicValue(column, district, value)).toBe(shown)
})

it('counts people in every stock but those of beds and of facilities', () => {
  const others = STOCK_METRICS.filter((metric) => !countsPeople(metric))
  expect(others.filter((metric) => !/^(?:beds|sites|stock)\./.test(metric))).toEqual([])
  expect(countsPeople('anything.new')).toBe(true)
})
