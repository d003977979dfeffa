import { REPORTED_FLOWS, type ReportedFlow } from '../../hub/contract/vocabulary/metrics.ts'
import { type AreaDay, areaDayKey, type CaseAmounts } from './daily-cases.ts'

/** How many cases and deaths of one province and day to add, or with a negative sign to take back. */
export type CaseMove = { readonly area: string; readonly day: string; readonly cases: number; readonly deaths: number }

/**
 * What a file changes in the number of a day: `corrected`, by how much a number that was imported is another now; `late`,
 * a number that comes when a later day of the same province was imported before. A number that comes in its turn is none.
 */
export type Revision = {
  readonly kind: 'corrected' | 'late'
  readonly subject: ReportedFlow
  readonly area: string
  readonly day: string
  readonly amount: number
}

export type CasePlan = {
  readonly moves: readonly CaseMove[]
  readonly revisions: readonly Revision[]
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

/** The last day of which each number of each province was imported, by `<number> <province>`. */
function latestDays(imported: ReadonlyMap<string, CaseAmounts>): ReadonlyMap<string, string> {
  const latest = new Map<string, string>()
  for (const [key, amounts] of imported) {
    const [area = '', day = ''] = key.split(' ')
    for (const subject of REPORTED_FLOWS) {
      const at = `${subject} ${area}`
      if (amounts[subject] !== undefined && day > (latest.get(at) ?? '')) latest.set(at, day)
    }
  }
  return latest
}

/**
 * What the file changes against what earlier imports brought. A number the file leaves blank, and a day it does not
 * hold, stay as they are. Moves are in the order of days.
 */
export function planCases(file: Iterable<AreaDay<CaseAmounts>>, imported: ReadonlyMap<string, CaseAmounts>): CasePlan {
  const moves: CaseMove[] = []
  const revisions: Revision[] = []
  const latest = latestDays(imported)
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
    for (const subject of REPORTED_FLOWS) {
      const isNew = before?.[subject] === undefined
      const amount = Math.abs(subject === 'cases' ? cases : deaths)
      const inTurn = isNew && day > (latest.get(`${subject} ${area}`) ?? '')
      if (amount > 0 && !inTurn) revisions.push({ kind: isNew ? 'late' : 'corrected', subject, area, day, amount })
    }
  }
  moves.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.area < b.area ? -1 : 1))
  return { moves, revisions, amounts, fresh, changed, unchanged, sums }
}
