import type { Delta } from '../wire/messages.ts'
import type { Scope } from '../wire/scopes.ts'
import { encodeFrame, type Frame } from './frames.ts'

/** Different positions that one scope's answers are kept for between two flushes. A storm has few: those of past flushes. */
export const ANSWERS_PER_SCOPE_MAX = 64

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
      frames = new Map()
      this.#kept.set(scope, frames)
    }
    const kept = frames.get(position)
    if (kept) return kept
    const frame = encodeFrame(this.#since(scope, position))
    if (frames.size < ANSWERS_PER_SCOPE_MAX) frames.set(position, frame)
    return frame
  }

  clear(): void {
    this.#kept.clear()
  }
}
