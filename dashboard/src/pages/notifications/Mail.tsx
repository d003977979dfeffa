import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { CODE_DIGITS } from '../../../../hub/contract/vocabulary/notifications.ts'
import { ask } from '../../api/http.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { InputField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { TextField } from '../../pageKit/TextField.tsx'
import { Button } from '../../ui/Button.tsx'
import type { PartProps } from './mine.ts'
import { notificationWords } from './words.ts'

/** A mail address, which counts once the code that was mailed there has come back. */
export function Mail(props: PartProps): JSX.Element {
  const t = useWords(notificationWords)
  const email = () => props.mine.email ?? undefined
  return (
    <section class="desk-card" aria-labelledby="notifications-mail">
      <h2 id="notifications-mail">{t('mail.title')}</h2>
      <Show when={props.mine.mail} fallback={<p>{t('mail.off')}</p>}>
        <Switch fallback={<Address {...props} />}>
          <Match when={email()?.confirmed}>
            <p role="status">{t('mail.confirmed', email()?.address ?? '')}</p>
            <Remove {...props} />
          </Match>
          <Match when={email()}>
            {(waiting) => (
              <>
                <p role="status">{t('mail.sent', waiting().address)}</p>
                <Code {...props} />
                <Remove {...props} />
              </>
            )}
          </Match>
        </Switch>
      </Show>
    </section>
  )
}

function Address(props: PartProps): JSX.Element {
  const t = useWords(notificationWords)
  const { language } = useLanguage()
  const submit = createSubmit()
  const [address, setAddress] = createSignal('')
  const give = (event: SubmitEvent) => {
    event.preventDefault()
    const body = { address: address().trim(), language: language() === 'en' ? ('en' as const) : ('th' as const) }
    void submit.send(async () => props.take(await ask('PUT /api/notifications/email', { body })))
  }
  const wrong = () => submit.problem()?.fields.address
  return (
    <form class="notifications-line" novalidate onSubmit={give}>
      <TextField
        label={t('mail.address')}
        name="email"
        type="email"
        autocomplete="email"
        value={address()}
        onInput={setAddress}
        error={wrong()}
      />
      <Button type="submit" busy={submit.busy()} disabled={address().trim() === ''}>
        {t('mail.give')}
      </Button>
      <ProblemNote text={wrong() === undefined ? submit.problem()?.text : undefined} />
    </form>
  )
}

function Code(props: PartProps): JSX.Element {
  const t = useWords(notificationWords)
  const submit = createSubmit()
  const [code, setCode] = createSignal('')
  const confirm = (event: SubmitEvent) => {
    event.preventDefault()
    const body = { code: code().trim() }
    void submit.send(async () => props.take(await ask('POST /api/notifications/email/confirm', { body })))
  }
  return (
    <form class="notifications-line" onSubmit={confirm}>
      <InputField
        label={t('mail.code')}
        name="code"
        inputmode="numeric"
        autocomplete="one-time-code"
        maxlength={CODE_DIGITS}
        value={code()}
        onText={setCode}
      />
      <Button type="submit" busy={submit.busy()} disabled={code().trim().length !== CODE_DIGITS}>
        {t('mail.confirm')}
      </Button>
      <ProblemNote text={submit.problem()?.text} />
    </form>
  )
}

function Remove(props: PartProps): JSX.Element {
  const t = useWords(notificationWords)
  const submit = createSubmit()
  const remove = () =>
    submit.send(async () => props.take(await ask('PUT /api/notifications/email', { body: { address: null } })))
  return (
    <>
      <div class="notifications-actions">
        <Button busy={submit.busy()} onClick={() => void remove()}>
          {t('mail.remove')}
        </Button>
      </div>
      <ProblemNote text={submit.problem()?.text} />
    </>
  )
}
