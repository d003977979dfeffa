/**
 * How far the hub's clock is from the screen's, from ping round trips: the fastest one bounds the error to half its
 * length. Only the last few count, because clocks drift and walls run for weeks.
 */
export type Sample = { readonly offsetMs: number; readonly roundTripMs: number }
export type ClockOffset = { readonly samples: readonly Sample[] }

export const SAMPLES_MAX = 16

export const noOffset: ClockOffset = { samples: [] }

/** @param sentAt, @param receivedAt the screen's clock; @param hubNow the hub's clock between the two. */
export function observePong(clock: ClockOffset, sentAt: number, receivedAt: number, hubNow: number): ClockOffset {
  const roundTripMs = receivedAt - sentAt
  if (roundTripMs < 0) return clock
  const sample = { offsetMs: hubNow - (sentAt + receivedAt) / 2, roundTripMs }
  return { samples: [...clock.samples, sample].slice(-SAMPLES_MAX) }
}

/** ms to add to the screen's clock to get the hub's; `null` before the first pong. */
export function offsetMs(clock: ClockOffset): number | null {
  let best: Sample | undefined
  for (const sample of clock.samples) if (!best || sample.roundTripMs <= best.roundTripMs) best = sample
  return best?.offsetMs ?? null
}
