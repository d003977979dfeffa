import { applyDelta, emptyScope, type ScopeState } from '../../../hub/contract/live/apply.ts'
import { isSealed, type Leg } from '../../../hub/contract/live/feed.ts'
import type { FeedIndex } from '../../../hub/contract/live/feed-messages.ts'
import type { Delta } from '../../../hub/contract/live/messages.ts'
import type { Scope } from '../../../hub/contract/live/scopes.ts'

/**
 * What a page knows of a scope that it reads from the public feed: a copy that was found right, with what it was level
 * with, and how often somebody on the way was found wrong. Pure but for its own fields; `now` is the screen's clock, ms.
 */
export type Followed = {
  readonly scope: Scope
  /** what was read, of `epoch`; what does not fit never leaves it */
  copy: ScopeState
  epoch: string
  /** when the newest commit in it was made */
  at: number
  /** the position that the page holds, 0: nothing; `null`: it has not asked */
  held: number | null
  /** it has asked, and waits for a delta */
  asked: boolean
  /** the newest index that the page was level with */
  level: FeedIndex | null
  /** when the hub made the newest index that was seen */
  newest: number
  /** since when indexes newer than all before end before what is held */
  aheadSince: number | null
  /** answers in a row that were none */
  missing: number
  /** answers in a row that did not fit, and when the last was */
  lies: number
  liedAt: number
  /** it is not read before: a crowd that was lied to comes back spread out */
  notBefore: number
}

/** Who holds more than the index names waits so long for a hub to catch up (rule S5). */
const AHEAD_MS_MAX = 5_000
/** One answer that is none is a hub that is behind the one before (rule G4); as many are not. */
const MISSING_MAX = 2
/** Whoever was found wrong is passed by for so long. */
const DOUBT_MS = 60_000
const WAIT_BASE_MS = 500
const WAIT_MS_MAX = 4_000
/** Addresses past a cache: few at first, so that a cache below a thousand pages asks the hub four times and not a thousand; at most 64. */
const PAST_BASE = 4
const PAST_POWER_MAX = 3

export function follow(scope: Scope): Followed {
  return {
    ...{ scope, copy: emptyScope(scope), epoch: '', at: 0, held: null, asked: false, level: null, newest: 0 },
    ...{ aheadSince: null, missing: 0, lies: 0, liedAt: 0, notBefore: 0 },
  }
}

/** The copy is begun anew, by a snapshot. */
export function beginAgain(followed: Followed, epoch = followed.epoch): void {
  followed.copy = emptyScope(followed.scope)
  followed.epoch = epoch
  followed.at = 0
  followed.aheadSince = null
}

/** @returns whether the hub is behind what is held, and may still catch up */
export function isAhead(followed: Followed, { hello, to }: FeedIndex, now: number): boolean {
  const isNewer = hello.now > followed.newest
  followed.newest = Math.max(followed.newest, hello.now)
  if (to >= Math.max(followed.copy.position, followed.held ?? 0)) {
    followed.aheadSince = null
    return false
  }
  if (isNewer) followed.aheadSince ??= now
  if (followed.aheadSince === null || now - followed.aheadSince <= AHEAD_MS_MAX) return true
  beginAgain(followed)
  if (followed.held !== null) followed.held = 0
  return false
}

/** Folds the legs of a way into the copy. @returns whether they led to what the index says; else the copy is empty */
export function fold(followed: Followed, legs: readonly Delta[], index: FeedIndex): boolean {
  const { copy } = followed
  if (legs.every((leg) => isFolded(copy, leg)) && copy.position === index.to && copy.sum === index.sum) {
    followed.at = legs.at(-1)?.at ?? followed.at
    return true
  }
  beginAgain(followed)
  return false
}

function isFolded(copy: ScopeState, leg: Delta): boolean {
  try {
    return 'cells' in applyDelta(copy, leg)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return false
  }
}

/** What brings the page to the copy, which is level with `index`. @param before the position from which the `legs` led here */
export function owed(followed: Followed, legs: readonly Delta[], before: number, index: FeedIndex): readonly Delta[] {
  const { held, asked, copy, level } = followed
  if (held === null) return []
  followed.held = copy.position
  followed.asked = false
  if (level === null || index.hello.now > level.hello.now) followed.level = index
  if (held === before && legs.length > 0) return legs
  if (held !== copy.position) return [wholeOf(followed)]
  const { scope, at } = followed
  return asked ? [{ t: 'delta', s: scope, from: held, to: held, sum: copy.sum, at, c: [], r: [], x: [] }] : []
}

function wholeOf({ scope, copy, at }: Followed): Delta {
  const columns = new Map<string, (string | number)[]>()
  for (const [key, value] of copy.cells) {
    const bar = key.indexOf('|')
    const column = key.slice(0, bar)
    const cells = columns.get(column) ?? [column]
    columns.set(column, cells)
    cells.push(key.slice(bar + 1), value)
  }
  const { position, sum, rows } = copy
  return {
    t: 'delta',
    s: scope,
    from: 0,
    to: position,
    sum,
    at,
    c: [...columns.values()],
    r: [...rows.values()],
    x: [],
  }
}

/** An answer did not fit. @param random in [0, 1) */
export function doubt(followed: Followed, now: number, random: number): void {
  followed.lies++
  followed.liedAt = now
  followed.missing = 0
  followed.notBefore = now + random * Math.min(WAIT_MS_MAX, WAIT_BASE_MS * 2 ** followed.lies)
}

/** There was no answer, or the hub that was asked has not what another named. @returns whether that is to be doubted */
export function misses(followed: Followed): boolean {
  followed.missing++
  return followed.missing >= MISSING_MAX
}

/** What is added to an address to get past whoever answered wrongly. @param random in [0, 1) */
export function past(followed: Followed, now: number, random: number): string {
  if (now - followed.liedAt > DOUBT_MS) followed.lies = 0
  if (followed.lies === 0) return ''
  return `?past=${Math.floor(random * PAST_BASE ** Math.min(followed.lies, PAST_POWER_MAX))}`
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Whether it is an index as a hub made it; full schemas stay on the hub. */
export function isIndex(value: unknown): value is FeedIndex {
  if (!isObject(value) || !isObject(value.hello) || !isObject(value.beat) || !Array.isArray(value.steps)) return false
  return value.hello.t === 'hello' && value.beat.t === 'beat' && isSealed(value as FeedIndex)
}

/** Whether it is the delta that stands at this address. */
export function isLeg(value: unknown, scope: Scope, [from, to]: Leg): value is Delta {
  return isObject(value) && value.t === 'delta' && value.s === scope && value.from === from && value.to === to
}
