import { useNavigate } from '@solidjs/router'
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/solid-virtual'
import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Show, untrack } from 'solid-js'
import type { BoardCase } from '../../cases/board.ts'
import type { NeedWork } from '../../cases/createNeedWork.ts'
import type { PlaceNames } from '../../cases/createPlaceNames.ts'
import { useWords } from '../../i18n/language.tsx'
import { isTyping } from '../../ui/typing.ts'
import { BoardCard } from './BoardCard.tsx'
import { SEARCH_ID } from './BoardFilters.tsx'
import { boardWords } from './words.ts'

type BoardListProps = {
  cases: readonly BoardCase[]
  now: number
  me: string
  mayClaim: boolean
  places: PlaceNames
  work: NeedWork
}

/** px; cards are measured when they are on the screen */
const CARD_GUESS = 140
const OVERSCAN = 4

/**
 * Only what is near the screen is in the page. Cards are kept by their case, so that a card which moves under a finger
 * takes its buttons with it, and a press never lands on another case.
 */
export function BoardList(props: BoardListProps): JSX.Element {
  const t = useWords(boardWords)
  const navigate = useNavigate()
  const [scroller, setScroller] = createSignal<HTMLElement>()
  const [selected, select] = createSignal<number>()
  const byId = createMemo(() => new Map(props.cases.map((one) => [one.id, one])))

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
  const options = (cases: readonly BoardCase[]) => ({
    count: cases.length,
    getScrollElement: () => scroller() ?? null,
    estimateSize: () => CARD_GUESS,
    overscan: OVERSCAN,
    getItemKey: (index: number) => cases[index]?.id ?? index,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: changed,
  })
  const virtualizer = new Virtualizer<HTMLElement, HTMLElement>(options(untrack(() => props.cases)))
  onMount(() => {
    onCleanup(virtualizer._didMount())
    virtualizer._willUpdate()
    changed()
  })
  const ordered = createMemo(() => {
    virtualizer.setOptions(options(props.cases))
    return props.cases
  })
  const placed = createMemo(() => {
    version()
    const cases = ordered()
    const out = new Map<number, { index: number; start: number }>()
    for (const { index, start } of virtualizer.getVirtualItems()) {
      const one = cases[index]
      if (one) out.set(one.id, { index, start })
    }
    return out
  })
  const total = () => {
    placed()
    return virtualizer.getTotalSize()
  }
  const ids = createMemo(() => [...placed().keys()])

  const move = (step: number) => {
    const from = props.cases.findIndex(({ id }) => id === selected())
    const to = Math.min(props.cases.length - 1, Math.max(0, from < 0 ? 0 : from + step))
    const next = props.cases[to]
    if (!next) return
    select(next.id)
    virtualizer.scrollToIndex(to, { align: 'auto' })
  }
  /** Needs stand the most urgent first (board.ts): of several, that one is meant. */
  const claim = () => {
    const need = byId()
      .get(selected() ?? -1)
      ?.needs.find(({ status }) => status === 'open')
    if (need && props.mayClaim) void props.work.act(need, 'claim')
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (isTyping(event.target)) {
      if (event.key === 'Escape') (event.target as HTMLElement).blur()
      return
    }
    const id = selected()
    if (event.key === 'j') move(1)
    else if (event.key === 'k') move(-1)
    else if (event.key === 'c') claim()
    else if (event.key === 'Enter' && id !== undefined && !(event.target instanceof HTMLButtonElement))
      navigate(`/case/${id}`)
    else if (event.key === '/') {
      event.preventDefault()
      document.getElementById(SEARCH_ID)?.focus()
    }
  }
  onMount(() => {
    document.addEventListener('keydown', onKey)
    onCleanup(() => document.removeEventListener('keydown', onKey))
  })

  return (
    <section class="board-list" ref={setScroller} aria-label={t('list')}>
      <ul style={{ height: `${total()}px` }}>
        <For each={ids()}>
          {(id) => (
            <Show when={byId().get(id)}>
              {(one) => (
                <li
                  ref={(element) => {
                    element.dataset.index = String(placed().get(id)?.index ?? 0)
                    queueMicrotask(() => virtualizer.measureElement(element))
                  }}
                  data-index={placed().get(id)?.index}
                  style={{ transform: `translateY(${placed().get(id)?.start ?? 0}px)` }}
                >
                  <BoardCard
                    one={one()}
                    now={props.now}
                    me={props.me}
                    mayClaim={props.mayClaim}
                    places={props.places}
                    work={props.work}
                    selected={selected() === id}
                  />
                </li>
              )}
            </Show>
          )}
        </For>
      </ul>
    </section>
  )
}
