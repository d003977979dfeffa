import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js'

export type Loaded<T> =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'there'; readonly value: T }

/**
 * Something the form asks for while it is filled in. Unlike a resource it never suspends the page: a form must not
 * vanish, nor lose its focus, because a list of names is on its way or cannot be had. `''` asks for nothing.
 */
export function createLoaded<T>(
  source: Accessor<string>,
  load: (source: string) => Promise<T>,
): readonly [Accessor<Loaded<T>>, () => void] {
  const [loaded, setLoaded] = createSignal<Loaded<T>>({ kind: 'none' })
  let asked = 0
  const ask = (what: string) => {
    const mine = ++asked
    const set = (next: Loaded<T>) => {
      if (mine === asked) setLoaded(() => next)
    }
    if (what === '') return set({ kind: 'none' })
    set({ kind: 'loading' })
    load(what).then(
      (value) => set({ kind: 'there', value }),
      (error: unknown) => set({ kind: 'failed', error }),
    )
  }
  // The value, not what it is read from: a key pressed in another field asks for nothing.
  createEffect(on(createMemo(source), ask))
  return [loaded, () => ask(source())]
}
