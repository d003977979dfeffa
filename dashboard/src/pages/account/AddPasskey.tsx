import { createSignal, type JSX, Show } from 'solid-js'
import { ask } from '../../api/http.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { InputField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useWords } from '../../i18n/language.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { browserHasPasskeys, makePasskey } from '../../session/passkey.ts'
import { Button } from '../../ui/Button.tsx'
import { accountWords } from './words.ts'

type AddPasskeyProps = {
  /** whether the address of the hub can have any */
  possible: boolean
  onAdded(recoveryCodes: readonly string[] | null): void
  onClose(): void
}

/** A passkey of this device, or of a key that is plugged in. */
export function AddPasskey(props: AddPasskeyProps): JSX.Element {
  const t = useWords(accountWords)
  const desk = useWords(deskWords)
  const { busy, problem, send } = createSubmit()
  const [name, setName] = createSignal('')
  const [tried, setTried] = createSignal(false)
  const [failed, setFailed] = createSignal(false)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setTried(true)
    setFailed(false)
    if (name().trim() === '') return
    void send(async () => {
      const { options } = await ask('POST /api/factors/passkey/options')
      const response = await makePasskey(options).catch((error: unknown) => {
        console.info('No passkey was made.', error)
        setFailed(true)
      })
      if (!response) return
      const { recoveryCodes } = await ask('POST /api/factors/passkey', { body: { name: name().trim(), response } })
      props.onAdded(recoveryCodes)
    })
  }
  return (
    <form class="account-add" onSubmit={submit} novalidate aria-label={t('addPasskey')}>
      <Show
        when={props.possible && browserHasPasskeys()}
        fallback={
          <>
            <p role="status">{t('noPasskey')}</p>
            <div class="desk-buttons">
              <Button onClick={() => props.onClose()}>{desk('cancel')}</Button>
            </div>
          </>
        }
      >
        <p>{t('passkeyText')}</p>
        <InputField
          label={t('name')}
          hint={t('nameHint')}
          error={tried() && name().trim() === '' ? t('nameMissing') : undefined}
          name="passkey-name"
          maxLength={60}
          value={name()}
          onText={setName}
        />
        <ProblemNote text={failed() ? t('passkeyFailed') : problem()?.text} />
        <div class="desk-buttons">
          <Button type="submit" kind="primary" busy={busy()}>
            {t('makePasskey')}
          </Button>
          <Button onClick={() => props.onClose()}>{desk('cancel')}</Button>
        </div>
      </Show>
    </form>
  )
}
