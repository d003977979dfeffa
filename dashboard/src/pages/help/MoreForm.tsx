import { createSignal, type JSX, Show } from 'solid-js'
import { addToRequest, type HelpStatus } from '../../api/help.ts'
import { NeedChoices } from '../../forms/caseFields.tsx'
import { createAttempt } from '../../forms/createAttempt.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { Emergency } from '../../forms/Emergency.tsx'
import { TextAreaField } from '../../forms/InputField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { ConditionFields } from './ConditionFields.tsx'
import { isEmergency, OTHER_SYMPTOMS, readSpo2 } from './model.ts'
import { type MoreDraft, moreBody, NO_MORE, needsLeft } from './more.ts'
import { statusWords } from './statusWords.ts'
import { checkWords } from './words.ts'

type MoreFormProps = { code: string; status: HelpStatus; onStatus(status: HelpStatus): void }

/** Something the helpers should know. The key lasts until the hub has answered: a second press adds nothing twice. */
export function MoreForm(props: MoreFormProps): JSX.Element {
  const t = useWords(statusWords)
  const tCheck = useWords(checkWords)
  const { language } = useLanguage()
  const [draft, setDraft] = createSignal<MoreDraft>(NO_MORE)
  const attempt = createAttempt()
  const submit = createSubmit()
  const [sent, setSent] = createSignal(false)
  const edit = (change: Partial<MoreDraft>) => setDraft((now) => ({ ...now, ...change }))
  const spo2Wrong = () => draft().spo2.trim() !== '' && readSpo2(draft().spo2) === undefined

  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const body = moreBody(draft())
    if (body === undefined || submit.busy() || spo2Wrong()) return
    setSent(false)
    await submit.send(async () => {
      props.onStatus(await addToRequest(props.code, language(), attempt.keyOf(body), body))
      attempt.answered()
      setDraft(NO_MORE)
      setSent(true)
    })
  }
  return (
    <form class="form-card" novalidate onSubmit={send}>
      <h2>{t('more')}</h2>
      <Worse draft={draft()} edit={edit} spo2Error={spo2Wrong() ? tCheck('error.spo2_range') : undefined} />
      <Show when={isEmergency(draft())}>
        <Emergency />
      </Show>
      <NeedMore draft={draft()} edit={edit} status={props.status} />
      <TextAreaField
        label={t('moreNote')}
        hint={t('moreHint')}
        error={submit.problem()?.text}
        rows={2}
        maxLength={1000}
        value={draft().note}
        onText={(text) => edit({ note: text })}
      />
      <p role="status" class="form-muted">
        {sent() ? t('moreSent') : ''}
      </p>
      <Button type="submit" busy={submit.busy()} disabled={moreBody(draft()) === undefined || spo2Wrong()}>
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
  return (
    <Show when={needsLeft(props.status).length > 0}>
      <details class="help-more-part" data-part="needs">
        <summary>{t('moreNeeds')}</summary>
        <NeedChoices
          legend={t('moreNeeds')}
          legendHidden
          options={needsLeft(props.status)}
          value={props.draft.needs}
          onChange={(needs) => props.edit({ needs })}
        />
      </details>
    </Show>
  )
}
