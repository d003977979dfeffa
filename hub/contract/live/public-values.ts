import { isUnspecified } from '../vocabulary/areas.ts'

/**
 * What those without an account see of a district. A count of people is shown as the multiple of five at or below it,
 * so below five as nothing; what a province has of no known district (`NN00`) is not shown. Why no count of 1 to 4
 * follows: the difference of two shown numbers of districts is a multiple of five; and what a province's exact total
 * leaves over is the same when one person more is of no known district and one fewer of any district that is not a
 * multiple of five. Of one instant; who watches a count pass a multiple of five learns that it did.
 */
export const PUBLIC_STEP = 5

/** The stems of what is not counted in people, and so shown as it is. Anything else is rounded: a new metric, too. */
const NOT_PEOPLE: ReadonlySet<string> = new Set(['beds', 'occupied', 'sites', 'reported', 'stock'])

/** @param column of a cell, `waiting.red` or `cases@2021-11-11` */
export function countsPeople(column: string): boolean {
  return !NOT_PEOPLE.has(column.split(/[.@]/, 1)[0] ?? '')
}

/** @param district 4 digits. @returns 0 where nothing is shown */
export function publicValue(column: string, district: string, value: number): number {
  if (!countsPeople(column)) return value
  return isUnspecified(district) ? 0 : Math.floor(value / PUBLIC_STEP) * PUBLIC_STEP
}
