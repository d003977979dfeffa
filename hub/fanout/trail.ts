/** Positions that are remembered: at one a tick 3 s, at one a second 32 s. */
export const TRAIL_MAX = 32

/** The newest positions of a scope, rising, each with a number. Constant in size and in the time of a push. */
export class PositionTrail {
  readonly #positions = new Float64Array(TRAIL_MAX)
  readonly #values = new Float64Array(TRAIL_MAX)
  #count = 0

  /** 0: none yet */
  get newest(): number {
    return this.#count === 0 ? 0 : this.#positions[(this.#count - 1) % TRAIL_MAX]!
  }

  /** The same position again changes nothing. */
  push(position: number, value: number): void {
    if (this.#count > 0 && position <= this.newest) return
    this.#positions[this.#count % TRAIL_MAX] = position
    this.#values[this.#count % TRAIL_MAX] = value
    this.#count++
  }

  /** The value of the first position at or beyond this one: NaN when that may be forgotten, `undefined` when there is none. */
  valueAt(position: number): number | undefined {
    const i = this.#first(position)
    if (i === undefined) return undefined
    return i > 0 && i === this.#count - TRAIL_MAX ? Number.NaN : this.#values[i % TRAIL_MAX]
  }

  /** The value of the first position beyond this one, as `valueAt`. */
  valueAfter(position: number): number | undefined {
    return this.valueAt(position + 1)
  }

  #first(position: number): number | undefined {
    for (let i = Math.max(0, this.#count - TRAIL_MAX); i < this.#count; i++) {
      if (this.#positions[i % TRAIL_MAX]! >= position) return i
    }
    return undefined
  }
}
