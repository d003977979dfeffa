import type { Tone } from '../../../hub/contract/indicators/index.ts'

const HOUR_MS = 3_600_000
/** Beds are counted every day; a count that has missed its day is no count of now, one of three days ago says nothing. */
const COUNT_WATCH_MS = 26 * HOUR_MS
const COUNT_ALARM_MS = 72 * HOUR_MS

/** A facility is as fresh as its oldest level. @returns ms since 1970; `null` when nothing was counted */
export function oldestCount(levels: Iterable<{ readonly reportedAt: number }>): number | null {
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

/** Numbers of a day before the operation's are as old as what missed its day. @param days how many before */
export function dayTone(days: number): Tone {
  return days >= 3 ? 'alarm' : days >= 1 ? 'watch' : 'normal'
}

/**
 * When the beds of an area were counted, as far as one number can say it: of an area that is made of others, the middle one of their oldest
 * counts, because of 1,500 facilities one is always late; of any other its oldest. `null`: nobody has counted.
 * @param oldestOf the oldest count of an area, ms since 1970
 */
export function countedAt(
  area: string,
  parts: readonly string[],
  oldestOf: (area: string) => number | null,
): number | null {
  const known = parts.flatMap((part) => oldestOf(part) ?? []).toSorted((a, b) => a - b)
  return known[Math.floor((known.length - 1) / 2)] ?? oldestOf(area)
}
