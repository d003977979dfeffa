import { createSignal, type JSX, Show } from 'solid-js'
import {
  CONTACT_CHANNELS,
  CONTACT_RESULTS,
  type ContactChannel,
  type ContactResult,
} from '../../../../hub/contract/vocabulary/contacts.ts'
import { ask } from '../../api/http.ts'
import { createAttempt } from '../../forms/createAttempt.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { InputField } from '../../forms/InputField.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import type { Entry } from './entry.ts'
import { vulnerableWords } from './words.ts'

const DOSES = ['', '0', '1', '2', '3', '4'] as const

/** What came of a call or a visit: result, doses, when to call again. */
export function CallForm(props: { entry: Entry; close(saved: boolean): void }): JSX.Element {
  const t = useWords(vulnerableWords)
  const [channel, setChannel] = createSignal<ContactChannel>('phone')
  const [result, setResult] = createSignal<ContactResult>('reached')
  const [doses, setDoses] = createSignal<(typeof DOSES)[number]>('')
  const [fewer, setFewer] = createSignal(false)
  const [nextCall, setNextCall] = createSignal('')
  const attempt = createAttempt()
  const submit = createSubmit()
  const isFewer = () => doses() !== '' && Number(doses()) < (props.entry.doses ?? 0)

  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const body = {
      channel: channel(),
      result: result(),
      ...(doses() !== '' && { doses: Number(doses()), acceptFewer: fewer() }),
      ...(nextCall() !== '' && { nextCall: nextCall() }),
    }
    await submit.send(async () => {
      const key = attempt.keyOf(body)
      await ask('POST /api/vulnerable/{id}/calls', { params: { id: props.entry.id }, body, key })
      attempt.answered()
      toast(t('saved'), 'good')
      props.close(true)
    })
  }
  return (
    <form class="form-fields" novalidate onSubmit={send}>
      <SelectField
        label={t('how')}
        options={CONTACT_CHANNELS}
        value={channel()}
        text={(one) => t(`channel.${one}`)}
        onChange={(one) => setChannel(one)}
      />
      <SelectField
        label={t('result')}
        name="result"
        options={CONTACT_RESULTS}
        value={result()}
        text={(one) => t(`results.${one}`)}
        onChange={(one) => setResult(one)}
      />
      <SelectField
        label={t('doses')}
        name="doses"
        options={DOSES}
        value={doses()}
        text={(one) => (one === '' ? t('unknown') : one)}
        onChange={(one) => setDoses(one)}
      />
      <Show when={isFewer()}>
        <label class="choice">
          <input type="checkbox" checked={fewer()} onChange={({ currentTarget }) => setFewer(currentTarget.checked)} />
          <span class="choice-label">{t('fewer')}</span>
        </label>
      </Show>
      <InputField label={t('nextDay')} name="nextCall" type="date" value={nextCall()} onText={setNextCall} />
      <Show when={submit.problem()}>
        {(problem) => (
          <p class="field-error" role="alert">
            {problem().text}
          </p>
        )}
      </Show>
      <div class="care-shown">
        <Button type="submit" kind="primary" busy={submit.busy()}>
          {t('save')}
        </Button>
        <Button onClick={() => props.close(false)}>{t('cancel')}</Button>
      </div>
    </form>
  )
}
