import { NATION } from '../vocabulary/areas.ts'
import { addDays } from '../vocabulary/days.ts'
import { REPORTED_FLOWS, type ReportedFlow } from '../vocabulary/metrics.ts'
import { isRegion } from '../vocabulary/regions.ts'
import { type Cells, type Flow, onDay, series } from './cells.ts'
import { of, type Subject, type Value } from './indicator.ts'
import { knownDay, knownSeries, sumKnown } from './known.ts'

/** The nation's numbers, and a health region's, come from its provinces; anybody else's from itself. */
export function reporters(subject: Subject): readonly { readonly code: string }[] {
  return subject.code === NATION || isRegion(subject.code) ? subject.parts : [subject]
}

/** A day's number of a flow that is reported, and how many of those who report have done so. */
export function reportedDay(cells: Cells, flow: ReportedFlow, subject: Subject, day: string): Value {
  const { value, reported, of: parts } = knownDay(cells, flow, subject.code, reporters(subject), day)
  return of(value, parts, reported, 'not_reported')
}

/** The days that end with `last`, with a `null` for each that nobody has reported; `held` days are in the scope. */
export function knownUntil(
  cells: Cells,
  flow: ReportedFlow,
  area: string,
  today: string,
  last: string,
  held: number,
): readonly (number | null)[] {
  const days = knownSeries(cells, flow, area, today, held)
  let end = days.length
  for (let day = today; day > last && end > 0; day = addDays(day, -1)) end--
  return days.slice(0, end)
}

/** The sum of days, as far as they are known: its parts are the days. */
export function sumOfDays(days: readonly (number | null)[]): Value {
  const reported = days.filter((day) => day !== null).length
  return of(sumKnown(days), days.length, reported, 'not_reported')
}

/** Each day of flows of which nobody says that there was nothing: known from the first day with a number. */
export function countedDays(
  cells: Cells,
  flows: readonly Flow[],
  area: string,
  last: string,
  days: number,
  whole: string = area,
): readonly (number | null)[] {
  const isCounted = (value: number) => value !== 0
  const first = series(cells, flows, whole, last, days).findIndex(isCounted)
  return series(cells, flows, area, last, days).map((value, i) => (first < 0 || i < first ? null : value))
}

/** A day's number of flows of which nobody says that there was nothing: none is not known. */
export function countedDay(cells: Cells, flows: readonly Flow[], subject: Subject, day: string): Value {
  const has = (area: string) => flows.some((flow) => onDay(cells, flow, area, day) !== 0)
  const from = reporters(subject)
  const sum = flows.reduce((total, flow) => total + onDay(cells, flow, subject.code, day), 0)
  const reported = from.filter(({ code }) => has(code)).length
  return of(reported > 0 || has(subject.code) ? sum : null, from.length, reported, 'not_reported')
}

/** Somebody who has not reported, and what. */
export type LateReporter = { readonly code: string; readonly flows: readonly ReportedFlow[] }

/** Which of those who report have not yet said a day's numbers: the same rule by which "27 of 77" is counted. */
export function lateReporters(
  cells: Cells,
  reporting: readonly { readonly code: string }[],
  day: string,
): readonly LateReporter[] {
  return reporting
    .map(({ code }) => {
      const flows = REPORTED_FLOWS.filter((flow) => reportedDay(cells, flow, { code, parts: [] }, day).reported === 0)
      return { code, flows }
    })
    .filter(({ flows }) => flows.length > 0)
}
