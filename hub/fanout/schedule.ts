/**
 * When to flush. The first change after quiet goes out at once (leading edge); while changes keep coming, one flush a
 * tick carries the latest values: the cost of a screen does not grow with the surge.
 * @returns ms to wait from `now`; 0: flush in this turn.
 */
export function flushDelay(now: number, lastFlush: number, tickMs: number): number {
  // A clock that was set back must not hold changes for longer than a tick.
  if (now < lastFlush) return tickMs
  return Math.max(0, lastFlush + tickMs - now)
}

/** Of the loop's time, what fan-out may take at most: the rest is the commands', the change feed's and the answers'. */
export const LOOP_SHARE_MAX = 0.5

/** The tick when the last flush took `tookMs` until all sockets were written: so long that fan-out takes at most `share` of the loop. */
export function stretchedTick(tookMs: number, tickMs: number, share: number): number {
  return Math.max(tickMs, tookMs / share)
}

/** A bucket of `capacity` tokens that refills at `perSecond`; pure state, the caller brings the time. */
export type Bucket = { readonly tokens: number; readonly at: number }

export function fullBucket(capacity: number, now: number): Bucket {
  return { tokens: capacity, at: now }
}

/** @returns the bucket after taking one token, or `undefined` when there is none. */
export function takeToken(bucket: Bucket, now: number, capacity: number, perSecond: number): Bucket | undefined {
  const elapsed = Math.max(0, now - bucket.at)
  const tokens = Math.min(capacity, bucket.tokens + (elapsed / 1000) * perSecond)
  return tokens < 1 ? undefined : { tokens: tokens - 1, at: now }
}
