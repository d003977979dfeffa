import type { Tone } from '../../../hub/contract/indicators/index.ts'
import type { RowObject } from '../../../hub/contract/live/rows.ts'

const HOUR_MS = 3_600_000
/** Beds are counted every day; a count that has missed its day is no count of now, one of three days ago says nothing. */
const COUNT_WATCH_MS = 26 * HOUR_MS
const COUNT_ALARM_MS = 72 * HOUR_MS

/** A facility is as fresh as its oldest level. @returns ms since 1970; `null` when nothing was counted */
export function oldestCount(levels: Iterable<Pick<RowObject<'beds'>, 'reportedAt'>>): number | null {
  let oldest: number | null = null
  for (const { reportedAt } of levels) {
    if (oldest === null || reportedAt < oldest) oldest = reportedAt
  }
  return oldest
}

/** @param age ms */
export function countTone(age: number): Tone {
  return age >= COUNT_ALARM_MS ? 'alarm' : age >= COUNT_WATCH_MS ? 'watch' : 'normal'
}
