import { createSignal, type JSX, Show } from 'solid-js'
import { addToRequest, type HelpStatus } from '../../api/help.ts'
import { ApiError } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import { CheckChoices } from '../../forms/Choices.tsx'
import { Emergency } from '../../forms/Emergency.tsx'
import { NeedIcon } from '../../forms/needIcons.tsx'
import { toggled } from '../../forms/toggled.ts'
import { caseWords } from '../../i18n/caseWords.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { ConditionFields } from './ConditionFields.tsx'
import { isEmergency, OTHER_SYMPTOMS, readSpo2 } from './model.ts'
import { type MoreDraft, moreBody, NO_MORE, needsLeft } from './more.ts'
import { statusWords } from './statusWords.ts'
import { checkWords } from './words.ts'

type MoreFormProps = { code: string; status: HelpStatus; onStatus(status: HelpStatus): void }

/** Something the helpers should know. The key lasts until the hub has answered: a second press adds nothing twice. */
export function MoreForm(props: MoreFormProps): JSX.Element {
  const t = useWords(statusWords)
  const common = useWords(commonWords)
  const tCheck = useWords(checkWords)
  const { language } = useLanguage()
  const [draft, setDraft] = createSignal<MoreDraft>(NO_MORE)
  const [key, setKey] = createSignal<{ readonly key: string; readonly text: string }>()
  const [busy, setBusy] = createSignal(false)
  const [error, setError] = createSignal<string>()
  const [sent, setSent] = createSignal(false)
  const edit = (change: Partial<MoreDraft>) => setDraft((now) => ({ ...now, ...change }))
  const spo2Wrong = () => draft().spo2.trim() !== '' && readSpo2(draft().spo2) === undefined

  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const body = moreBody(draft())
    if (body === undefined || busy() || spo2Wrong()) return
    const text = JSON.stringify(body)
    const known = key()
    const used = known?.text === text ? known : { key: newKey(), text }
    setKey(used)
    setBusy(true)
    setError(undefined)
    setSent(false)
    try {
      props.onStatus(await addToRequest(props.code, language(), used.key, body))
      setKey(undefined)
      setDraft(NO_MORE)
      setSent(true)
    } catch (cause) {
      setError(cause instanceof ApiError && cause.status !== 0 ? cause.message : common('error.offline'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form class="form-card" novalidate onSubmit={send}>
      <h2>{t('more')}</h2>
      <Worse draft={draft()} edit={edit} spo2Error={spo2Wrong() ? tCheck('error.spo2_range') : undefined} />
      <Show when={isEmergency(draft())}>
        <Emergency />
      </Show>
      <NeedMore draft={draft()} edit={edit} status={props.status} />
      <Field label={t('moreNote')} hint={t('moreHint')} error={error()}>
        {(aria) => (
          <textarea
            {...aria}
            rows={2}
            maxLength={1000}
            value={draft().note}
            onInput={({ currentTarget }) => edit({ note: currentTarget.value })}
          />
        )}
      </Field>
      <p role="status" class="form-muted">
        {sent() ? t('moreSent') : ''}
      </p>
      <Button type="submit" busy={busy()} disabled={moreBody(draft()) === undefined || spo2Wrong()}>
        {t('moreSend')}
      </Button>
    </form>
  )
}

type PartProps = { draft: MoreDraft; edit(change: Partial<MoreDraft>): void }

function Worse(props: PartProps & { spo2Error: string | undefined }): JSX.Element {
  const t = useWords(statusWords)
  return (
    <details class="help-more-part" data-part="worse">
      <summary>{t('moreWorse')}</summary>
      <ConditionFields draft={props.draft} edit={props.edit} symptoms={OTHER_SYMPTOMS} spo2Error={props.spo2Error} />
    </details>
  )
}

function NeedMore(props: PartProps & { status: HelpStatus }): JSX.Element {
  const t = useWords(statusWords)
  const tCase = useWords(caseWords)
  return (
    <Show when={needsLeft(props.status).length > 0}>
      <details class="help-more-part" data-part="needs">
        <summary>{t('moreNeeds')}</summary>
        <CheckChoices
          legend={t('moreNeeds')}
          legendHidden
          look="tiles"
          options={needsLeft(props.status)}
          label={(kind) => tCase(`need.${kind}`)}
          icon={(kind) => <NeedIcon kind={kind} />}
          value={props.draft.needs}
          onToggle={(kind, on) => props.edit({ needs: toggled(props.draft.needs, kind, on) })}
        />
      </details>
    </Show>
  )
}
