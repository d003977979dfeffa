import { addDays } from '../../hub/contract/vocabulary/days.ts'
import type { AreaDay, CaseAmounts } from './daily-cases.ts'
import type { Gazetteer } from './fields.ts'
import { some } from './known-pitfalls.ts'

/** A number of the file that counts days which an earlier import has counted already. */
export type Overlap = {
  readonly area: string
  /** the file's report day, and over how many days it counts */
  readonly day: string
  readonly days: number
  /** the days of both */
  readonly first: string
  readonly last: string
}

const DAY_MS = 86_400_000
const between = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS

function byArea<A>(rows: Iterable<AreaDay<A>>): Map<string, AreaDay<A>[]> {
  const areas = new Map<string, AreaDay<A>[]>()
  for (const row of rows) {
    const list = areas.get(row.area)
    if (list) list.push(row)
    else areas.set(row.area, [row])
  }
  for (const list of areas.values()) list.sort((a, b) => (a.day < b.day ? -1 : 1))
  return areas
}

/**
 * The rows of a file that is not daily, each with the days since the report before it. Before the first there is the
 * last of an earlier import that was not daily either, or else a gap as most of the file's.
 */
export function countedSince<A>(rows: Iterable<AreaDay<A>>, imported: Iterable<AreaDay<A>>): AreaDay<A>[] {
  const file = byArea(rows)
  const before = byArea([...imported].filter(({ days = 1 }) => days > 1))
  const gaps = [...file.values()]
    .flatMap((list) => list.slice(1).map((row, i) => between(list[i]?.day ?? row.day, row.day)))
    .sort((a, b) => a - b)
  const typical = gaps[Math.floor(gaps.length / 2)] ?? 1
  return [...file].flatMap(([area, list]) =>
    list.map((row, i) => {
      const earlier = list[i - 1]?.day ?? before.get(area)?.findLast(({ day }) => day < row.day)?.day
      const since = earlier === undefined ? typical : between(earlier, row.day)
      return { ...row, days: i === 0 ? Math.min(since, typical) : since }
    }),
  )
}

/** What would be counted twice: the same number of the same days, in the file and in what was imported under another day or span. */
export function overlaps(file: Iterable<AreaDay<CaseAmounts>>, imported: Iterable<AreaDay<CaseAmounts>>): Overlap[] {
  const known = byArea(imported)
  const found: Overlap[] = []
  for (const { area, day, days = 1, amounts } of file) {
    const begin = addDays(day, 1 - days)
    let span: { first: string; last: string } | undefined
    for (const other of known.get(area) ?? []) {
      const { days: otherDays = 1 } = other
      if (other.day === day ? otherDays === days : otherDays === 1 && days === 1) continue
      const first = max(begin, addDays(other.day, 1 - otherDays))
      const last = min(day, other.day)
      if (first > last || !sameNumber(amounts, other.amounts)) continue
      span = span === undefined ? { first, last } : { first: min(span.first, first), last: max(span.last, last) }
    }
    if (span !== undefined) found.push({ area, day, days, ...span })
  }
  return found
}

const min = (a: string, b: string): string => (a < b ? a : b)
const max = (a: string, b: string): string => (a > b ? a : b)

function sameNumber(a: CaseAmounts, b: CaseAmounts): boolean {
  return (['cases', 'deaths'] as const).some((name) => a[name] !== undefined && b[name] !== undefined)
}

export function overlapText(found: readonly Overlap[], gazetteer: Gazetteer): string {
  const each = found.map(
    ({ area, day, days, first, last }) =>
      `${gazetteer.name(area)}, ${days === 1 ? `${day}` : `the ${days} days that end with ${day}`}: ` +
      `${first === last ? first : `${first} … ${last}`} ${first === last ? 'is' : 'are'} counted`,
  )
  return (
    `counts days again that an earlier import has counted under another report day: ${some(each)}; ` +
    'leave these days out of the file'
  )
}
