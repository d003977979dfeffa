import { addDays } from '../../hub/contract/vocabulary/days.ts'

/**
 * Doses given in the country up to and including a day, by dose number: published totals (Department of Disease
 * Control, COVID-19 vaccination reports, at month ends of 2021). Doses of a day in between are the even share.
 */
const DOSES_UNTIL: readonly (readonly [day: string, one: number, two: number, three: number])[] = [
  ['2021-02-28', 0, 0, 0],
  ['2021-03-31', 158_497, 33_248, 0],
  ['2021-04-30', 1_095_230, 381_848, 0],
  ['2021-05-31', 2_539_491, 1_125_368, 0],
  ['2021-06-30', 7_110_854, 2_816_844, 0],
  ['2021-07-31', 13_802_916, 3_883_058, 0],
  ['2021-08-31', 23_812_163, 8_209_562, 645_267],
  ['2021-09-30', 32_623_090, 19_931_688, 1_325_580],
  ['2021-10-31', 42_391_514, 30_974_372, 2_367_712],
  ['2021-11-27', 47_807_765, 40_953_765, 3_275_946],
]
const DAY_MS = 86_400_000

/** @returns doses 1–3 given up to the end of a day; after the last published day the last rate goes on */
export function dosesUntil(day: string): readonly [number, number, number] {
  const last = DOSES_UNTIL.length - 1
  const found = DOSES_UNTIL.findIndex(([end]) => end >= day)
  const index = found < 0 ? last : Math.max(found, 1)
  const before = DOSES_UNTIL[index - 1]
  const after = DOSES_UNTIL[index]
  if (before === undefined || after === undefined || day <= DOSES_UNTIL[0]![0]) return [0, 0, 0]
  const share = (Date.parse(day) - Date.parse(before[0])) / (Date.parse(after[0]) - Date.parse(before[0]))
  const at = (i: 1 | 2 | 3) => Math.round(before[i] + (after[i] - before[i]) * share)
  return [at(1), at(2), at(3)]
}

/** @returns doses 1–3 of one day */
export function dosesOn(day: string): readonly number[] {
  const until = dosesUntil(day)
  return dosesUntil(addDays(day, -1)).map((before, i) => (until[i] ?? 0) - before)
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
}
