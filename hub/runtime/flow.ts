/** Keys that are counted each for itself. More at once, and the sum of all says enough. */
const KEYS_MAX = 50_000

export type Flow = {
  /**
   * One more of `key`. @returns how many came in a span until now: of this key, and of all, to which each key adds no more than about `ownMax`
   */
  add(key: string, now: number, ownMax?: number): { readonly own: number; readonly all: number }
}

type Span = { readonly begun: number; readonly own: Map<string, number>; all: number }

const emptySpan = (begun: number): Span => ({ begun, own: new Map(), all: 0 })

/** How many came in the last `spanMs`: those of this span, and as much of the one before as it still covers. */
export function createFlow(spanMs: number): Flow {
  let before = emptySpan(Number.NEGATIVE_INFINITY)
  let current = emptySpan(Number.NEGATIVE_INFINITY)
  return {
    add(key, now, ownMax = Number.POSITIVE_INFINITY) {
      const begun = Math.floor(now / spanMs) * spanMs
      if (begun !== current.begun) {
        before = current.begun === begun - spanMs ? current : emptySpan(begun - spanMs)
        current = emptySpan(begun)
      }
      const counted = current.own.get(key)
      if (counted !== undefined || current.own.size < KEYS_MAX) current.own.set(key, (counted ?? 0) + 1)
      const rest = 1 - (now - begun) / spanMs
      const own = (current.own.get(key) ?? 0) + rest * (before.own.get(key) ?? 0)
      if (own <= ownMax) current.all++
      return { own, all: current.all + rest * before.all }
    },
  }
}
