/**
 * What is counted, by name. A cell is `metric × area × (Bangkok day)`, its value an integer; an absent cell is 0, and of a flow
 * that provinces report (REPORTED_FLOWS) not known, unless they have said so.
 * Dimensions are part of the metric's name after a dot, e.g. `beds.available.2.1`, `waiting.red`, `doses.2`.
 */

export const SEVERITIES = ['unknown', 'green', 'yellow', 'red'] as const
export type Severity = (typeof SEVERITIES)[number]

export const CARE_PLACES = ['unknown', 'waiting', 'hi', 'ci', 'field', 'hospitel', 'hospital', 'discharged'] as const
export type CarePlace = (typeof CARE_PLACES)[number]

export const BED_LEVELS = ['0', '1', '2.1', '2.2', '3'] as const
export type BedLevel = (typeof BED_LEVELS)[number]

export const BED_STATES = ['staffed', 'available', 'held', 'occupied', 'cleaning', 'blocked'] as const
export type BedState = (typeof BED_STATES)[number]

export const NEED_KINDS = ['bed', 'oxygen', 'medicine', 'food', 'transport', 'test', 'funeral'] as const
export type NeedKind = (typeof NEED_KINDS)[number]

/** The states of a need that is still to be met; only these are counted and stand on a board. */
export const LIVE_NEED_STATES = ['open', 'claimed', 'in_progress'] as const
export type LiveNeedState = (typeof LIVE_NEED_STATES)[number]

export const DOSE_NUMBERS = [1, 2, 3, 4] as const
export type DoseNumber = (typeof DOSE_NUMBERS)[number]

/** Metrics with a Bangkok day in their cells: flows. */
export const DAY_METRICS = [
  'cases',
  'deaths',
  'recovered',
  'tests.pcr',
  'tests.atk',
  'positive.pcr',
  'positive.atk',
  ...DOSE_NUMBERS.map((dose) => `doses.${dose}` as const),
  'doses.late',
  'doses.corrected',
] as const

/** Flows of which a province says that it has reported them, be it zero. */
export const REPORTED_FLOWS = ['cases', 'deaths'] as const
export type ReportedFlow = (typeof REPORTED_FLOWS)[number]

/** How many provinces have reported a day's number, with its Bangkok day: without one, a number that is absent is not known. */
export const REPORT_METRICS = REPORTED_FLOWS.map((flow) => `reported.${flow}` as const)
export type ReportMetric = (typeof REPORT_METRICS)[number]

/** Metrics without a day: stocks (what is so now) and totals since the beginning. */
export const STOCK_METRICS = [
  'cases.total',
  'deaths.total',
  ...DOSE_NUMBERS.map((dose) => `doses.total.${dose}` as const),
  ...SEVERITIES.map((severity) => `waiting.${severity}` as const),
  ...CARE_PLACES.filter((p) => p !== 'waiting' && p !== 'discharged' && p !== 'unknown').flatMap((place) =>
    SEVERITIES.map((severity) => `care.${place}.${severity}` as const),
  ),
  ...BED_STATES.flatMap((state) => BED_LEVELS.map((level) => `beds.${state}.${level}` as const)),
  ...NEED_KINDS.flatMap((kind) => LIVE_NEED_STATES.map((state) => `needs.${kind}.${state}` as const)),
  ...SEVERITIES.map((severity) => `unclaimed.${severity}` as const),
] as const

export type DayMetric = (typeof DAY_METRICS)[number]
export type StockMetric = (typeof STOCK_METRICS)[number]
export type Metric = DayMetric | ReportMetric | StockMetric

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

/** Calendar arithmetic on `YYYY-MM-DD`; no clock and no time zone in it. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
