import { type Accessor, createEffect, on, onCleanup } from 'solid-js'

/**
 * PostgreSQL feeds a commit a moment before new snapshots see it, longer on a busy machine: what is asked for at once may
 * still be answered as it was, so it is asked for once more.
 */
const SETTLED_MS = 2_000

/** Asks anew whenever the live rows say that something has moved, at once and once more when it has settled. */
export function askAgain(moved: Accessor<unknown>, ask: () => void, options: { readonly first: boolean }): void {
  let settled: ReturnType<typeof setTimeout> | undefined
  let first = !options.first
  createEffect(
    on(moved, () => {
      if (first) {
        first = false
        return
      }
      clearTimeout(settled)
      settled = setTimeout(ask, SETTLED_MS)
      ask()
    }),
  )
  onCleanup(() => clearTimeout(settled))
}
