import type { Delta } from '../../contract/live/messages.ts'
import { countsPeople } from '../../contract/live/public-values.ts'
import { type RowKind, type RowObject, rowObjects } from '../../contract/live/rows.ts'
import { isUnspecified } from '../../contract/vocabulary/areas.ts'
import { REPORTED_FLOWS } from '../../contract/vocabulary/metrics.ts'

/** Why a number is not said: too few people to be shown to everybody, or nobody has reported it. */
export type Absent = 'masked' | 'unknown'
export type Reading = number | Absent

/** The cells and rows of a scope, as screens have them, for the exchange formats. */
export type Numbers = {
  /** the operation's day */
  readonly today: string
  /** ms: the newest commit in them */
  readonly at: number
  /** whether districts are as they are; else counts of people are by fives, below five `masked` */
  readonly exact: boolean
  /** every column there is, with the areas that have it; sorted */
  readonly cells: readonly (readonly [column: string, area: string])[]
  read(column: string, area: string): Reading
  rows<K extends RowKind>(kind: K): RowObject<K>[]
}

/** @param whole a scope's delta from 0 */
export function numbersOf(whole: Delta): Numbers {
  const values = new Map<string, number>()
  const cells: [string, string][] = []
  for (const [column, ...pairs] of whole.c) {
    for (let i = 0; i < pairs.length; i += 2) {
      const area = String(pairs[i])
      values.set(`${column}|${area}`, Number(pairs[i + 1]))
      cells.push([String(column), area])
    }
  }
  cells.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1))
  const exact = !whole.s.startsWith('public:')
  return {
    today: rowObjects(whole.r, 'operation')[0]?.day ?? '',
    at: whole.at,
    exact,
    cells,
    rows: (kind) => rowObjects(whole.r, kind),
    read(column, area) {
      const value = values.get(`${column}|${area}`)
      if (value !== undefined) return value
      if (!exact && area.length === 4 && (countsPeople(column) || isUnspecified(area))) return 'masked'
      return isUnreported(values, column, area) ? 'unknown' : 0
    },
  }
}

/** A flow that provinces report: without a report and without a count it is not known, and not 0. */
function isUnreported(values: ReadonlyMap<string, number>, column: string, area: string): boolean {
  const [metric = '', day] = column.split('@')
  if (day === undefined || !REPORTED_FLOWS.some((flow) => flow === metric)) return false
  return !values.has(`reported.${column}|${area.slice(0, 2)}`)
}
