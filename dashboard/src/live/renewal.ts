/** What the hub refuses again and again is asked for no more often. */
export const RENEW_MS_MAX = 30_000
const RENEW_MS = 1_000

/**
 * How long a page that is refused waits before it asks who it is. A pass that was lost is there again at once, however
 * often it is lost; what is not for this screen is asked for ever more seldom.
 * @param tries without success before
 */
export function renewAfterMs(tries: number): number {
  return tries === 0 ? 0 : Math.min(RENEW_MS_MAX, RENEW_MS * 2 ** (tries - 1))
}
