import { expect, test } from 'vitest'
import { looksCumulative } from './known-pitfalls.ts'

const series = (area: string, values: readonly (number | undefined)[]) =>
  values.map((value, i) => ({ area, day: `2022-06-${String(i + 1).padStart(2, '0')}`, value }))

test('a column that only rises looks cumulative, with a correction in it too', () => {
  const total = [1, 3, 3, 8, 9, 15, 16, 16, 20]
  expect(looksCumulative(series('50', total))).toEqual({ rising: 1, of: 1 })
  const corrected = Array.from({ length: 30 }, (_, i) => 100 + i * 5 - (i === 20 ? 40 : 0))
  expect(looksCumulative([...series('50', total), ...series('51', corrected)])).toEqual({ rising: 2, of: 2 })
})

test('days that rise and fall, that stand still, that are few or not reported do not', () => {
  expect(looksCumulative(series('50', [10, 12, 9, 15, 14, 20, 19, 25]))).toBeUndefined()
  expect(looksCumulative(series('50', new Array(11).fill(10)))).toBeUndefined()
  expect(looksCumulative(series('50', [1, 2, 4, 8, 16, 32]))).toBeUndefined()
  expect(looksCumulative(series('50', [undefined, 1, undefined, 2, undefined, 3, 4]))).toBeUndefined()
})

test('one growing province among those that fall does not make a column of totals', () => {
  const growing = series('50', [1, 2, 3, 5, 8, 13, 21])
  expect(looksCumulative([...growing, ...series('51', [3, 5, 2, 8, 1, 9, 4])])).toBeUndefined()
})
