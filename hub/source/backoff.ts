const FIRST_MS = 100
export const LONGEST_MS = 4000
/** After a change of the schema: a wall is level again within 5 s of each, however many follow each other. */
export const LONGEST_AFTER_SCHEMA_MS = 1000

/**
 * How long to wait before the next attempt. The first follows at once, because most breaks are short and every
 * second without a feed is a stale wall; later ones wait twice as long each, up to 4 s: a database that comes up is not
 * pressed by its hubs, and a wall is level again within 10 s of what broke its feed.
 * @param failures attempts that have failed in a row since the feed was last steady
 * @param longestMs the bound of the wait
 * @param random in [0, 1): spreads the hubs over the upper half of the wait
 * @returns ms
 */
export function retryDelayMs(failures: number, random: number, longestMs = LONGEST_MS): number {
  if (failures <= 1) return 0
  const longest = Math.min(longestMs, FIRST_MS * 2 ** Math.min(failures - 2, 20))
  return longest * (0.5 + random / 2)
}
