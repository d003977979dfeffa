import { A } from '@solidjs/router'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { type BoardCase, hasNewWord, isLate, isUnverified } from '../../cases/board.ts'
import { ConfirmOrDismiss } from '../../cases/ConfirmOrDismiss.tsx'
import type { NeedWork } from '../../cases/createNeedWork.ts'
import type { PlaceNames } from '../../cases/createPlaceNames.ts'
import { useLeaseMs } from '../../cases/leases.ts'
import { NeedLine } from '../../cases/NeedLine.tsx'
import { lookersOf, namesOf } from '../../cases/presence.ts'
import { useSpan } from '../../cases/speech.ts'
import { workWords } from '../../cases/words.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { useFollowed } from '../../panels/followed.ts'
import { Badge, SeverityMark } from '../../ui/Badge.tsx'
import { boardWords } from './words.ts'

type BoardCardProps = {
  one: BoardCase
  now: number
  me: string
  mayClaim: boolean
  places: PlaceNames
  work: NeedWork
  selected: boolean
}

export function BoardCard(props: BoardCardProps): JSX.Element {
  const t = useWords(boardWords)
  const work = useWords(workWords)
  const span = useSpan()
  const { language } = useLanguage()
  const leaseMs = useLeaseMs()
  const { live, scope } = useFollowed()
  const lookers = createMemo(() => lookersOf(live.rows(scope, 'presence'), props.one.id, props.me))
  const place = () => props.places.small(props.one.place) ?? props.places.district(props.one.district)
  const district = () => (props.one.place.length === 6 ? props.places.district(props.one.district) : '')
  return (
    <article
      class={`board-card board-card-${props.one.severity}`}
      classList={{ 'board-card-selected': props.selected }}
      data-case={props.one.id}
      data-severity={props.one.severity}
      aria-current={props.selected ? 'true' : undefined}
    >
      <A class="board-card-head" href={`/case/${props.one.id}`}>
        <SeverityMark severity={props.one.severity} />
        <span class="board-card-place">
          <b>{place()}</b>
          <small>{district()}</small>
        </span>
        <span class="board-card-facts">
          <Show when={props.one.risk608}>
            <span title={work('risk608Long')}>
              <Badge>{work('risk608')}</Badge>
            </span>
          </Show>
          <Show when={props.one.escalatedAt !== null}>
            <Badge tone="alarm">{work('escalated')}</Badge>
          </Show>
          <Show when={isUnverified(props.one)}>
            <Badge tone="warn">{work('unverified.badge')}</Badge>
          </Show>
          <Show when={hasNewWord(props.one)}>
            <Badge tone="warn">{work('newWord')}</Badge>
          </Show>
          <span class="board-card-number">
            <span class="visually-hidden">{t('open', String(props.one.id))}</span>
            <span aria-hidden="true">#{props.one.id}</span>
          </span>
        </span>
        <span class="board-card-wait" classList={{ 'board-card-late': isLate(props.one, props.now, leaseMs()) }}>
          {work('waited', span(props.now - props.one.waitingSince))}
        </span>
      </A>
      <Show when={lookers().length > 0}>
        <p class="board-card-looking">{t('looking', namesOf(lookers(), language()), lookers().length > 1)}</p>
      </Show>
      <Show when={isUnverified(props.one)}>
        <ConfirmOrDismiss id={props.one.id} />
      </Show>
      <div class="board-card-needs">
        <For each={props.one.needs.map(({ id }) => id)}>
          {(id) => (
            <Show when={props.one.needs.find((need) => need.id === id)}>
              {(need) => (
                <NeedLine
                  need={need()}
                  severity={props.one.severity}
                  work={props.work}
                  me={props.me}
                  mayClaim={props.mayClaim}
                  now={props.now}
                />
              )}
            </Show>
          )}
        </For>
      </div>
    </article>
  )
}
