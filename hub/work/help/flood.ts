/** What is looked at: red requests of a province without a confirmed phone, in these minutes. */
export const FLOOD_MINUTES = 10
/** So many are never a flood. */
export const FLOOD_MIN = 20
/** Beyond so many times the usual, more are looked at apart. */
const TIMES_USUAL = 4

/** `usual`: of as many minutes, on an average of the day before. */
export type Pressure = { readonly recent: number; readonly usual: number }

/**
 * Whether one more red request stands apart until somebody confirms it, so that invented ones bury nobody. It is never
 * refused, and a wave that grows over hours is the usual of the next.
 */
export function isFlood({ recent, usual }: Pressure): boolean {
  return recent >= Math.max(FLOOD_MIN, TIMES_USUAL * usual)
}
