import type { FeedIndex } from '../../../hub/contract/live/feed-messages.ts'
import { LAG_MS_MAX } from './freshness.ts'

/**
 * What a page on the public feed knows of the hub's clock: at first that it is the screen's own. An index from the
 * future puts it right; one that seems old is either, or the screen's clock is fast: only an answer made for this very
 * question can tell.
 */
export type HubTime = {
  /** hub − screen, ms */
  offsetMs: number
  /** before that it is not asked again; the wait doubles, so that a crowd behind one old cache does not ask the hub */
  askAt: number
  waitMs: number
  /** what the answer must say again; `null`: nothing is being asked */
  echo: string | null
}

const ASK_EVERY_MS = 30_000
const ASK_EVERY_MS_MAX = 600_000

export function startTime(): HubTime {
  return { offsetMs: 0, askAt: Number.NEGATIVE_INFINITY, waitMs: ASK_EVERY_MS, echo: null }
}

/** ms since the hub made the index, which is right, whoever answered with it. @param now the screen's clock */
export function ageOf(time: HubTime, { hello }: FeedIndex, now: number): number {
  time.offsetMs = Math.max(time.offsetMs, hello.now - now)
  return now + time.offsetMs - hello.now
}

/** What to ask the hub itself, when something seems too old; `null`: nothing, or not yet. @param random in [0, 1) */
export function question(time: HubTime, ageMs: number, now: number, random: number): string | null {
  if (ageMs <= LAG_MS_MAX || now < time.askAt) return null
  time.askAt = now + time.waitMs * (0.5 + random)
  time.waitMs = Math.min(ASK_EVERY_MS_MAX, time.waitMs * 2)
  time.echo = Math.floor(random * 2 ** 32).toString(36)
  return time.echo
}

/** @param index what came back, if it is one. @param sentAt, @param now the screen's clock */
export function answered(time: HubTime, index: FeedIndex | null, sentAt: number, now: number): void {
  if (index?.echo !== undefined && index.echo === time.echo) time.offsetMs = index.hello.now - (sentAt + now) / 2
  time.echo = null
}
