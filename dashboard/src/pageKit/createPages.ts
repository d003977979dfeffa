import { type Accessor, createEffect, createSignal, on } from 'solid-js'

/** `total`: rows of all pages, `amount`: what the number behind them counts, where the first page says it. */
export type Page<T> = {
  readonly items: readonly T[]
  readonly next: string | null
  readonly total?: number | null
  readonly amount?: number | null
}

export type Pages<T> = {
  items(): readonly T[]
  state(): 'loading' | 'ready' | 'failed'
  error(): unknown
  hasMore(): boolean
  /** rows of all pages; `null` where the list does not say */
  total(): number | null
  /** the number that the list is behind */
  amount(): number | null
  more(): void
  reload(): void
}

/**
 * A keyset-paged list: begins anew when `filter` changes; answers that come too late are dropped. Rows of the filter before stay until
 * there is an answer, and go when there is none: nothing stands under a heading that it does not belong to.
 */
export function createPages<F, T>(filter: Accessor<F>, load: (filter: F, after: string) => Promise<Page<T>>): Pages<T> {
  const [items, setItems] = createSignal<readonly T[]>([])
  const [state, setState] = createSignal<'loading' | 'ready' | 'failed'>('loading')
  const [error, setError] = createSignal<unknown>()
  const [next, setNext] = createSignal<string | null>(null)
  const [total, setTotal] = createSignal<number | null>(null)
  const [amount, setAmount] = createSignal<number | null>(null)
  let asked = 0

  const ask = (after: string, isOther = false) => {
    const mine = ++asked
    setState('loading')
    load(filter(), after).then(
      (page) => {
        if (mine !== asked) return
        setItems((before) => (after === '' ? page.items : [...before, ...page.items]))
        setNext(page.next)
        if (after === '') {
          setTotal(page.total ?? null)
          setAmount(page.amount ?? null)
        }
        setState('ready')
      },
      (cause: unknown) => {
        if (mine !== asked) return
        if (isOther) {
          setItems([])
          setNext(null)
          setTotal(null)
          setAmount(null)
        }
        setError(() => cause)
        setState('failed')
      },
    )
  }
  createEffect(on(filter, () => ask('', true)))
  return {
    items,
    state,
    error,
    hasMore: () => next() !== null,
    total,
    amount,
    more: () => ask(next() ?? ''),
    reload: () => ask(''),
  }
}
