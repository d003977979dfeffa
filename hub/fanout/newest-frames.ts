import type { Delta } from '../contract/live/messages.ts'
import { isEphemeral, type Scope } from '../contract/live/scopes.ts'

/** Where the newest frame of each scope began and ended, and in which flush it left: what a client at least holds. */
export class NewestFrames {
  readonly #frames = new Map<Scope, { readonly from: number; readonly to: number; readonly flush: number }>()
  /** position of the first state: no client of this process holds an older one */
  #since: number
  #flush = 0

  constructor(since: number) {
    this.#since = since
  }

  /** Everybody gets everything anew, from this position. */
  reset(since: number): void {
    this.#since = since
    this.#frames.clear()
  }

  /** Of one flush. Scopes that come and go are left out; their few rows since the start are a frame as small as any. */
  record(deltas: readonly Delta[]): void {
    this.#flush++
    for (const { s, from, to } of deltas) {
      if (!isEphemeral(s)) this.#frames.set(s, { from, to, flush: this.#flush })
    }
  }

  /** What a client that drops a frame of the newest flush, the first it drops, holds of a scope at least. */
  heldAtLeast(scope: Scope): number {
    const newest = this.#frames.get(scope)
    if (newest === undefined) return this.#since
    return newest.flush === this.#flush ? newest.from : newest.to
  }

  /** Where a client that dropped nothing stands in a scope. */
  positionOf(scope: Scope): number {
    return this.#frames.get(scope)?.to ?? this.#since
  }

  /** Whether a client that asks again has missed something, or only wants its quiet screen proved (rule C8). */
  isMissing(scope: Scope, at: number): boolean {
    return at === 0 || at < (this.#frames.get(scope)?.to ?? 0)
  }
}
