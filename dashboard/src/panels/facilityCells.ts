import type { Cells } from '../../../hub/contract/indicators/cells.ts'
import type { RowObject } from '../../../hub/contract/live/rows.ts'
import { BED_LEVELS, BED_STATES } from '../../../hub/contract/vocabulary/beds.ts'
import type { FacilityWall } from '../api/facilityWall.ts'
import { countTone } from './ages.ts'

/** A facility, its live rows, and what is asked for beside them. `now`: ms since 1970 */
export type FacilitySource = {
  readonly wall: FacilityWall
  readonly beds: readonly RowObject<'beds'>[]
  readonly today: string | undefined
  readonly now: number
}

/** `.2.1` ends with `.1` too. */
const SEVEREST_FIRST = BED_LEVELS.toReversed()

/**
 * The cells of one facility, by the names of those of an area, so that the dictionary reads it by the same formulas. A level whose count
 * has missed its day is late, as a whole. Its occupied beds of today are those of now.
 */
export function facilityCells(source: () => FacilitySource): (column: string) => number {
  return (column) => {
    const { wall, beds, today, now } = source()
    const [name = '', day] = column.split('@')
    const isLate = ({ reportedAt }: RowObject<'beds'>) => countTone(now - reportedAt) !== 'normal'
    if (name === `sites.${wall.kind}`) return beds.length > 0 ? 1 : 0
    if (name === `sites.late.${wall.kind}`) return beds.length > 0 && beds.every(isLate) ? 1 : 0
    const level = SEVEREST_FIRST.find((each) => name.endsWith(`.${each}`))
    if (level === undefined) return 0
    const what = name.slice(0, -(level.length + 1))
    const row = beds.find((each) => each.level === level)
    if (what === 'occupied' && day !== undefined) {
      if (day === today && row) return row.occupied
      return wall.census.find((each) => each.level === level && each.day === day)?.occupied ?? 0
    }
    if (row === undefined) return 0
    if (what === 'beds.late') return isLate(row) ? row.staffed : 0
    const state = BED_STATES.find((each) => what === `beds.${each}`)
    return state === undefined ? 0 : row[state]
  }
}

/** The reader of a screen: a facility's own cells under its code, all others as they are. */
export function withFacility(cells: Cells, code: string, own: (column: string) => number): Cells {
  return (column, area) => (area === code ? own(column) : cells(column, area))
}
