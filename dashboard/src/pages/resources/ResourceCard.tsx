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
import { canBeTakenOver, claimEnds, endsSoon } from './requested.ts'
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
  const [parting, setParting] = createSignal(false)
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
  const deliver = (body: { quantity?: number }) =>
    run(() => ask('POST /api/resources/{id}/deliver', { params: params(), body, key: key() }))
  const acts = {
    claim: () => run(() => ask('POST /api/resources/{id}/claim', { params: params(), body: {}, key: key() })),
    release: () => run(() => ask('POST /api/resources/{id}/release', { params: params(), body: {}, key: key() })),
    deliver: () => deliver({}),
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
      <Show when={mine() && endsSoon(props.one, props.now)}>
        <p class="resource-ends">
          <Badge tone="warn">{t('ends', time(claimEnds(props.one)))}</Badge> <Act move="claim" text={t('keep')} />
        </p>
      </Show>
      <div class="resource-acts">
        <Show when={props.may.claim && (props.one.status === 'open' || takeOver())}>
          <Act move="claim" kind="primary" text={t(takeOver() ? 'takeOver' : 'claim')} />
        </Show>
        <Show when={moves()}>
          <Act move="deliver" kind="primary" text={t('deliver')} />
          <Show when={props.one.quantity > 1}>
            <Button
              aria-expanded={parting()}
              aria-label={`${t('part')}: ${what()}, ${props.whom}`}
              onClick={() => setParting(!parting())}
            >
              {t('part')}
            </Button>
          </Show>
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
      <Show when={parting() && moves()}>
        <PartForm
          one={props.one}
          busy={busy()}
          send={(quantity) => void deliver({ quantity }).then(() => setParting(false))}
        />
      </Show>
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
                  {event.quantity === null ? '' : ` ${format().number(event.quantity)}`}
                </li>
              )}
            </For>
          </ol>
        )}
      </Show>
    </article>
  )
}

type PartProps = { one: Requested; busy: boolean; send(quantity: number): void }

/** Less came than was asked for: how much; the rest stays on the board. */
function PartForm(props: PartProps): JSX.Element {
  const t = useWords(resourceWords)
  const [typed, setTyped] = createSignal('')
  const [shown, setShown] = createSignal(false)
  const quantity = () => (/^\d{1,6}$/.test(typed().trim()) ? Number(typed()) : 0)
  const isWrong = () => quantity() < 1 || quantity() >= props.one.quantity
  const submit = (event: Event) => {
    event.preventDefault()
    setShown(true)
    if (!isWrong()) props.send(quantity())
  }
  return (
    <form class="resource-part" onSubmit={submit} noValidate>
      <label>
        {t('partOf', t(`unit.${props.one.kind}`))}
        <input
          name="quantity"
          inputmode="numeric"
          autocomplete="off"
          value={typed()}
          aria-invalid={shown() && isWrong()}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </label>
      <Button type="submit" kind="primary" busy={props.busy}>
        {t('deliver')}
      </Button>
      <ProblemNote text={shown() && isWrong() ? t('partNumber', String(props.one.quantity)) : undefined} />
    </form>
  )
}
