/**
 * The one place of the dashboard that reads a clock or draws lots: everything else is given the time, or asks here.
 * `biome.json` holds the others to it.
 */

/** ms since 1970 by the device's own clock, which lasts over a reload and which its owner may set. */
export function deviceNow(): number {
  return Date.now()
}

/** ms since the page was opened; never goes back. */
export function sinceOpened(): number {
  return performance.now()
}

/** ms since 1970 on a clock that a person cannot set back while the page is open. */
export function screenNow(): number {
  return performance.timeOrigin + performance.now()
}

/** in [0, 1) */
export function chance(): number {
  return Math.random()
}
