/** The screen is written at most this often: a frame of the hub comes every 100 ms under load. */
export const FLUSH_EVERY_MS = 100

export type FlushWorld = {
  now(): number
  after(ms: number, task: () => void): () => void
  /** run `task` in the next animation frame, or at once where nothing is painted (a hidden tab) */
  frame(task: () => void): void
}

/**
 * @returns `soon()`: run `flush` once, in an animation frame, not more often than every FLUSH_EVERY_MS. The first
 * call after quiet waits for nothing but the frame.
 */
export function createFlusher(world: FlushWorld, flush: () => void): { soon(): void; stop(): void } {
  let lastAt = Number.NEGATIVE_INFINITY
  let scheduled = false
  let stopped = false
  let cancel: (() => void) | undefined
  const run = () => {
    scheduled = false
    if (stopped) return
    lastAt = world.now()
    flush()
  }
  return {
    soon: () => {
      if (scheduled || stopped) return
      scheduled = true
      const rest = lastAt + FLUSH_EVERY_MS - world.now()
      if (rest <= 0) world.frame(run)
      else cancel = world.after(rest, () => world.frame(run))
    },
    stop: () => {
      stopped = true
      cancel?.()
    },
  }
}
