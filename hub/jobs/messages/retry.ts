const FIRST_MS = 5_000
const LONGEST_MS = 300_000
/** With these waits, some 40 minutes. */
export const TRIES_MAX = 12

/**
 * When a message that was not taken is tried again: 5 s, 10, 20, … up to 5 minutes, a dozen times, while it is of use.
 * @param attempts how often it was tried
 * @param now ms since 1970
 * @returns ms since 1970; `undefined`: no more
 */
export function nextTry(attempts: number, now: number, usefulUntil: number): number | undefined {
  const at = now + Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1))
  return attempts >= TRIES_MAX || at >= usefulUntil ? undefined : at
}
