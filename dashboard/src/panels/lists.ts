import type { CareKind } from '../../../hub/contract/indicators/cells.ts'
import type { Action } from '../../../hub/contract/vocabulary/actions.ts'
import type { BedLevel } from '../../../hub/contract/vocabulary/beds.ts'
import type { Metric, ReportMetric } from '../../../hub/contract/vocabulary/metrics.ts'
import type { Choice, Indicator } from './indicators.ts'

/** A number on a screen: a metric, or the sum of all that begin so. `doses.points`: doses by vaccination site. */
export type ListMetric =
  | Exclude<Metric, ReportMetric>
  | 'waiting'
  | 'unclaimed'
  | 'uncontacted'
  | 'claims'
  | 'sites'
  | 'sites.late'
  | 'care'
  | `care.${CareKind}`
  | 'doses'
  | 'doses.total'
  | 'doses.points'
  | 'tests'
  | 'positive'

/** What stands in the list behind a number. */
export type ListKind = 'cases' | 'reports' | 'facilities'

const BY_STEM: Readonly<Record<string, ListKind>> = {
  beds: 'facilities',
  occupied: 'facilities',
  sites: 'facilities',
  corrected: 'reports',
  late: 'reports',
  doses: 'reports',
  tests: 'reports',
  positive: 'reports',
}

export function listKind(metric: string): ListKind {
  if (metric === 'doses.points') return 'facilities'
  return BY_STEM[metric.split('.', 1)[0] ?? ''] ?? 'cases'
}

/** The action of the authorisation table that opens a list. */
export const LIST_ACTIONS: Readonly<Record<ListKind, Action>> = {
  cases: 'case.read',
  reports: 'report.read',
  facilities: 'report.read',
}

/** `day`: for a metric of days, `YYYY-MM-DD`; `days`: how many end with it. */
export type Listed = {
  readonly metric: ListMetric
  readonly area: string
  readonly day?: string | undefined
  readonly days?: number | undefined
  /** of a list of cases; newest first unless said */
  readonly order?: 'longest' | undefined
}

export function listHref({ metric, area, day, days, order }: Listed): string {
  const query = new URLSearchParams({ area, metric })
  if (day !== undefined) query.set('day', day)
  if (days !== undefined && days > 1) query.set('days', String(days))
  if (order !== undefined) query.set('order', order)
  return `/list?${query}`
}

const WEEK_DAYS = 7
const VALUE: Readonly<Record<Indicator, (level: BedLevel) => ListMetric>> = {
  incidence: () => 'cases',
  occupancy: (level) => `beds.occupied.${level}`,
  waiting: () => 'waiting',
  doses: () => 'doses',
}

/** What a ranked or mapped value counts; `count` is the number beside it: of beds, those that are free. */
export function indicatorList({ indicator, level }: Choice, today: string, which: 'value' | 'count') {
  const flow = indicator === 'incidence' || indicator === 'doses'
  const metric: ListMetric =
    indicator === 'occupancy' && which === 'count' ? `beds.available.${level}` : VALUE[indicator](level)
  return { metric, ...(flow && { day: today, days: WEEK_DAYS }) }
}
