import { chance, sinceOpened } from '../clock.ts'
import { isHalfFilled, isHubReachable } from '../ui/reload.ts'

/** After an upgrade all walls come back at once; their reloads need not. */
const SPREAD_MS = 20_000
/** Somebody who has touched the page is still reading for so long. */
export const QUIET_MS = 60_000
const LOOK_EVERY_MS = 2000

/** Whether nobody is at the page now, so that a new build may take its place. */
export function isQuiet(now: number, touchedAt: number, isHidden: boolean): boolean {
  return isHidden || now - touchedAt >= QUIET_MS
}

let touchedAt = Number.NEGATIVE_INFINITY
const touched = (): void => {
  touchedAt = sinceOpened()
}
for (const event of ['pointerdown', 'keydown', 'wheel', 'touchmove']) {
  globalThis.addEventListener?.(event, touched, { passive: true, capture: true })
}
let waits = false

/** Reloads the page when nobody is at it and the hub answers, so that a wall never shows a browser's page of errors. */
export function reloadWhenQuiet(reload: () => void): void {
  if (waits) return
  waits = true
  const look = async (): Promise<void> => {
    const quiet = isQuiet(sinceOpened(), touchedAt, document.visibilityState === 'hidden')
    if (quiet && !isHalfFilled(document, location.pathname) && (await isHubReachable())) reload()
    else setTimeout(look, LOOK_EVERY_MS)
  }
  setTimeout(look, chance() * SPREAD_MS)
}
