import { expect, it } from 'vitest'
import { type CurveLook, curveOption } from './curveOption.ts'

const look: CurveLook = {
  colours: { bar: 'bar', today: 'today', mean: 'mean', axis: 'axis', grid: 'grid', gap: 'gap' },
  fontSize: 12,
  fontFamily: '',
  height: 200,
  number: String,
  month: (day) => day,
  day: (day) => day,
}
const days = ['2021-11-08', '2021-11-09', '2021-11-10', '2021-11-11']

it('marks days that nobody, or not everybody, has reported over the whole height, and where it is counted otherwise with a line', () => {
  const { series } = curveOption(
    { days, values: [5, null, 7, 1], mean: [null, null, null, null] },
    {
      gaps: [{ from: '2021-11-09', to: '2021-11-09' }],
      partial: [{ from: '2021-11-10', to: '2021-11-10' }],
      sources: ['2021-11-11'],
    },
    look,
  ) as { series: { data: unknown[]; xAxisIndex?: number; itemStyle?: unknown }[] }
  const marks = series.filter(({ xAxisIndex }) => xAxisIndex !== undefined)
  expect(marks.map(({ data }) => data)).toEqual([
    [null, 1, 1, null],
    [null, null, null, 1],
  ])
  // A day without a number has no bar, of whatever height.
  expect(series.find(({ xAxisIndex, data }) => xAxisIndex === undefined && data[0] === 5)?.data[1]).toBeNull()
})
