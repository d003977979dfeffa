import type { CareKind } from '../../../hub/contract/indicators/cells.ts'
import type { IndicatorId } from '../../../hub/contract/indicators/index.ts'
import type { Options } from '../../../hub/contract/indicators/indicator.ts'
import type { Action } from '../../../hub/contract/vocabulary/actions.ts'
import type { BedLevel } from '../../../hub/contract/vocabulary/beds.ts'
import { addDays } from '../../../hub/contract/vocabulary/days.ts'
import type { DoseNumber } from '../../../hub/contract/vocabulary/doses.ts'
import type { Metric, ReportMetric, ResidentMetric } from '../../../hub/contract/vocabulary/metrics.ts'
import type { Choice, Indicator } from './indicators.ts'

/** A number on a screen: a metric, or the sum of all that begin so. `doses.points`: doses by vaccination site. */
export type ListMetric =
  | Exclude<Metric, ReportMetric | ResidentMetric>
  | 'waiting'
  | 'unclaimed'
  | 'uncontacted'
  | 'uncalled'
  | 'contact'
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
  stock: 'facilities',
  corrected: 'reports',
  late: 'reports',
  doses: 'reports',
  given: 'reports',
  planned: 'reports',
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

type Span = readonly [metric: ListMetric, days?: number, skip?: number]

/** `.red` of `waiting`, nothing where all are asked for. */
const dotted = (option: string | number | undefined): string => (option === undefined ? '' : `.${option}`)

/** What each number of the dictionary counts; `skip`: days before today with which its days end. */
const LISTED: Readonly<Record<IndicatorId, (asked: Options) => Span | undefined>> = {
  'cases.day': () => ['cases', 1],
  'cases.mean': () => ['cases', WEEK_DAYS, 1],
  'cases.week': () => ['cases', WEEK_DAYS],
  'cases.rate': () => ['cases', WEEK_DAYS],
  'cases.growth': () => ['cases', 2 * WEEK_DAYS, 1],
  'cases.surge': () => ['cases', WEEK_DAYS + 1],
  'cases.doubling': () => ['cases', 2 * WEEK_DAYS, 1],
  'cases.rt': () => ['cases', WEEK_DAYS + 4, 1],
  'cases.late': () => ['late.cases', 1],
  'cases.corrected': () => ['corrected.cases', 1],
  'deaths.day': () => ['deaths', 1],
  'deaths.total': () => ['deaths.total'],
  'deaths.late': () => ['late.deaths', 1],
  'deaths.corrected': () => ['corrected.deaths', 1],
  'beds.occupancy': ofLevel('occupied'),
  'beds.free': ofLevel('available'),
  'beds.staffed': ofLevel('staffed'),
  'beds.other': ofLevel('staffed'),
  'beds.full': ofLevel('available'),
  'beds.corrected': () => ['corrected.beds', 1],
  waiting: ({ severity }) => [`waiting${dotted(severity)}` as ListMetric],
  'waiting.red': () => ['waiting.red'],
  'waiting.rate': () => ['waiting'],
  'waiting.oldest': ({ severity }) => [`waiting${dotted(severity)}` as ListMetric],
  unclaimed: ({ severity }) => [`unclaimed${dotted(severity)}` as ListMetric],
  'unclaimed.red': () => ['unclaimed.red'],
  'unclaimed.oldest': ({ severity }) => [`unclaimed${dotted(severity)}` as ListMetric],
  'claim.median': () => ['claims', WEEK_DAYS],
  'claim.p90': () => ['claims', WEEK_DAYS],
  uncontacted: ({ severity }) => [`uncontacted${dotted(severity)}` as ListMetric],
  'uncontacted.oldest': () => ['uncontacted'],
  'contact.median': () => ['contact'],
  'contact.p90': () => ['contact'],
  uncalled: ({ severity }) => [`uncalled${dotted(severity)}` as ListMetric],
  'leases.lapsed': () => ['lapsed'],
  care: () => ['care'],
  'doses.day': ({ dose }) => [`doses${dotted(dose)}` as ListMetric, 1],
  'doses.week': () => ['doses', WEEK_DAYS],
  'doses.rate': () => ['doses', WEEK_DAYS],
  'doses.growth': () => ['doses', 2 * WEEK_DAYS, 1],
  'doses.group': ({ group }) => (group === undefined ? undefined : [`doses.group.${group}`, 1]),
  'doses.vaccine': ({ vaccine }) => (vaccine === undefined ? undefined : [`doses.vaccine.${vaccine}`, 1]),
  // Each plan of the day stands beside what was done of it.
  'doses.planned': () => ['planned', 1],
  'doses.achieved': () => ['planned', 1],
  'doses.late': () => ['doses.late', 1],
  'doses.corrected': () => ['doses.corrected', 1],
  'coverage.first': ofGroup(1),
  'coverage.second': ofGroup(2),
  'coverage.third': ofGroup(3),
  coverage: ({ dose }) => (dose === undefined ? undefined : [`doses.total.${dose}`]),
  'tests.day': ({ test }) => [`tests${dotted(test)}` as ListMetric, 1],
  positivity: ({ test }) => [`positive${dotted(test)}` as ListMetric, WEEK_DAYS],
  'stock.days': ({ item }) => (item === undefined ? undefined : [`stock.on_hand.${item}`]),
  'stock.short': ({ item }) => (item === undefined ? undefined : [`stock.short.${item}`]),
  // Who has not reported stands in the list of who is late.
  'reporting.cases': () => undefined,
  'reporting.deaths': () => undefined,
  'reporting.beds': ({ level }) => (level === undefined ? undefined : [`beds.late.${level}`]),
  'reporting.sites': ({ site }) => [`sites.late${dotted(site)}` as ListMetric],
}

function ofLevel(state: 'occupied' | 'available' | 'staffed') {
  return ({ level }: Options): Span | undefined => (level === undefined ? undefined : [`beds.${state}.${level}`])
}

function ofGroup(dose: DoseNumber) {
  return ({ knownGroup }: Options): Span | undefined =>
    knownGroup === undefined ? undefined : [`given.${knownGroup}.${dose}`]
}

/** The list of what a number of the dictionary counts; `undefined` where there is none. */
export function indicatorListed(id: IndicatorId, asked: Options, today: string): Omit<Listed, 'area'> | undefined {
  const [metric, days, skip = 0] = LISTED[id](asked) ?? []
  if (metric === undefined) return undefined
  return days === undefined ? { metric } : { metric, day: addDays(today, -skip), days }
}
