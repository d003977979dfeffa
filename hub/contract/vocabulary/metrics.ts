import { BED_LEVELS, BED_STATES } from './beds.ts'
import { CONTACT_AGES } from './contacts.ts'
import { DOSE_NUMBERS, KNOWN_GROUPS, TARGET_GROUPS, VACCINES } from './doses.ts'
import { FACILITY_KINDS } from './facilities.ts'
import { CLAIM_BUCKETS, LIVE_NEED_STATES, NEED_KINDS } from './needs.ts'
import { CARE_PLACES, SEVERITIES } from './severity.ts'
import { STOCK_ITEMS } from './stock.ts'

/**
 * What is counted, by name. A cell is `metric × area × (Bangkok day)`, its value an integer; an absent cell is 0, and of a flow
 * that provinces report (REPORTED_FLOWS) not known, unless they have said so.
 * Dimensions are part of the metric's name after a dot, e.g. `beds.available.2.1`, `waiting.red`, `doses.2`.
 */

/** Numbers of days whose corrections are counted, the sum of absolute differences; doses have corrections of their own. */
const REVISED_NUMBERS = ['cases', 'deaths', 'beds'] as const
const LATE_NUMBERS = ['cases', 'deaths'] as const

/** Metrics with a Bangkok day in their cells: flows, and of beds the end of each day. */
export const DAY_METRICS = [
  'cases',
  'deaths',
  'recovered',
  'tests.pcr',
  'tests.atk',
  'positive.pcr',
  'positive.atk',
  ...DOSE_NUMBERS.map((dose) => `doses.${dose}` as const),
  ...TARGET_GROUPS.map((group) => `doses.group.${group}` as const),
  ...VACCINES.map((vaccine) => `doses.vaccine.${vaccine}` as const),
  // Doses that were planned for the day.
  'planned',
  'doses.late',
  'doses.corrected',
  // Needs that somebody took for the first time that day, by how long they were open.
  ...CLAIM_BUCKETS.map((bucket) => `claims.${bucket}` as const),
  // Occupied beds at the end of the day; of the operation's day, now.
  ...BED_LEVELS.map((level) => `occupied.${level}` as const),
  // What was changed that day in numbers of earlier days, and what came that day for an earlier one.
  ...REVISED_NUMBERS.map((number) => `corrected.${number}` as const),
  ...LATE_NUMBERS.map((number) => `late.${number}` as const),
] as const

/** Flows of which a province says that it has reported them, be it zero. */
export const REPORTED_FLOWS = ['cases', 'deaths'] as const
export type ReportedFlow = (typeof REPORTED_FLOWS)[number]

/** How many provinces have reported a day's number, with its Bangkok day: without one, a number that is absent is not known. */
export const REPORT_METRICS = REPORTED_FLOWS.map((flow) => `reported.${flow}` as const)
export type ReportMetric = (typeof REPORT_METRICS)[number]

/** People of a target group who live there: given from outside, in no list. */
export const RESIDENT_METRICS = KNOWN_GROUPS.map((group) => `residents.${group}` as const)
export type ResidentMetric = (typeof RESIDENT_METRICS)[number]

/** Metrics without a day: stocks (what is so now) and totals since the beginning. */
export const STOCK_METRICS = [
  'cases.total',
  'deaths.total',
  ...DOSE_NUMBERS.map((dose) => `doses.total.${dose}` as const),
  // Doses ever given to a group, by number.
  ...KNOWN_GROUPS.flatMap((group) => DOSE_NUMBERS.map((dose) => `given.${group}.${dose}` as const)),
  ...SEVERITIES.map((severity) => `waiting.${severity}` as const),
  ...CARE_PLACES.filter((p) => p !== 'waiting' && p !== 'discharged' && p !== 'unknown').flatMap((place) =>
    SEVERITIES.map((severity) => `care.${place}.${severity}` as const),
  ),
  ...BED_STATES.flatMap((state) => BED_LEVELS.map((level) => `beds.${state}.${level}` as const)),
  ...NEED_KINDS.flatMap((kind) => LIVE_NEED_STATES.map((state) => `needs.${kind}.${state}` as const)),
  ...SEVERITIES.map((severity) => `unclaimed.${severity}` as const),
  // Under way, not in a hospital, and not contacted (or, never contacted, reported) for more than 48 h.
  ...SEVERITIES.map((severity) => `uncontacted.${severity}` as const),
  // Of the same, all of them, by how long nobody has reached them.
  ...CONTACT_AGES.map((age) => `contact.${age}` as const),
  // At home, in community isolation or waiting for a bed, and nobody has reached them since midnight in Bangkok.
  ...SEVERITIES.map((severity) => `uncalled.${severity}` as const),
  // Open needs whose last holder's lease ran out.
  'lapsed',
  // Active facilities; those with a count that is overdue; staffed beds whose count is.
  ...FACILITY_KINDS.map((kind) => `sites.${kind}` as const),
  ...FACILITY_KINDS.map((kind) => `sites.late.${kind}` as const),
  ...BED_LEVELS.map((level) => `beds.late.${level}` as const),
  // What sites have of what they use up, and use in a day; the sites that said so, whose count is overdue, or that run out.
  ...(['on_hand', 'per_day', 'sites', 'late', 'short'] as const).flatMap((part) =>
    STOCK_ITEMS.map((item) => `stock.${part}.${item}` as const),
  ),
] as const

export type DayMetric = (typeof DAY_METRICS)[number]
export type StockMetric = (typeof STOCK_METRICS)[number]
export type Metric = DayMetric | ReportMetric | ResidentMetric | StockMetric

/** Days of flow cells a scope holds for its own area: the wall's epidemic curve. */
export const DAYS_OWN = 120
/** Days of flow cells a scope holds for the areas inside it: this week and the week before. */
export const DAYS_INSIDE = 14

/** The column of a frame: a metric and, for a flow, its day. `cases@2021-11-11`, `waiting.red`. */
export type CellColumn = string

export function cellColumn(metric: Metric, day?: string): CellColumn {
  return day === undefined ? metric : `${metric}@${day}`
}

/** @returns the Bangkok day of a column as `YYYY-MM-DD`, or `undefined` for a stock. */
export function columnDay(column: CellColumn): string | undefined {
  const at = column.indexOf('@')
  return at < 0 ? undefined : column.slice(at + 1)
}
