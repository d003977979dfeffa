import { addDays } from '../vocabulary/days.ts'
import { DAYS_OWN, type DayMetric } from '../vocabulary/metrics.ts'
import { type Cells, series } from './cells.ts'

/**
 * The first day of which anything is known, within the days a scope holds. Before it an empty cell is not a zero:
 * nobody had reported yet. @returns `undefined` while there is nothing at all
 */
export function firstKnownDay(
  cells: Cells,
  metrics: readonly DayMetric[],
  area: string,
  today: string,
): string | undefined {
  const first = series(cells, metrics, area, today, DAYS_OWN).findIndex((value) => value !== 0)
  return first < 0 ? undefined : addDays(today, first - DAYS_OWN + 1)
}

/** Whether the `days` days that end with `last` all lie in what is known. */
export function knownSince(first: string | undefined, last: string, days: number): boolean {
  return first !== undefined && addDays(last, 1 - days) >= first
}
