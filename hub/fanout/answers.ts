import type { Delta } from '../contract/live/messages.ts'
import type { Scope } from '../contract/live/scopes.ts'
import { encodeFrame, type Frame } from './frames.ts'

/**
 * Different positions that one scope's answers are made for between two flushes. A storm has few: those of past flushes.
 * Whoever asks for more gets the snapshot, for each of them costs a look at all of the scope.
 */
export const ANSWERS_PER_SCOPE_MAX = 64
/** Scopes whose answers are kept: all that there are, and some cases that are looked at. On a quiet hub no flush clears them. */
export const SCOPES_KEPT_MAX = 256

/**
 * Answers to `sub`, encoded once per scope and position and kept until the next flush: 10,000 clients that come back
 * at once ask for a handful of positions. An answer that is not the newest is still right, for the next live delta
 * begins at or before its `to`; hence `clear()` at every flush.
 */
export class Answers {
  readonly #since: (scope: Scope, position: number) => Delta
  readonly #kept = new Map<Scope, Map<number, Frame>>()

  constructor(since: (scope: Scope, position: number) => Delta) {
    this.#since = since
  }

  get(scope: Scope, position: number): Frame {
    let frames = this.#kept.get(scope)
    if (frames === undefined) {
      if (this.#kept.size >= SCOPES_KEPT_MAX) this.clear()
      frames = new Map()
      this.#kept.set(scope, frames)
    }
    const at = frames.has(position) || frames.size < ANSWERS_PER_SCOPE_MAX ? position : 0
    let frame = frames.get(at)
    if (frame === undefined) {
      frame = encodeFrame(this.#since(scope, at))
      frames.set(at, frame)
    }
    return frame
  }

  clear(): void {
    this.#kept.clear()
  }
}
