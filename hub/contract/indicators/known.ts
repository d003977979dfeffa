import { addDays } from '../vocabulary/days.ts'
import { REPORT_METRICS, type ReportedFlow } from '../vocabulary/metrics.ts'
import { type Cells, onDay, series } from './cells.ts'

/**
 * What is known of a flow that provinces report, which zero is not by itself. A day is known when something was counted
 * in it or its number was reported, be it zero. Where cases are entered one by one, a day between two that are known is
 * known too, and whoever enters a day's cases enters its deaths; within days that come by report a blank stays a blank.
 */

/** A number of a day, and how many of those who report had reported it. `value` null: nobody has. */
export type Known = { readonly value: number | null; readonly reported: number; readonly of: number }

/** Each of the `days` days that end with `last`, oldest first; `null`: not known. */
export function knownSeries(
  cells: Cells,
  flow: ReportedFlow,
  area: string,
  last: string,
  days: number,
): (number | null)[] {
  const values = series(cells, [flow], area, last, days)
  const cases = flow === 'cases' ? values : series(cells, ['cases'], area, last, days)
  const said = series(cells, [`reported.${flow}`], area, last, days)
  const reports = series(cells, REPORT_METRICS, area, last, days)
  const begin = reports.findIndex((count) => count > 0)
  const end = reports.findLastIndex((count) => count > 0)
  const isByReport = (i: number) => begin >= 0 && i >= begin && i <= end
  const isSaid = values.map((value, i) => value !== 0 || said[i]! > 0 || (cases[i] !== 0 && !isByReport(i)))
  const first = isSaid.indexOf(true)
  const latest = isSaid.lastIndexOf(true)
  return values.map((value, i) => (isSaid[i] || (i > first && i < latest && !isByReport(i)) ? value : null))
}

/** The known days of the `days` days that end with `last`, ascending, with their numbers. */
export function knownDays(
  cells: Cells,
  flow: ReportedFlow,
  area: string,
  last: string,
  days: number,
): ReadonlyMap<string, number> {
  const known = new Map<string, number>()
  knownSeries(cells, flow, area, last, days).forEach((value, i) => {
    if (value !== null) known.set(addDays(last, i - days + 1), value)
  })
  return known
}

/** A series whose beginning is not known: before the first number that is not 0 nobody had reported. */
export function sinceFirst(values: readonly number[]): (number | null)[] {
  const first = values.findIndex((value) => value !== 0)
  return values.map((value, i) => (first < 0 || i < first ? null : value))
}

function hasReported(cells: Cells, flow: ReportedFlow, area: string, day: string): boolean {
  if (onDay(cells, flow, area, day) !== 0 || onDay(cells, `reported.${flow}`, area, day) > 0) return true
  return flow === 'deaths' && onDay(cells, 'cases', area, day) !== 0 && onDay(cells, 'reported.cases', area, day) === 0
}

/** A day's number of an area, and how many of its parts have reported. Of days that a scope no longer holds of its parts, those who said so count. */
export function knownDay(
  cells: Cells,
  flow: ReportedFlow,
  area: string,
  parts: readonly { readonly code: string }[],
  day: string,
): Known {
  const reported = parts.filter(({ code }) => hasReported(cells, flow, code, day)).length
  const said = onDay(cells, `reported.${flow}`, area, day)
  const known = reported > 0 || hasReported(cells, flow, area, day)
  return {
    value: known ? onDay(cells, flow, area, day) : null,
    reported: Math.max(reported, Math.min(said, parts.length)),
    of: parts.length,
  }
}

/** The sum of what is known; `null`: nothing is. */
export function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
}
