import { useNavigate } from '@solidjs/router'
import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js'
import type { BoardCase } from '../../cases/board.ts'
import type { NeedWork } from '../../cases/createNeedWork.ts'
import type { PlaceNames } from '../../cases/createPlaceNames.ts'
import { useWords } from '../../i18n/language.tsx'
import { isTyping } from '../../ui/typing.ts'
import { BoardCard } from './BoardCard.tsx'
import { SEARCH_ID } from './BoardFilters.tsx'
import { createLateCards } from './lateCards.ts'
import { boardWords } from './words.ts'

type BoardListProps = {
  cases: readonly BoardCase[]
  now: number
  me: string
  mayClaim: boolean
  places: PlaceNames
  work: NeedWork
}

const styleOf = (start: number | undefined): JSX.CSSProperties =>
  start === undefined ? { position: 'static' } : { transform: `translateY(${start}px)` }

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

  const cards = createLateCards(scroller, () => props.cases)
  const ids = createMemo(() => [...cards.placed().keys()])

  const move = (step: number) => {
    const from = props.cases.findIndex(({ id }) => id === selected())
    const to = Math.min(props.cases.length - 1, Math.max(0, from < 0 ? 0 : from + step))
    const next = props.cases[to]
    if (!next) return
    select(next.id)
    cards.show(to)
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
      <ul style={{ height: cards.height() }}>
        <For each={ids()}>
          {(id) => (
            <Show when={byId().get(id)}>
              {(one) => (
                <li
                  ref={(element) => {
                    element.dataset.index = String(cards.placed().get(id)?.index ?? 0)
                    queueMicrotask(() => cards.measure(element))
                  }}
                  data-index={cards.placed().get(id)?.index}
                  style={styleOf(cards.placed().get(id)?.start)}
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
