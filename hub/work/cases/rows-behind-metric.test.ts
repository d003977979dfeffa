import { expect, it } from 'vitest'
import { DAY_METRICS, STOCK_METRICS } from '../../contract/vocabulary/metrics.ts'
import { STAGES } from '../../contract/vocabulary/stages.ts'
import { CASE_STAGES, COUNTED, UNDER_WAY_STAGES } from '../../situation/counted.ts'
import { rowsBehindMetric } from './rows-behind-metric.ts'
import { hasEnded } from './stage.ts'

const NOW = { outcome: ['none'], stage: UNDER_WAY_STAGES }

it.each([...DAY_METRICS, ...STOCK_METRICS])('%s opens the list of what it counts', (metric) => {
  const found = rowsBehindMetric(metric)
  expect(found).toBeDefined()
  expect(COUNTED.map(({ table }) => table)).toContain(found?.table)
})

it('filters by the metric’s own words', () => {
  expect(rowsBehindMetric('waiting.red')).toEqual({
    table: 'cases',
    where: { waiting: ['t'], severity: ['red'] },
    day: undefined,
    amount: undefined,
  })
  expect(rowsBehindMetric('unclaimed.red')).toMatchObject({
    table: 'cases',
    where: { unclaimed: ['t'], severity: ['red'] },
  })
  expect(rowsBehindMetric('deaths')).toMatchObject({ table: 'cases', day: 'outcome_day', where: { outcome: ['died'] } })
  expect(rowsBehindMetric('deaths.total')).toMatchObject({ table: 'cases', day: undefined })
  expect(rowsBehindMetric('doses.late')).toEqual({
    table: 'vaccinations',
    where: { kind: ['late'] },
    day: 'day',
    amount: 'doses',
  })
  expect(rowsBehindMetric('doses.total.1')).toMatchObject({
    table: 'vaccinations',
    where: { dose: ['1'] },
    day: undefined,
  })
  expect(rowsBehindMetric('needs.bed.open')).toMatchObject({
    table: 'needs',
    where: { kind: ['bed'], status: ['open'] },
  })
  expect(rowsBehindMetric('beds.available.2.1')).toMatchObject({ table: 'beds', where: { level: ['2.1'] } })
})

it('takes a metric that ends early for the sum of all that begin so', () => {
  expect(rowsBehindMetric('waiting')?.where).toEqual({ waiting: ['t'] })
  expect(rowsBehindMetric('care')?.where).toEqual({
    care_place: ['hi', 'ci', 'field', 'hospitel', 'hospital'],
    ...NOW,
  })
  expect(rowsBehindMetric('care.hospital')?.where).toEqual({ care_place: ['hospital'], ...NOW })
  expect(rowsBehindMetric('needs.bed')?.where).toEqual({ kind: ['bed'], status: ['open', 'claimed', 'in_progress'] })
  expect(rowsBehindMetric('doses')).toEqual({ table: 'vaccinations', where: {}, day: 'day', amount: 'doses' })
  expect(rowsBehindMetric('doses.total')).toEqual({ table: 'vaccinations', where: {}, day: undefined, amount: 'doses' })
  expect(rowsBehindMetric('positive')).toEqual({ table: 'tests', where: {}, day: 'day', amount: 'positive' })
})

it.each(['', 'cases.', 'cases.red', 'waiting.', 'care..red', 'care.garden', 'needs.bed.closed', 'doses.', 'x'])(
  '%j is no metric',
  (metric) => {
    expect(rowsBehindMetric(metric)).toBeUndefined()
  },
)

it('counts every stage a case can be in, but whoever has ended waits for nothing', () => {
  expect(UNDER_WAY_STAGES).toEqual(STAGES.filter((stage) => !hasEnded(stage)))
  expect([...CASE_STAGES, 'duplicate', 'invalid'].sort()).toEqual([...STAGES].sort())
})
