import { STEP_MS, sealed } from '../contract/live/feed.ts'
import type { FeedIndex } from '../contract/live/feed-messages.ts'
import { type Delta, PROTOCOL_VERSION } from '../contract/live/messages.ts'
import { isFeedScope, type Scope } from '../contract/live/scopes.ts'
import { endsSecond, restOfSecond } from './marks.ts'
import { type FeedShown, Track } from './track.ts'

/** A scope that nobody has asked for for so long is made no more steps of. */
export const KEPT_MS = 120_000
/** After a second has ended its last commits are still on their way; a mark made too early is one that other hubs do not have. */
export const GRACE_MS = 100

export type FeedOptions = {
  readonly shown: FeedShown
  readonly loop: { now(): number; after(ms: number, task: () => void): () => void }
  readonly beatMs: number
  /** of the dashboard that is served */
  readonly build: () => string
  /** whether the link to PostgreSQL lives, and how far behind it is */
  readonly health: () => { readonly live: boolean; readonly lagMs: number }
}

/**
 * The public situation as texts that never change, from mark to mark. A mark is where a second of commit time ended, so
 * that every hub has the same; behind one address each may answer for the others.
 */
export class Feed {
  readonly #options: FeedOptions
  readonly #tracks = new Map<Scope, Track>()
  /** the newest commit time that was heard of, ms since 1970; and when that was */
  #at = 0
  #heardAt = 0
  #marked = 0
  #cancel: (() => void) | undefined

  constructor(options: FeedOptions) {
    this.#options = options
  }

  /** Call before each transaction is folded, and before a snapshot is taken. */
  before({ position, at }: { readonly position: number; readonly at: number }): void {
    const { shown, loop } = this.#options
    if (position <= shown.position) return
    if (endsSecond(this.#at, at)) this.#mark(at)
    this.#at = Math.max(this.#at, at)
    this.#heardAt = loop.now()
    this.#arm()
  }

  /** Call after a snapshot that nothing held can be built upon. */
  replaced(at: number): void {
    this.#tracks.clear()
    this.#marked = 0
    this.#at = at
  }

  stop(): void {
    this.#cancel?.()
  }

  /** @param echo said again in it. @returns nothing for a scope that is not everybody's */
  index(scope: string, echo?: string): FeedIndex | undefined {
    if (!isFeedScope(scope)) return undefined
    const { shown, loop, beatMs, build, health } = this.#options
    const now = loop.now()
    const { live, lagMs } = health()
    return sealed({
      hello: {
        t: 'hello',
        v: PROTOCOL_VERSION,
        e: shown.epoch,
        now,
        tickMs: STEP_MS[0],
        beatMs,
        paintMs: STEP_MS[2],
        build: build(),
      },
      beat: { t: 'beat', now, to: shown.position, live, lag: lagMs },
      ...this.#trackOf(scope, now).index,
      ...(echo === undefined ? {} : { echo }),
    })
  }

  /** A step or a snapshot of those that the index names, or has lately named. */
  part(scope: string, epoch: string, part: string): Delta | undefined {
    const { shown, loop } = this.#options
    // Whoever asks read the index of another hub: from now on this one has the scope too.
    const track = epoch === shown.epoch && isFeedScope(scope) ? this.#trackOf(scope, loop.now()) : undefined
    const [, from = '', to] = /^(snapshot|\d+)-(\d+)$/.exec(part) ?? []
    return from === 'snapshot' ? track?.snapshot(Number(to)) : track?.step(Number(from), Number(to))
  }

  #trackOf(scope: Scope, now: number): Track {
    const known = this.#tracks.get(scope)
    if (known) {
      known.askedAt = now
      return known
    }
    const track = new Track(this.#options.shown, scope, now)
    this.#tracks.set(scope, track)
    return track
  }

  /** The second has ended: by a commit at `next`, or because it is over and nothing more comes. */
  #mark(next: number): void {
    const { shown, loop } = this.#options
    this.#marked = shown.position
    for (const track of this.#tracks.values()) {
      if (loop.now() - track.askedAt > KEPT_MS) this.#tracks.delete(track.scope)
      else track.mark(this.#at, next)
    }
  }

  #arm(): void {
    if (this.#cancel !== undefined || this.#tracks.size === 0) return
    const { loop, shown } = this.#options
    const quietMs = Math.max(0, loop.now() - this.#heardAt)
    const rest = restOfSecond(this.#at)
    this.#cancel = loop.after(Math.max(1, rest + GRACE_MS - quietMs), () => {
      this.#cancel = undefined
      if (shown.position <= this.#marked) return
      if (loop.now() - this.#heardAt < restOfSecond(this.#at) + GRACE_MS) this.#arm()
      else this.#mark(this.#at + restOfSecond(this.#at))
    })
  }
}
