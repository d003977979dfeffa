import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'

/** Whether something is shown that goes by itself `ms` after it came. */
export function createShownFor(ms: number): [Accessor<boolean>, (shown: boolean) => void] {
  const [isShown, show] = createSignal(false)
  createEffect(() => {
    if (!isShown()) return
    const timer = setTimeout(() => show(false), ms)
    onCleanup(() => clearTimeout(timer))
  })
  return [isShown, show]
}
