import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { isUnspecified } from '../../../../hub/contract/vocabulary/areas.ts'
import { CALL_RESULTS, type CallResult } from '../../../../hub/contract/vocabulary/calls.ts'
import { type Answer, ask } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import { inAreas } from '../../cases/board.ts'
import { createPlaceNames, type PlaceNames } from '../../cases/createPlaceNames.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { LANGUAGE_NAMES } from '../../i18n/languages.ts'
import { createHubNow } from '../../live/hubClock.ts'
import { useDesk } from '../../pageKit/DeskPage.tsx'
import { useSubject } from '../../panels/subject.tsx'
import { useValueText } from '../../panels/valueText.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { type Caller, countsOf, holderOf, inOrder, type LiveCall } from './calls.ts'
import { Interpreters } from './Interpreters.tsx'
import { hotlineWords } from './words.ts'

const LOOK_EVERY_MS = 1_000
const MINUTE_MS = 60_000

type Taken = Answer<'POST /api/calls/{id}/claim'>
type CallListProps = {
  province: string
  /** a request is begun for this caller */
  begin(caller: Caller): void
  /** a call has ended */
  changed(): void
}

/** Who rings and who is owed a call, live; to take, and to say how it went. */
export function CallList(props: CallListProps): JSX.Element {
  const t = useWords(hotlineWords)
  const { format } = useLanguage()
  const session = useDesk()
  const { live } = useSubject()
  const now = createHubNow(LOOK_EVERY_MS)
  const calls = createMemo(() =>
    live.rows(`board:${props.province}`, 'call').filter(({ district }) => inAreas(session.areas, district)),
  )
  const places = createPlaceNames(props.province, () => new Set())
  const [taken, setTaken] = createSignal<ReadonlyMap<string, Taken>>(new Map())
  const keep = (id: string, answer: Taken) => setTaken((known) => new Map([...known, [id, answer]]))
  const shown = createMemo(() => inOrder(calls(), session.account.key, now()).map(({ id }) => id))
  const byId = createMemo(() => new Map(calls().map((call) => [call.id, call])))
  const counts = () => {
    const { waiting, owed, overdue } = countsOf(calls(), now())
    return t('counts', format().number(waiting), format().number(owed), format().number(overdue))
  }
  return (
    <section class="desk-card hotline-list">
      <div>
        <h2>{t('calls')}</h2>
        <p class="desk-muted" role="status">
          {counts()}
        </p>
      </div>
      <Show when={shown().length > 0} fallback={<EmptyState title={t('noCalls')} text={t('noCallsText')} />}>
        <ol class="hotline-queue">
          <For each={shown()}>
            {(id) => (
              <Show when={byId().get(id)}>
                {(call) => (
                  <CallCard
                    call={call()}
                    now={now()}
                    places={places}
                    taken={taken().get(id)}
                    onTaken={(answer) => keep(id, answer)}
                    begin={props.begin}
                    changed={props.changed}
                  />
                )}
              </Show>
            )}
          </For>
        </ol>
      </Show>
    </section>
  )
}

type CardProps = {
  call: LiveCall
  now: number
  places: PlaceNames
  taken: Taken | undefined
  onTaken(answer: Taken): void
  begin(caller: Caller): void
  changed(): void
}

function CallCard(props: CardProps): JSX.Element {
  const t = useWords(hotlineWords)
  const { format } = useLanguage()
  const span = useValueText()
  const session = useDesk()
  const { busy, problem, send } = createSubmit()
  const params = () => ({ id: props.call.id })
  const holder = () => holderOf(props.call, props.now)
  const mine = () => holder() === session.account.key
  const minutes = (ms: number) => span('minutes', Math.max(0, Math.round(ms / MINUTE_MS)))
  const due = () => {
    const { dueAt } = props.call
    if (dueAt === null) return undefined
    return dueAt > props.now ? t('dueIn', minutes(dueAt - props.now)) : t('late', minutes(props.now - dueAt))
  }
  const late = () => props.call.dueAt !== null && props.call.dueAt <= props.now
  const take = () =>
    send(async () =>
      props.onTaken(await ask('POST /api/calls/{id}/claim', { params: params(), body: {}, key: newKey() })),
    )
  const release = () =>
    send(async () => {
      await ask('POST /api/calls/{id}/release', { params: params(), body: {}, key: newKey() })
    })
  const end = (result: CallResult) =>
    send(async () => {
      await ask('POST /api/calls/{id}/end', { params: params(), body: { result }, key: newKey() })
      props.changed()
    })
  return (
    <li class="hotline-call" classList={{ 'hotline-late': late(), 'hotline-mine': mine() }} data-call={props.call.id}>
      <header>
        <b>{t(`state.${holder() === null && props.call.state === 'claimed' ? 'owed' : props.call.state}`)}</b>
        <span>
          {isUnspecified(props.call.district) ? t('whereUnknown') : props.places.district(props.call.district)}
        </span>
        <Show when={props.call.language !== 'th'}>
          <Badge>{LANGUAGE_NAMES[props.call.language]}</Badge>
        </Show>
        <Show when={due()}>{(text) => <Badge tone={late() ? 'alarm' : 'plain'}>{text()}</Badge>}</Show>
      </header>
      <p class="desk-muted">
        {t('rang', format().time(props.call.rangAt), minutes(props.now - props.call.rangAt))}
        <Show when={props.call.tries > 0}> · {t('tries', String(props.call.tries))}</Show>
        <Show when={holder() !== null && !mine()}> · {t('held', props.call.holder ?? '')}</Show>
      </p>
      <Show when={holder() === null}>
        <div class="hotline-acts">
          <Button kind="primary" busy={busy()} aria-label={t('takeOf', props.call.id)} onClick={() => void take()}>
            {t('take')}
          </Button>
        </div>
      </Show>
      <Show when={mine()}>
        <Show
          when={props.taken}
          fallback={
            <div class="hotline-acts">
              <Button busy={busy()} onClick={() => void take()}>
                {t('showNumber')}
              </Button>
            </div>
          }
        >
          {(known) => (
            <>
              <a class="hotline-number" href={`tel:${known().phone}`}>
                {known().phone}
              </a>
              <Show when={known().note}>{(note) => <p>{t('said', note())}</p>}</Show>
              <Interpreters language={props.call.language} />
              <div class="hotline-acts">
                <Button
                  kind="primary"
                  onClick={() =>
                    props.begin({
                      call: props.call.id,
                      phone: known().phone,
                      language: props.call.language,
                    })
                  }
                >
                  {t('request')}
                </Button>
              </div>
            </>
          )}
        </Show>
        <p class="desk-muted">{t('mine', minutes((props.call.leaseUntil ?? props.now) - props.now))}</p>
        <fieldset class="hotline-results">
          <legend>{t('resultOf')}</legend>
          <For each={CALL_RESULTS}>
            {(result) => (
              <Button busy={busy()} data-result={result} onClick={() => void end(result)}>
                {t(`result.${result}`)}
              </Button>
            )}
          </For>
          <Button busy={busy()} onClick={() => void release()}>
            {t('release')}
          </Button>
        </fieldset>
      </Show>
      <ProblemNote text={problem()?.text} />
    </li>
  )
}
