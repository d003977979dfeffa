import { createSignal, For, type JSX, onCleanup, Show } from 'solid-js'
import { isLanguage } from '../../../../hub/contract/vocabulary/languages.ts'
import { type Consent, fetchConsent } from '../../api/help.ts'
import { deviceNow } from '../../clock.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { Emergency } from '../../forms/Emergency.tsx'
import { StepHeading } from '../../forms/FormPage.tsx'
import { caseWords } from '../../i18n/caseWords.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { areaNames } from '../../places/areas.ts'
import { ConsentParts } from '../../privacy/ConsentParts.tsx'
import { Button } from '../../ui/Button.tsx'
import type { HelpRequest } from './createRequest.ts'
import { type Field, type HelpDraft, helpBody, isEmergency, type Problem, problemsOf, type Step } from './model.ts'
import type { Sending } from './sending.ts'
import { checkWords, startWords } from './words.ts'

type CheckStepProps = {
  request: HelpRequest
  edit(change: Partial<HelpDraft>): void
  errorOf(field: Field): string | undefined
  goTo(step: Step): void
  refuse(problems: readonly Problem[]): void
}

export function CheckStep(props: CheckStepProps): JSX.Element {
  const t = useWords(checkWords)
  const tStart = useWords(startWords)
  const common = useWords(commonWords)
  const { language } = useLanguage()
  const [consent, askAgain] = createLoaded<Consent>(language, (code) => fetchConsent(isLanguage(code) ? code : 'th'))
  const agreed = () => {
    const loaded = consent()
    return loaded.kind === 'there' ? loaded.value : undefined
  }
  const state = () => props.request.sending()
  const waiting = () => {
    const now = state()
    return now.kind === 'waiting' ? now : undefined
  }
  const said = () => {
    const now = state()
    return now.kind === 'editing' && now.problems.length === 0 ? now.said : null
  }
  const toPhone = () => {
    const now = state()
    return now.kind === 'done' && now.answer.code === null
  }
  const send = () => {
    const text = agreed()
    const problems = problemsOf(props.request.draft(), 'check')
    if (problems.length > 0) props.refuse(problems)
    else if (text) props.request.send(helpBody(props.request.draft(), language(), text.version))
  }
  return (
    <Show when={!toPhone()} fallback={<AskedBefore request={props.request} goTo={props.goTo} />}>
      <StepHeading>{t('title')}</StepHeading>
      <Show when={isEmergency(props.request.draft())}>
        <Emergency />
      </Show>
      <Summary draft={props.request.draft()} locked={state().kind !== 'editing'} goTo={props.goTo} />
      <div class="help-consent" data-field="consent">
        <Show
          when={agreed()}
          fallback={<p>{consent().kind === 'failed' ? t('consentMissing') : t('consentLoading')}</p>}
        >
          {(shown) => <ConsentParts parts={shown().parts} />}
        </Show>
        <Show when={consent().kind === 'failed'}>
          <Button onClick={askAgain}>{common('retry')}</Button>
        </Show>
        <label class="choice">
          <input
            type="checkbox"
            checked={props.request.draft().consent}
            disabled={state().kind !== 'editing'}
            aria-invalid={props.errorOf('consent') ? 'true' : undefined}
            onChange={({ currentTarget }) => props.edit({ consent: currentTarget.checked })}
          />
          <span class="choice-label">{t('consent')}</span>
        </label>
        <Show when={props.errorOf('consent')}>{(text) => <p class="field-error">{text()}</p>}</Show>
      </div>
      <div role="status" class="help-said">
        <Show when={props.request.checked() !== undefined}>
          <Checking done={props.request.checked() ?? 0} />
        </Show>
        <Show when={waiting()}>{(now) => <Waiting state={now()} now={() => props.request.sendNow()} />}</Show>
        <Show when={said()}>{(text) => <p class="field-error">{text()}</p>}</Show>
      </div>
      <Show when={!waiting()}>
        <div class="form-actions">
          <Button kind="primary" busy={state().kind === 'sending'} disabled={!agreed()} onClick={send}>
            {state().kind === 'sending' ? t('sending') : t('send')}
          </Button>
          <Show when={state().kind === 'editing'}>
            <Button onClick={() => props.goTo('person')}>{tStart('back')}</Button>
          </Show>
        </div>
      </Show>
    </Show>
  )
}

/** The very same came from this phone minutes ago. Somebody else with the same need must not be taken for it. */
function AskedBefore(props: Pick<CheckStepProps, 'request' | 'goTo'>): JSX.Element {
  const t = useWords(checkWords)
  const again = () => {
    props.request.askAgain()
    props.goTo('person')
  }
  return (
    <div class="form-card" role="status">
      <p>{t('toPhone')}</p>
      <p>{t('somebodyElse')}</p>
      <Button onClick={again}>{t('askAgain')}</Button>
    </div>
  )
}

/** A machine that sends thousands would have to compute thousands of times; nobody in danger has to wait for it. */
function Checking(props: { done: number }): JSX.Element {
  const t = useWords(checkWords)
  return (
    <div class="form-card help-progress help-checking">
      <p>{t('checking')}</p>
      <progress value={props.done} max={1} aria-label={t('checking')} />
      <p>{t('call')}</p>
    </div>
  )
}

/** Nothing is lost, and what happens next: a person must not sit and wait for a dead line. */
function Waiting(props: { state: Extract<Sending, { kind: 'waiting' }>; now(): void }): JSX.Element {
  const t = useWords(checkWords)
  const secondsLeft = () => Math.max(0, Math.ceil((props.state.notBefore - deviceNow()) / 1000))
  const [left, setLeft] = createSignal(secondsLeft())
  const timer = setInterval(() => setLeft(secondsLeft()), 1000)
  onCleanup(() => clearInterval(timer))
  return (
    <div class="form-card help-waiting">
      <h2>{props.state.why === 'busy' ? t('waitingBusy') : t('waiting')}</h2>
      <p>{t('again', left())}</p>
      <Button kind="primary" onClick={() => props.now()}>
        {t('now')}
      </Button>
      <p>{t('call')}</p>
    </div>
  )
}

function Summary(props: { draft: HelpDraft; locked: boolean; goTo(step: Step): void }): JSX.Element {
  const t = useWords(checkWords)
  const tCase = useWords(caseWords)
  const { language } = useLanguage()
  const [names] = createLoaded(
    () => props.draft.place.subdistrict || props.draft.place.district,
    (code) => areaNames(code, language()),
  )
  const place = () => {
    const found = names()
    const area = found.kind === 'there' ? found.value.join(', ') : ''
    return [props.draft.place.point ? t('pin') : '', area, props.draft.address].filter(Boolean).join(' · ')
  }
  const condition = () =>
    [
      ...props.draft.symptoms.map((symptom) => tCase(`symptom.${symptom}`)),
      ...props.draft.risks.map((risk) => tCase(`risk.${risk}`)),
      props.draft.spo2 === '' ? '' : `SpO₂ ${props.draft.spo2} %`,
    ].filter(Boolean)
  const rows = (): readonly { readonly step: Step; readonly lines: readonly string[] }[] => [
    { step: 'needs', lines: [props.draft.needs.map((kind) => tCase(`need.${kind}`)).join(', ')] },
    { step: 'condition', lines: condition().length > 0 ? condition() : [t('nobodySick')] },
    { step: 'place', lines: [place()] },
    {
      step: 'person',
      lines: [
        props.draft.noPhone ? '' : props.draft.phone,
        props.draft.secondPhone,
        props.draft.name,
        props.draft.note,
      ].filter(Boolean),
    },
  ]
  return (
    <ul class="form-card help-summary">
      <For each={rows()}>
        {(row) => (
          <li>
            <div>
              <For each={row.lines}>{(line) => <p>{line}</p>}</For>
            </div>
            <Show when={!props.locked}>
              <button type="button" class="form-link" onClick={() => props.goTo(row.step)}>
                {t('change')}
              </button>
            </Show>
          </li>
        )}
      </For>
    </ul>
  )
}
