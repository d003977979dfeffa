/** The only place that reads the wall clock; everything else takes `now` or a Clock. */
export type Clock = {
  /** ms since 1970 */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
