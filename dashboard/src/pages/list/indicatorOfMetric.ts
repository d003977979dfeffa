import { type IndicatorId, isIndicator } from '../../../../hub/contract/indicators/index.ts'

const BY_STATE: Readonly<Record<string, IndicatorId>> = {
  occupied: 'beds.occupancy',
  available: 'beds.free',
  staffed: 'beds.staffed',
}
const BY_DOSE: Readonly<Record<string, IndicatorId>> = {
  1: 'coverage.first',
  2: 'coverage.second',
  3: 'coverage.third',
}
const BY_METRIC: Readonly<Record<string, IndicatorId>> = {
  cases: 'cases.day',
  deaths: 'deaths.day',
  doses: 'doses.day',
  planned: 'doses.planned',
  tests: 'tests.day',
  positive: 'positivity',
  claims: 'claim.median',
  lapsed: 'leases.lapsed',
  'sites.late': 'reporting.sites',
  'late.cases': 'cases.late',
  'late.deaths': 'deaths.late',
  'corrected.cases': 'cases.corrected',
  'corrected.deaths': 'deaths.corrected',
  'corrected.beds': 'beds.corrected',
}

/** The number of the dictionary whose list this is; `undefined` where a list is of more than a number. */
export function indicatorOfMetric(metric: string): IndicatorId | undefined {
  const [stem = '', first = '', second = ''] = metric.split('.')
  if (stem === 'given') return BY_DOSE[second]
  if (stem === 'beds') return first === 'late' ? 'reporting.beds' : (BY_STATE[first] ?? 'beds.other')
  if (stem === 'stock') return first === 'short' ? 'stock.short' : 'stock.days'
  const known = BY_METRIC[metric]
  if (known) return known
  if (isIndicator(metric)) return metric
  if (isIndicator(stem)) return stem
  return BY_METRIC[stem]
}
