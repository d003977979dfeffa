import { expect, it } from 'vitest'
import { COUNTED } from '../situation/counted.ts'
import { DAY_METRICS, STOCK_METRICS } from '../wire/metrics.ts'
import { behind } from './behind.ts'

it.each([...DAY_METRICS, ...STOCK_METRICS])('%s opens the list of what it counts', (metric) => {
  const found = behind(metric)
  expect(found).toBeDefined()
  expect(COUNTED.map(({ table }) => table)).toContain(found?.table)
})

it('filters by the metric’s own words', () => {
  expect(behind('waiting.red')).toEqual({
    table: 'cases',
    where: { care_place: ['waiting'], outcome: ['none'], severity: ['red'] },
    day: undefined,
  })
  expect(behind('deaths')).toMatchObject({ table: 'cases', day: 'outcome_day', where: { outcome: ['died'] } })
  expect(behind('deaths.total')).toMatchObject({ table: 'cases', day: undefined })
  expect(behind('doses.late')).toEqual({ table: 'vaccinations', where: { kind: ['late'] }, day: 'day' })
  expect(behind('doses.total.1')).toEqual({ table: 'vaccinations', where: { dose: ['1'] }, day: undefined })
  expect(behind('needs.bed.open')).toMatchObject({ table: 'needs', where: { kind: ['bed'], status: ['open'] } })
  expect(behind('beds.available.2.1')).toMatchObject({ table: 'beds', where: { level: ['2.1'] } })
})

it.each(['', 'cases.', 'cases.red', 'waiting', 'waiting.', 'needs.bed', 'needs.bed.closed', 'doses', 'x'])(
  '%j is no metric',
  (metric) => {
    expect(behind(metric)).toBeUndefined()
  },
)
