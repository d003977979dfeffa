import { addDays } from '../../../hub/contract/vocabulary/days.ts'

/** What this screen has seen of an operation's days: `at`, in ms since 1970, when `day` began before its eyes. */
export type Pace = { readonly day: string; readonly at: number | null; readonly dayMs: number | null }

/** Slower than this is real time, or nearly. */
const DAY_MS_MAX = 12 * 3_600_000

/** How long a day of an exercise takes, once one has begun and ended before the eyes of this screen. */
export function observeDay(before: Pace | undefined, day: string, now: number): Pace {
  if (before === undefined) return { day, at: null, dayMs: null }
  if (before.day === day) return before
  const isNext = day === addDays(before.day, 1)
  const took = isNext && before.at !== null ? now - before.at : null
  return { day, at: now, dayMs: took !== null && took < DAY_MS_MAX ? took : null }
}
