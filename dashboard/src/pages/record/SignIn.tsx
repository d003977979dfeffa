import { useNavigate } from '@solidjs/router'
import { createSignal, type JSX } from 'solid-js'
import { ApiError } from '../../api/http.ts'
import { signIn } from '../../api/session.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { StepHeading } from '../../forms/FormPage.tsx'
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
  const { enter } = useRecorder()
  const navigate = useNavigate()
  const [login, setLogin] = createSignal('')
  const [password, setPassword] = createSignal('')
  const { busy, problem, send } = createSubmit()

  async function come(): Promise<void> {
    try {
      await enter(await signIn(login().trim(), password()))
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'password_issued')) throw error
      // Only the page of the offices asks for a password of one's own; it leads back here.
      navigate('/sign-in?next=/record')
    }
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    void send(come)
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
      <Field label={t('password')} error={problem()?.text}>
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
