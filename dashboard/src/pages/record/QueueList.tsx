import { A, useNavigate } from '@solidjs/router'
import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import type { LikelyDuplicate } from '../../api/record.ts'
import { deviceNow } from '../../clock.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { bangkokDay } from '../../i18n/format.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { draftKey } from '../../offline/drafts.ts'
import type { QueuedRecord } from '../../offline/queue.ts'
import { areaNames } from '../../places/areas.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { queueWords } from './queueWords.ts'
import { RecordIcon } from './RecordIcon.tsx'
import { unsentCount, useRecorder } from './recorder.tsx'
import { UndoCheck } from './UndoCheck.tsx'
import { recordWords } from './words.ts'

/** Every record of this account on this phone, the newest first, and what became of it. */
export function QueueList(): JSX.Element {
  const t = useWords(queueWords)
  const { records, sendNow, signInAgain } = useRecorder()
  const newestFirst = () => [...records()].sort((a, b) => b.madeAt - a.madeAt)
  const waiting = () => records().some(({ state }) => state.kind === 'waiting')
  const signedOut = () => records().some(({ state }) => state.kind === 'waiting' && state.why === 'signed_out')
  return (
    <section class="queue" aria-labelledby="queue-title">
      <header class="queue-head">
        <h2 id="queue-title">{t('title')}</h2>
        <Show when={unsentCount(records()) > 0}>
          <span data-unsent={unsentCount(records())}>{t('count', unsentCount(records()))}</span>
        </Show>
      </header>
      <Show when={waiting()}>
        <Show when={signedOut()} fallback={<Button onClick={sendNow}>{t('sendNow')}</Button>}>
          <Button kind="primary" onClick={signInAgain}>
            {t('signIn')}
          </Button>
        </Show>
      </Show>
      <Show when={records().length > 0} fallback={<p class="form-muted">{t('nothing')}</p>}>
        <ul class="queue-list" aria-live="polite">
          <For each={newestFirst()}>{(record) => <QueueLine record={record} />}</For>
        </ul>
      </Show>
    </section>
  )
}

function QueueLine(props: { record: QueuedRecord }): JSX.Element {
  const t = useWords(queueWords)
  const tRecord = useWords(recordWords)
  const { format } = useLanguage()
  const { keepBoth } = useRecorder()
  const of = <K extends QueuedRecord['state']['kind']>(kind: K) => {
    const { state } = props.record
    return state.kind === kind ? (state as Extract<QueuedRecord['state'], { kind: K }>) : undefined
  }
  return (
    <li class="queue-line" data-state={props.record.state.kind}>
      <RecordIcon kind={props.record.kind} />
      <div class="queue-what">
        <b>{tRecord(`kind.${props.record.kind}`)}</b>
        <Show when={props.record.title}>
          <span>{props.record.title}</span>
        </Show>
        <small>{format().moment(props.record.madeAt, deviceNow())}</small>
      </div>
      <span class={`queue-state queue-state-${props.record.state.kind}`}>{t(`state.${props.record.state.kind}`)}</span>
      <div class="queue-more">
        <Switch>
          <Match when={of('saved')}>{(state) => <SavedAs record={props.record.key} state={state()} />}</Match>
          <Match when={of('waiting')}>{(state) => <small>{t(`why.${state().why}`)}</small>}</Match>
          <Match when={of('conflict')}>
            {(state) => (
              <>
                <p>{t('likely')}</p>
                <LikelyList likely={state().likely} />
                <small>{t('conflictHint')}</small>
                <Button onClick={() => void keepBoth(props.record.key)}>{t('keepBoth')}</Button>
              </>
            )}
          </Match>
          <Match when={of('refused')}>
            {(state) => (
              <>
                <p class="field-error">{state().refusal.message}</p>
                <For each={state().refusal.fields}>
                  {(field) => (
                    <p class="field-error">
                      {field.path}: {field.message}
                    </p>
                  )}
                </For>
                <RefusedActions record={props.record} />
              </>
            )}
          </Match>
        </Switch>
      </div>
    </li>
  )
}

/** The number it has now, to say on the phone, and the way to what can be changed about it. */
function SavedAs(props: { record: string; state: Extract<QueuedRecord['state'], { kind: 'saved' }> }): JSX.Element {
  const t = useWords(queueWords)
  return (
    <Show
      when={props.state.case}
      fallback={
        <Show when={props.state.made}>
          {(made) => (
            <small>
              <b>{t('report', made())}</b> · {t('reportWrong')}
            </small>
          )}
        </Show>
      }
    >
      {(id) => (
        <>
          <Show when={props.state.event}>
            {(event) => <UndoCheck record={props.record} case={id()} event={event()} at={props.state.at} />}
          </Show>
          <A class="form-link" href={`/case/${id()}`} data-case={id()}>
            {t('case', id())}
          </A>
        </>
      )}
    </Show>
  )
}

/** A refused record is kept until a person has decided about it. */
function RefusedActions(props: { record: QueuedRecord }): JSX.Element {
  const t = useWords(queueWords)
  const { discard, save } = useRecorder()
  const navigate = useNavigate()
  const [asking, setAsking] = createSignal(false)
  const reused = () =>
    props.record.state.kind === 'refused' && props.record.state.refusal.code.startsWith('idempotency')
  const sendAsNew = () => {
    const { kind, body, title, key, account } = props.record
    if (body) void save({ kind, body, title }, { instead: key, draft: draftKey(account, kind, key) })
  }
  return (
    <div class="queue-actions">
      <Show
        when={reused()}
        fallback={
          <Button kind="primary" onClick={() => navigate(`/record/${props.record.kind}?instead=${props.record.key}`)}>
            {t('correct')}
          </Button>
        }
      >
        <Button kind="primary" onClick={sendAsNew}>
          {t('sendAsNew')}
        </Button>
      </Show>
      <Button onClick={() => setAsking(true)}>{t('discard')}</Button>
      <Dialog
        open={asking()}
        onOpenChange={setAsking}
        title={t('discardTitle')}
        description={t('discardText')}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t('discardNo')}</Button>
            <Button kind="danger" onClick={() => void discard(props.record.key)}>
              {t('discardYes')}
            </Button>
          </>
        }
      />
    </div>
  )
}

/** Cases that may be the same, by what the hub tells: number, place, day and why; never a name. */
export function LikelyList(props: { likely: readonly LikelyDuplicate[] }): JSX.Element {
  return (
    <ul class="queue-likely">
      <For each={props.likely}>{(likely) => <LikelyLine likely={likely} />}</For>
    </ul>
  )
}

function LikelyLine(props: { likely: LikelyDuplicate }): JSX.Element {
  const t = useWords(queueWords)
  const { language, format } = useLanguage()
  const [names] = createLoaded(
    () => props.likely.place,
    (code) => areaNames(code, language()),
  )
  const place = () => {
    const found = names()
    return found.kind === 'there' ? (found.value[0] ?? props.likely.place) : props.likely.place
  }
  const day = () => format().day(bangkokDay(props.likely.reportedAt))
  return (
    <li>
      <b>{t(`reason.${props.likely.reason}`)}</b>
      <span>{t('likelyLine', props.likely.case, place(), day())}</span>
    </li>
  )
}
