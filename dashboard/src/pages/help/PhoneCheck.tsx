import { createSignal, type JSX, Show } from 'solid-js'
import { compactDigits } from '../../../../hub/contract/vocabulary/text.ts'
import { type HelpStatus, resendDigits, verifyPhone } from '../../api/help.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { InputField } from '../../forms/InputField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { statusWords } from './statusWords.ts'

type PhoneCheckProps = { code: string; status: HelpStatus; onStatus(status: HelpStatus): void }

/** The one-time code of the text message, in whatever digits it is typed. Help does not depend on it. */
export function PhoneCheck(props: PhoneCheckProps): JSX.Element {
  const t = useWords(statusWords)
  const { language } = useLanguage()
  const [typed, setTyped] = createSignal('')
  const [wrong, setWrong] = createSignal(false)
  const [said, setSaid] = createSignal('')
  const { busy, problem, send } = createSubmit()

  function ask(command: () => Promise<HelpStatus>, done: string): Promise<void> {
    setWrong(false)
    setSaid('')
    return send(async () => {
      props.onStatus(await command())
      setSaid(done)
    })
  }
  const verify = (event: SubmitEvent) => {
    event.preventDefault()
    const digits = compactDigits(typed())
    if (!/^\d{6}$/.test(digits)) setWrong(true)
    else void ask(() => verifyPhone(props.code, language(), digits), '')
  }
  return (
    <Show
      when={props.status.phone === 'unverified'}
      fallback={
        <p class="help-verified" role="status">
          {t('verified')}
        </p>
      }
    >
      <form class="form-card" novalidate onSubmit={verify}>
        <h2>{t('verify')}</h2>
        <InputField
          label={t('verifyCode')}
          hint={t('verifyText')}
          error={wrong() ? t('digits') : problem()?.text}
          class="help-digits"
          type="text"
          inputmode="numeric"
          autocomplete="one-time-code"
          maxLength={12}
          value={typed()}
          onText={setTyped}
        />
        <p role="status" class="form-muted">
          {said()}
        </p>
        <div class="form-actions">
          <Button type="submit" kind="primary" busy={busy()}>
            {t('verifySend')}
          </Button>
          <Button disabled={busy()} onClick={() => void ask(() => resendDigits(props.code, language()), t('resent'))}>
            {t('resend')}
          </Button>
        </div>
      </form>
    </Show>
  )
}
