import { type AreaDay, areaDayKey, type CaseAmounts } from './daily-cases.ts'

/** How many cases and deaths of one province and day to add, or with a negative sign to take back. */
export type CaseMove = { readonly area: string; readonly day: string; readonly cases: number; readonly deaths: number }

export type CasePlan = {
  readonly moves: readonly CaseMove[]
  /** what table `imports` says afterwards, for the days that change */
  readonly amounts: readonly AreaDay<CaseAmounts>[]
  readonly fresh: number
  readonly changed: number
  readonly unchanged: number
  readonly sums: {
    readonly casesAdded: number
    readonly casesRemoved: number
    readonly deathsAdded: number
    readonly deathsRemoved: number
  }
}

/**
 * What the file changes against what earlier imports brought. A number the file leaves blank, and a day it does not
 * hold, stay as they are. Moves are in the order of days.
 */
export function planCases(file: Iterable<AreaDay<CaseAmounts>>, imported: ReadonlyMap<string, CaseAmounts>): CasePlan {
  const moves: CaseMove[] = []
  const amounts: AreaDay<CaseAmounts>[] = []
  const sums = { casesAdded: 0, casesRemoved: 0, deathsAdded: 0, deathsRemoved: 0 }
  let fresh = 0
  let changed = 0
  let unchanged = 0
  for (const { area, day, days = 1, amounts: said } of file) {
    const before = imported.get(areaDayKey(area, day))
    const after: CaseAmounts = { ...before, ...said }
    const cases = (after.cases ?? 0) - (before?.cases ?? 0)
    const deaths = (after.deaths ?? 0) - (before?.deaths ?? 0)
    if (before !== undefined && before.cases === after.cases && before.deaths === after.deaths) {
      unchanged++
      continue
    }
    if (before === undefined) fresh++
    else changed++
    amounts.push({ area, day, days, amounts: after })
    sums.casesAdded += Math.max(cases, 0)
    sums.casesRemoved += Math.max(-cases, 0)
    sums.deathsAdded += Math.max(deaths, 0)
    sums.deathsRemoved += Math.max(-deaths, 0)
    if (cases !== 0 || deaths !== 0) moves.push({ area, day, cases, deaths })
  }
  moves.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.area < b.area ? -1 : 1))
  return { moves, amounts, fresh, changed, unchanged, sums }
}
