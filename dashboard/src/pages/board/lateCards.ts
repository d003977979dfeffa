import { type Accessor, createMemo, createSignal, getOwner, onCleanup, onMount, runWithOwner } from 'solid-js'
import type { BoardCase } from '../../cases/board.ts'
import type { Placed, VirtualCards } from './virtualCards.ts'

/** More than fit on a phone. */
const FIRST_CARDS = 8

export type LateCards = Pick<VirtualCards, 'placed' | 'measure' | 'show'> & {
  /** of the list, as CSS; `undefined` while its cards stand one below the other */
  height(): string | undefined
}

/**
 * The first cards stand one below the other until what places them (virtualCards.ts) is there: on a thin line it is an eighth of a
 * second, and the first card does without. If it cannot be fetched, all cards stand so.
 */
export function createLateCards(
  scroller: Accessor<HTMLElement | undefined>,
  cases: Accessor<readonly BoardCase[]>,
): LateCards {
  const owner = getOwner()
  const [virtual, setVirtual] = createSignal<VirtualCards>()
  const [first, setFirst] = createSignal(FIRST_CARDS)
  const placed = createMemo<ReadonlyMap<number, Placed>>(() => {
    const there = virtual()
    if (there) return there.placed()
    const shown = cases().slice(0, first())
    return new Map(shown.map(({ id }, index) => [id, { index, start: undefined }]))
  })
  let gone = false
  onCleanup(() => {
    gone = true
  })
  onMount(() => {
    const begin = (there: typeof import('./virtualCards.ts')) => {
      const list = scroller()
      if (gone || !list) return
      const made = runWithOwner(owner, () => there.createVirtualCards(list, cases))
      setVirtual(() => made)
      for (const card of list.querySelectorAll<HTMLElement>('li[data-index]')) made?.measure(card)
    }
    import('./virtualCards.ts').then(begin, (error: unknown) => {
      console.error(error)
      setFirst(Number.POSITIVE_INFINITY)
    })
  })
  return {
    placed,
    height() {
      const there = virtual()
      return there && `${there.total()}px`
    },
    measure: (element) => virtual()?.measure(element),
    show(index) {
      const there = virtual()
      if (there) there.show(index)
      else scroller()?.querySelector(`li[data-index="${index}"]`)?.scrollIntoView({ block: 'nearest' })
    },
  }
}
