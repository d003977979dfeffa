import { NO_PROVINCE } from '../../hub/contract/vocabulary/areas.ts'
import type { AreaDay } from './daily-cases.ts'

/** What a reader of the numbers has to know about a file, in words. */
export type Coverage = {
  readonly first: string
  readonly last: string
  readonly days: number
  /** report days that hold some of the provinces only */
  readonly partial: readonly { readonly day: string; readonly provinces: number }[]
  /** stretches between two report days of the file that are longer than a day */
  readonly gaps: readonly { readonly after: string; readonly before: string; readonly days: number }[]
}

const DAY_MS = 86_400_000
const LISTED_MAX = 5

/** @returns `undefined` for a file without days. */
export function coverage(rows: Iterable<AreaDay<object>>, provinces: number): Coverage | undefined {
  const perDay = new Map<string, number>()
  for (const { area, day } of rows) perDay.set(day, (perDay.get(day) ?? 0) + (area === NO_PROVINCE ? 0 : 1))
  const days = [...perDay.keys()].sort()
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const partial = days
    .map((day) => ({ day, provinces: perDay.get(day) ?? 0 }))
    .filter((entry) => entry.provinces < provinces)
  const gaps: { after: string; before: string; days: number }[] = []
  for (const [i, before] of days.entries()) {
    const after = days[i - 1]
    if (after === undefined) continue
    const length = (Date.parse(before) - Date.parse(after)) / DAY_MS
    if (length > 1) gaps.push({ after, before, days: length })
  }
  return { first, last, days: days.length, partial, gaps }
}

/** Most of the file's days stand alone: its counts are of weeks, not of days. */
export function isIrregular(cover: Coverage): boolean {
  return cover.days > 2 && cover.gaps.length > (cover.days - 1) / 2
}

/** A shorter series may rise by chance. */
const RISING_DAYS_MIN = 7
/** Steps upwards that a series needs to tell anything: many small provinces have no cases for weeks. */
const RISES_MIN = 3
/** Totals fall where a source corrects them. */
const FALLS_SHARE_MAX = 0.05
const CUMULATIVE_SHARE_MIN = 0.9

/** Nearly no series of a column that should count days ever falls: these are totals. @returns how many of how many */
export function looksCumulative(
  rows: Iterable<{ readonly area: string; readonly day: string; readonly value: number | undefined }>,
): { readonly rising: number; readonly of: number } | undefined {
  const byArea = new Map<string, { day: string; value: number }[]>()
  for (const { area, day, value } of rows) {
    if (value === undefined) continue
    const list = byArea.get(area) ?? []
    byArea.set(area, list)
    list.push({ day, value })
  }
  let rising = 0
  let of = 0
  for (const list of byArea.values()) {
    if (list.length < RISING_DAYS_MIN) continue
    list.sort((a, b) => (a.day < b.day ? -1 : 1))
    const steps = list.slice(1).map(({ value }, i) => value - (list[i]?.value ?? 0))
    if (steps.filter((step) => step > 0).length < RISES_MIN) continue
    of++
    if (steps.filter((step) => step < 0).length <= steps.length * FALLS_SHARE_MAX) rising++
  }
  return of > 0 && rising >= of * CUMULATIVE_SHARE_MIN ? { rising, of } : undefined
}

export function coverageNotes(cover: Coverage, provinces: number, gapMeaning: string): string[] {
  const notes: string[] = []
  if (cover.partial.length > 0) {
    const list = some(cover.partial.map((entry) => `${entry.day} (${entry.provinces} of ${provinces})`))
    notes.push(`partial days, the missing provinces are taken as not reported, not as zero: ${list}`)
  }
  if (cover.gaps.length > 0) {
    const list = some(cover.gaps.map((gap) => `${gap.after} → ${gap.before} (${gap.days} days)`))
    notes.push(`days are missing, ${gapMeaning}: ${list}`)
  }
  return notes
}

/** The first LISTED_MAX of a list in words, and how many more there are. */
export function some(list: readonly string[]): string {
  const rest = list.length - LISTED_MAX
  return rest > 0 ? `${list.slice(0, LISTED_MAX).join(', ')} and ${rest} more` : list.join(', ')
}
