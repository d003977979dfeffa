import { BED_STATES, type BedLevel, type BedState } from '../vocabulary/beds.ts'
import { addDays } from '../vocabulary/days.ts'
import { DOSE_NUMBERS } from '../vocabulary/doses.ts'
import type { DayMetric, ReportMetric } from '../vocabulary/metrics.ts'
import { SEVERITIES, type Severity } from '../vocabulary/severity.ts'

/**
 * What screens show, from cells. Pure; given the store's reader inside a computation, they are reactive.
 * Days are the operation's days, `YYYY-MM-DD`.
 */
export type Cells = (column: string, area: string) => number

/** Epidemiology counts by trailing weeks, so that Sundays do not show. */
export const WEEK_DAYS = 7
/** Rates are per this many residents. */
export const RATE_BASE = 100_000

/** Calendar arithmetic is dear when 77 areas are read ten times a second; a day's windows are few. */
const WINDOWS_MAX = 256
/** What has cells by day. */
export type Flow = DayMetric | ReportMetric
const windows = new Map<string, readonly string[]>()

/** The columns of the `days` days that end with `last`, oldest first. */
function columnsOf(metric: Flow, last: string, days: number): readonly string[] {
  const key = `${metric}@${last}-${days}`
  const known = windows.get(key)
  if (known) return known
  if (windows.size >= WINDOWS_MAX) windows.clear()
  const columns = Array.from({ length: days }, (_, i) => `${metric}@${addDays(last, i - days + 1)}`)
  windows.set(key, columns)
  return columns
}

export function onDay(cells: Cells, metric: Flow, area: string, day: string): number {
  return cells(`${metric}@${day}`, area)
}

/** Sum over the `days` days that end with `last`. */
export function sumDays(cells: Cells, metric: Flow, area: string, last: string, days: number): number {
  let sum = 0
  for (const column of columnsOf(metric, last, days)) sum += cells(column, area)
  return sum
}

/** @returns per 100,000 residents, or `null` where the population is not known. */
export function perHundredThousand(count: number, population: number | null | undefined): number | null {
  return population ? (count / population) * RATE_BASE : null
}

/** Each of the `days` days that end with `last`, oldest first, over all the metrics. */
export function series(cells: Cells, metrics: readonly Flow[], area: string, last: string, days: number): number[] {
  const sums = new Array<number>(days).fill(0)
  for (const metric of metrics) {
    columnsOf(metric, last, days).forEach((column, i) => {
      sums[i]! += cells(column, area)
    })
  }
  return sums
}

export type BySeverity = Readonly<Record<Severity, number>> & { readonly total: number }

function bySeverity(of: (severity: Severity) => number): BySeverity {
  const [unknown, green, yellow, red] = SEVERITIES.map(of) as [number, number, number, number]
  return { unknown, green, yellow, red, total: unknown + green + yellow + red }
}

export function waiting(cells: Cells, area: string): BySeverity {
  return bySeverity((severity) => cells(`waiting.${severity}`, area))
}

/** People who have asked for help that nobody has taken, by the severity of their case. */
export function unclaimed(cells: Cells, area: string): BySeverity {
  return bySeverity((severity) => cells(`unclaimed.${severity}`, area))
}

export const CARE_KINDS = ['hi', 'ci', 'field', 'hospitel', 'hospital'] as const
export type CareKind = (typeof CARE_KINDS)[number]

export function inCare(cells: Cells, area: string, place: CareKind): BySeverity {
  return bySeverity((severity) => cells(`care.${place}.${severity}`, area))
}

/** Beds of one level. `occupancy`: occupied of staffed, 0 to 1; `null` where no bed of the level is staffed. */
export type BedCount = Readonly<Record<BedState, number>> & { readonly occupancy: number | null }

export function withOccupancy(counts: Readonly<Record<BedState, number>>): BedCount {
  return { ...counts, occupancy: counts.staffed > 0 ? counts.occupied / counts.staffed : null }
}

export function beds(cells: Cells, area: string, level: BedLevel): BedCount {
  const counts = Object.fromEntries(BED_STATES.map((state) => [state, cells(`beds.${state}.${level}`, area)]))
  return withOccupancy(counts as Record<BedState, number>)
}

export const DOSE_METRICS: readonly DayMetric[] = DOSE_NUMBERS.map((dose) => `doses.${dose}` as const)

/**
 * `values`: `null` where nothing is known. `mean[i]`: of the seven days that end with day i; `null` for the first six,
 * where one of the seven is not known, and for the last, which is not over.
 */
export type Curve = {
  readonly days: readonly string[]
  readonly values: readonly (number | null)[]
  readonly mean: readonly (number | null)[]
}

/** @param values of the days that end with `today`, oldest first */
export function curve(values: readonly (number | null)[], today: string): Curve {
  const { length } = values
  const days = columnsOf('cases', today, length).map((column) => column.slice(column.indexOf('@') + 1))
  const mean: (number | null)[] = []
  let sum = 0
  let unknown = 0
  const count = (value: number | null | undefined, sign: 1 | -1) => {
    if (value == null) unknown += sign
    else sum += sign * value
  }
  values.forEach((value, i) => {
    count(value, 1)
    if (i >= WEEK_DAYS) count(values[i - WEEK_DAYS], -1)
    mean.push(i < WEEK_DAYS - 1 || i === length - 1 || unknown > 0 ? null : sum / WEEK_DAYS)
  })
  return { days, values, mean }
}

/** The curve from its first known day: before it nothing was reported. */
export function knownCurve({ days, values, mean }: Curve): Curve {
  const found = values.findIndex((value) => value !== null)
  const first = found < 0 ? values.length : found
  return { days: days.slice(first), values: values.slice(first), mean: mean.slice(first) }
}
