import { type Doubt, doubtsOfDay, doubtsOfDoseTotal } from '../../hub/contract/vocabulary/plausible.ts'
import { type AreaDay, areaDayKey, type CaseAmounts, type Collected } from './daily-cases.ts'
import type { Gazetteer } from './fields.ts'
import { DOSE_KEYS, type DoseKey, type DoseTotals } from './plan-doses.ts'
import type { RowErrors } from './problem.ts'

const NUMBER = new Intl.NumberFormat('en')

function sentence({ field, rule, value, limit }: Doubt): string {
  const [said, bound] = [NUMBER.format(value), NUMBER.format(limit)]
  const why =
    rule === 'fall_of_most'
      ? `after what was reported before, at least ${bound} were to be expected`
      : `more than the ${bound} that the people who live there make likely`
  return `${field} ${said} is hardly true: ${why}; if it is right, --accept-implausible`
}

/** The rows without those whose numbers are hardly true, which become row errors. `before`: what stands for their days. */
export function plausibleCases(
  rows: readonly AreaDay<CaseAmounts>[],
  before: ReadonlyMap<string, CaseAmounts>,
  { days: lines }: Collected<CaseAmounts>,
  gazetteer: Gazetteer,
  errors: RowErrors,
): AreaDay<CaseAmounts>[] {
  return rows.filter(({ area, day, days = 1, amounts }) => {
    const key = areaDayKey(area, day)
    const people = gazetteer.population(area)
    const doubts = (['cases', 'deaths'] as const).flatMap((number) => {
      const value = amounts[number]
      if (value === undefined) return []
      return doubtsOfDay(`new_${number}`, number, { value, before: before.get(key)?.[number], people, days })
    })
    return isTaken(doubts, lines.get(key)?.line ?? 0, errors)
  })
}

/** The same for cumulative doses: each is compared with the report before it, and with what stood for its day. */
export function plausibleDoses(
  { days }: Collected<DoseTotals>,
  imported: ReadonlyMap<string, AreaDay<DoseTotals>>,
  gazetteer: Gazetteer,
  errors: RowErrors,
): AreaDay<DoseTotals>[] {
  const taken: AreaDay<DoseTotals>[] = []
  const last = new Map<string, number>()
  const all = new Map<string, AreaDay<DoseTotals> & { readonly line?: number }>([...imported, ...days])
  for (const [key, row] of [...all].sort(([, a], [, b]) => (a.day < b.day ? -1 : 1))) {
    const standing = imported.get(key)?.amounts
    const doubts = DOSE_KEYS.flatMap((dose) => {
      const value = row.amounts[dose]
      if (value === undefined || !days.has(key)) return []
      const before = Math.max(last.get(`${row.area} ${dose}`) ?? 0, standing?.[dose] ?? 0)
      return doubtsOfDoseTotal(`dose${dose}_cum`, value, before, gazetteer.population(row.area))
    })
    if (!isTaken(doubts, row.line ?? 0, errors)) continue
    for (const [dose, value] of Object.entries(row.amounts) as [DoseKey, number][])
      last.set(`${row.area} ${dose}`, value)
    if (days.has(key)) taken.push(row)
  }
  return taken
}

function isTaken(doubts: readonly Doubt[], line: number, errors: RowErrors): boolean {
  const [first] = doubts
  if (first !== undefined) errors.add(line, sentence(first))
  return first === undefined
}
