import { useNavigate } from '@solidjs/router'
import { createSignal, type JSX } from 'solid-js'
import { ApiError } from '../../api/http.ts'
import { signIn } from '../../api/session.ts'
import { StepHeading } from '../../forms/FormPage.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { queueWords } from './queueWords.ts'
import { useRecorder } from './recorder.tsx'
import { recordWords } from './words.ts'

/** Where one is, without leaving: what stood in a form that lost its session is still there afterwards. */
export function SignIn(): JSX.Element {
  const t = useWords(queueWords)
  const tRecord = useWords(recordWords)
  const common = useWords(commonWords)
  const { enter } = useRecorder()
  const navigate = useNavigate()
  const [login, setLogin] = createSignal('')
  const [password, setPassword] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const [error, setError] = createSignal<string>()

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      await enter(await signIn(login().trim(), password()))
    } catch (cause) {
      // Only the page of the offices asks for a password of one's own; it leads back here.
      if (cause instanceof ApiError && cause.code === 'password_issued') return navigate('/sign-in?next=/record')
      setError(cause instanceof ApiError && cause.status !== 0 ? cause.message : common('error.offline'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form class="form-fields" onSubmit={submit}>
      <StepHeading lead={tRecord('lead')}>{t('signIn')}</StepHeading>
      <Field label={t('login')}>
        {(aria) => (
          <input
            {...aria}
            type="text"
            name="login"
            autocomplete="username"
            autocapitalize="none"
            required
            value={login()}
            onInput={({ currentTarget }) => setLogin(currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t('password')} error={error()}>
        {(aria) => (
          <input
            {...aria}
            type="password"
            name="password"
            autocomplete="current-password"
            required
            value={password()}
            onInput={({ currentTarget }) => setPassword(currentTarget.value)}
          />
        )}
      </Field>
      <Button type="submit" kind="primary" busy={busy()}>
        {t('signIn')}
      </Button>
    </form>
  )
}
