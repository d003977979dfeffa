/** Burn-in: everything moves by a few hundredths of the screen, so slowly that nobody sees it. */
export const SHIFT_EVERY_MS = 60_000
/** u (1/100 of the height); the wall's own margin is wider. */
export const SHIFT_MAX_U = 0.4

/** By the age of the page: a wall that plays scenes is drawn anew with each. */
export function shiftsUntil(ageMs: number): number {
  return Math.floor(ageMs / SHIFT_EVERY_MS)
}

/** Two incommensurable circles visit the whole square; `count` is the number of moves so far. Result in u. */
export function pixelShift(count: number): { readonly x: number; readonly y: number } {
  return { x: SHIFT_MAX_U * Math.sin(count * 0.7), y: SHIFT_MAX_U * Math.sin(count * 0.43) }
}
