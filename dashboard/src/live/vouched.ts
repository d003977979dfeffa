import { STEP_MS } from '../../../hub/contract/live/feed.ts'
import type { Beat } from '../../../hub/contract/live/messages.ts'
import type { Followed } from './followed.ts'
import { ageOf, type HubTime } from './hubTime.ts'

/**
 * The beat of a page on the public feed: how old what it holds may be, by the oldest of its scopes. Commits after the
 * newest mark are in no step yet, so that a second is added to the age of the index. @returns `null` while it holds
 * nothing
 */
export function vouched(all: Iterable<Followed>, time: HubTime, now: number): Beat | null {
  let oldest: Beat | null = null
  let live = true
  for (const { level } of all) {
    if (level === null) continue
    live &&= level.beat.live
    const lag = level.beat.lag + ageOf(time, level, now) + STEP_MS[0]
    if (oldest === null || lag > oldest.lag) oldest = { ...level.beat, lag }
  }
  return oldest && { ...oldest, live }
}
