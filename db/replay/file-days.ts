import { addDays } from '../../hub/contract/vocabulary/days.ts'
import type { AreaDay, CaseAmounts } from '../import/daily-cases.ts'
import { some } from '../import/known-pitfalls.ts'
import type { DayCounts, Place } from './day-plan.ts'
import { dosesOn } from './published.ts'
import { spread } from './random.ts'

export type FileDays = {
  readonly counts: ReadonlyMap<string, DayCounts>
  readonly cases: number
  readonly deaths: number
  /** what the reader of the replay has to know, in words */
  readonly notes: readonly string[]
}

/**
 * The days of a file from one day to another, each with doses at the country's published pace. A day that the file
 * does not hold has no cases, and is named; what a row leaves blank nobody has reported.
 */
export function fileDays(
  rows: Iterable<AreaDay<CaseAmounts>>,
  from: string,
  to: string,
  places: ReadonlyMap<string, Place>,
): FileDays {
  const byDay = new Map<string, { cases: Map<string, number>; deaths: Map<string, number> }>()
  let cases = 0
  let deaths = 0
  for (const { area, day, amounts } of rows) {
    if (day < from || day > to) continue
    const entry = byDay.get(day) ?? { cases: new Map(), deaths: new Map() }
    byDay.set(day, entry)
    if (amounts.cases !== undefined) entry.cases.set(area, amounts.cases)
    if (amounts.deaths !== undefined) entry.deaths.set(area, amounts.deaths)
    cases += amounts.cases ?? 0
    deaths += amounts.deaths ?? 0
  }
  const codes = [...places.keys()]
  const people = [...places.values()].map((place) => place.population)
  const counts = new Map<string, DayCounts>()
  const missing: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const found = byDay.get(day)
    if (found === undefined) missing.push(day)
    const doses = dosesOn(day).map((total) => {
      const parts = spread(total, people)
      return new Map(codes.map((code, i) => [code, parts[i] ?? 0]))
    })
    counts.set(day, { cases: found?.cases ?? new Map(), deaths: found?.deaths ?? new Map(), doses })
  }
  const notes = missing.length > 0 ? [`the file has no rows for ${some(missing)}: no cases on these days`] : []
  return { counts, cases, deaths, notes }
}
