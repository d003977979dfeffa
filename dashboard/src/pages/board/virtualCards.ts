import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/solid-virtual'
import { type Accessor, createMemo, createSignal, onCleanup, untrack } from 'solid-js'
import type { BoardCase } from '../../cases/board.ts'

/** `start`: px from the top of the list; `undefined` where a card stands below the one before it */
export type Placed = { readonly index: number; readonly start: number | undefined }

export type VirtualCards = {
  /** the cards near the screen, by case */
  placed(): ReadonlyMap<number, Placed>
  /** px */
  total(): number
  /** @param element with its `data-index` */
  measure(element: HTMLElement): void
  show(index: number): void
}

/** px; cards are measured when they are on the screen */
const CARD_GUESS = 140
const OVERSCAN = 4

/** Only what is near the screen is in the page. Lives as long as the owner it is made under. */
export function createVirtualCards(scroller: HTMLElement, cases: Accessor<readonly BoardCase[]>): VirtualCards {
  const [version, setVersion] = createSignal(0)
  // A dozen cards that come into view are measured one after the other: all of it is one change.
  let changing = false
  const changed = () => {
    if (changing) return
    changing = true
    queueMicrotask(() => {
      changing = false
      setVersion((n) => n + 1)
    })
  }
  // A new getItemKey for each order: the sizes are kept by case, their places are reckoned anew.
  const options = (all: readonly BoardCase[]) => ({
    count: all.length,
    getScrollElement: () => scroller,
    estimateSize: () => CARD_GUESS,
    overscan: OVERSCAN,
    getItemKey: (index: number) => all[index]?.id ?? index,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: changed,
  })
  const virtualizer = new Virtualizer<HTMLElement, HTMLElement>(options(untrack(cases)))
  onCleanup(virtualizer._didMount())
  virtualizer._willUpdate()
  const ordered = createMemo(() => {
    const all = cases()
    virtualizer.setOptions(options(all))
    return all
  })
  const placed = createMemo(() => {
    version()
    const all = ordered()
    const out = new Map<number, Placed>()
    for (const { index, start } of virtualizer.getVirtualItems()) {
      const one = all[index]
      if (one) out.set(one.id, { index, start })
    }
    return out
  })
  return {
    placed,
    total() {
      placed()
      return virtualizer.getTotalSize()
    },
    measure: (element) => virtualizer.measureElement(element),
    show: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  }
}
