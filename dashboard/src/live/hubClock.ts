import { type Accessor, createSignal, untrack } from 'solid-js'
import { screenNow } from '../clock.ts'
import { createNow } from './createNow.ts'

/** A clock that the hub's pings tell a little differently each time is the same clock. */
const SAME_MS = 250

/** from the screen's clock to the hub's, as the last link of this page has found it */
const [offsetMs, setOffsetMs] = createSignal(0)

/**
 * Of two links that tell it differently the last that was heard is believed: neither answers the other.
 * @param ms from the screen's clock to the hub's; `null`: not known yet
 */
export function hearHubClock(ms: number | null): void {
  if (ms !== null && Math.abs(ms - untrack(offsetMs)) > SAME_MS) setOffsetMs(ms)
}

/**
 * Pages without a link hear the hub's clock from its answers. It was `date` at a moment between the question and the answer; a clock
 * that this allows stays as it is: a link tells it more exactly.
 * @param date the header of an answer that was not kept, in whole seconds. @param sentAt, @param receivedAt the screen's clock
 */
export function hearHubDate(date: string | null, sentAt: number, receivedAt: number): void {
  const second = Date.parse(date ?? '')
  const [least, most] = [second - receivedAt, second + 999 - sentAt]
  const known = untrack(offsetMs)
  if (known < least || known > most) setOffsetMs((least + most) / 2)
}

/**
 * ms since 1970 by the hub's clock, by which everything is recorded: what happened is so long ago, however wrong the
 * clock of the screen is. Until the hub has told its own it is the screen's.
 */
export function hubNow(): number {
  return screenNow() + offsetMs()
}

/** `hubNow` as a signal, moving every `everyMs`, and when the hub's clock is known. */
export function createHubNow(everyMs: number): Accessor<number> {
  const now = createNow(everyMs)
  return () => now() + offsetMs()
}
