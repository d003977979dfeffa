import { STEP_MS } from '../../../hub/contract/live/feed.ts'
import type { Beat } from '../../../hub/contract/live/messages.ts'
import type { Followed } from './followed.ts'
import { ageOf, type HubTime } from './hubTime.ts'

/** What is older vouches for nothing: the page hears silence, and gives this opening up as it does a dead socket. */
const VOUCHED_MS_MAX = 8_000

/**
 * The beat of a page on the public feed: how old what it holds may be, by the oldest of its scopes. Commits after the
 * newest mark are in no step yet, so that a second is added to the age of the index. @returns `null` when something is
 * missing or too old.
 */
export function vouched(all: readonly Followed[], time: HubTime, now: number): Beat | null {
  const beats = all.map(({ held, level }): Beat | null => {
    if (level === null || level.to !== held) return null
    return { ...level.beat, lag: level.beat.lag + ageOf(time, level, now) + STEP_MS[0] }
  })
  const known = beats.filter((beat) => beat !== null)
  const [first] = known
  if (first === undefined || known.length < all.length) return null
  const oldest = known.reduce((a, b) => (b.lag > a.lag ? b : a), first)
  return oldest.lag > VOUCHED_MS_MAX ? null : { ...oldest, live: known.every(({ live }) => live) }
}
