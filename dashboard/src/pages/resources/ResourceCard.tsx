import { createSignal, For, type JSX, Show } from 'solid-js'
import { CLOSE_RESOURCE_REASONS } from '../../../../hub/contract/vocabulary/resources.ts'
import { type Answer, ask } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { problemOf } from '../../pageKit/problem.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import type { Requested } from './requested.ts'
import { canBeTakenOver } from './requested.ts'
import './resources.css'
import { resourceWords } from './words.ts'

export type ResourceRights = { readonly claim: boolean; readonly supervises: boolean; readonly close: boolean }
type Events = Answer<'GET /api/resources/{id}'>['events']

type CardProps = {
  one: Requested
  /** whom it is for, in words */
  whom: string
  now: number
  me: string
  may: ResourceRights
  /** what was done is not told by a live row */
  changed?: () => void
}

/** A request, who is on it, and what one tap can do about it. */
export function ResourceCard(props: CardProps): JSX.Element {
  const t = useWords(resourceWords)
  const common = useWords(commonWords)
  const { format } = useLanguage()
  const [busy, during] = createBusy()
  const [problem, setProblem] = createSignal<string>()
  const [closing, setClosing] = createSignal(false)
  const [events, setEvents] = createSignal<Events>()
  const mine = () => props.one.holderKey === props.me
  const takeOver = () => !mine() && canBeTakenOver(props.one, props.now)
  const isLive = () => props.one.status === 'open' || props.one.status === 'claimed'
  const moves = () => mine() || (props.one.status === 'claimed' && props.may.supervises)
  const what = () =>
    `${t(`kind.${props.one.kind}`)} ${format().number(props.one.quantity)} ${t(`unit.${props.one.kind}`)}`
  const time = (at: number | null) => (at === null ? '–' : format().moment(at, props.now))

  async function run(work: () => Promise<unknown>): Promise<void> {
    setProblem(undefined)
    try {
      await during(work)
      setEvents(undefined)
      props.changed?.()
    } catch (error) {
      setProblem(problemOf(error, common).text)
    }
  }
  const params = () => ({ id: props.one.id })
  const key = () => newKey()
  const acts = {
    claim: () => run(() => ask('POST /api/resources/{id}/claim', { params: params(), body: {}, key: key() })),
    release: () => run(() => ask('POST /api/resources/{id}/release', { params: params(), body: {}, key: key() })),
    deliver: () => run(() => ask('POST /api/resources/{id}/deliver', { params: params(), body: {}, key: key() })),
  }
  async function readHistory(): Promise<void> {
    setProblem(undefined)
    try {
      const answer = await during(() => ask('GET /api/resources/{id}', { params: params() }))
      setEvents(answer.events)
    } catch (error) {
      setProblem(problemOf(error, common).text)
    }
  }
  const Act = (own: { move: keyof typeof acts; text: string; kind?: 'primary' | 'plain' }): JSX.Element => (
    <Button
      kind={own.kind ?? 'plain'}
      busy={busy()}
      data-move={own.move}
      aria-label={`${own.text}: ${what()}, ${props.whom}`}
      onClick={() => void acts[own.move]()}
    >
      {own.text}
    </Button>
  )

  return (
    <article
      class="resource-card"
      classList={{ 'resource-card-urgent': props.one.urgent && isLive() }}
      data-resource={props.one.id}
    >
      <header>
        <b>{what()}</b>
        <Show when={props.one.urgent && isLive()}>
          <Badge tone="alarm">{t('urgent')}</Badge>
        </Show>
        <Show when={!isLive()}>
          <Badge>{t(`status.${props.one.status}`)}</Badge>
        </Show>
      </header>
      <p>{props.whom}</p>
      <p class="resource-by">{t('asked', props.one.requestedBy, time(props.one.requestedAt))}</p>
      <p class="resource-holder">
        <Show when={props.one.holder} fallback={isLive() && t('free')}>
          {(holder) => (mine() ? t('mine', time(props.one.claimedAt)) : t('held', holder(), time(props.one.claimedAt)))}
        </Show>
        <Show when={takeOver()}>
          {' · '}
          {t('lapsed')}
        </Show>
      </p>
      <div class="resource-acts">
        <Show when={props.may.claim && (props.one.status === 'open' || takeOver())}>
          <Act move="claim" kind="primary" text={t(takeOver() ? 'takeOver' : 'claim')} />
        </Show>
        <Show when={moves()}>
          <Act move="deliver" kind="primary" text={t('deliver')} />
          <Act move="release" text={t('release')} />
        </Show>
        <Show when={isLive() && props.may.close}>
          <Button
            aria-expanded={closing()}
            aria-label={`${t('close')}: ${what()}, ${props.whom}`}
            onClick={() => setClosing(!closing())}
          >
            {t('close')}
          </Button>
        </Show>
        <Button
          aria-expanded={events() !== undefined}
          aria-label={`${t('history')}: ${what()}, ${props.whom}`}
          onClick={() => (events() ? setEvents(undefined) : void readHistory())}
        >
          {t('history')}
        </Button>
      </div>
      <Show when={closing() && isLive()}>
        <fieldset class="resource-reasons">
          <legend>{t('closeWhy')}</legend>
          <For each={CLOSE_RESOURCE_REASONS}>
            {(reason) => (
              <Button
                busy={busy()}
                onClick={() =>
                  void run(() =>
                    ask('POST /api/resources/{id}/close', { params: params(), body: { reason }, key: key() }),
                  )
                }
              >
                {t(`reason.${reason}`)}
              </Button>
            )}
          </For>
        </fieldset>
      </Show>
      <ProblemNote text={problem()} />
      <Show when={events()}>
        {(all) => (
          <ol class="resource-history">
            <For each={all()}>
              {(event) => (
                <li>
                  {time(event.at)} · {event.by} {t(`event.${event.kind}`)}
                </li>
              )}
            </For>
          </ol>
        )}
      </Show>
    </article>
  )
}
