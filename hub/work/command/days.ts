import { addDays } from '../../contract/vocabulary/days.ts'

const BANGKOK_MS = 7 * 3_600_000
const DAY_MS = 86_400_000

/** The Bangkok day (UTC+7, no daylight saving) of an instant, `YYYY-MM-DD`. @param at ms since 1970 */
export function bangkokDay(at: number): string {
  return new Date(at + BANGKOK_MS).toISOString().slice(0, 10)
}

/**
 * The operation's day on which something happened: its today, less the days between then and now. A drill's day is
 * another than the calendar's; a record that was made offline yesterday counts for yesterday, there too.
 */
export function operationDayOf(today: string, happenedAt: number, now: number): string {
  const days = Math.round((Date.parse(bangkokDay(now)) - Date.parse(bangkokDay(Math.min(happenedAt, now)))) / DAY_MS)
  return addDays(today, -days)
}
