import { A } from '@solidjs/router'
import { createSignal, type JSX, onMount, Show } from 'solid-js'
import { ask } from '../../api/http.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import '../../pageKit/desk.css'
import { FormPage, StepHeading } from '../../forms/FormPage.tsx'
import { useWords } from '../../i18n/language.tsx'
import { TextField } from '../../pageKit/TextField.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { invitationWords } from './words.ts'

const TOKEN = /^[\w-]{20,100}$/
const USERNAME = /^[a-z0-9][a-z0-9._-]{2,39}$/
const PASSWORD_LENGTH_MIN = 10

/** Accepts an invitation. The token stands after the hash, so no server and no log has seen it; the address drops it too. */
export default function InvitationPage(): JSX.Element {
  const t = useWords(invitationWords)
  const [token] = createSignal(location.hash.slice(1))
  const [done, setDone] = createSignal(false)
  usePageTitle(() => [t('title')])
  onMount(() => history.replaceState(history.state, '', location.pathname + location.search))
  return (
    <FormPage languages={['th', 'en']}>
      <Show when={TOKEN.test(token())} fallback={<EmptyState page title={t('noToken')} text={t('noTokenText')} />}>
        <Show when={!done()} fallback={<Accepted />}>
          <Accept token={token()} onDone={() => setDone(true)} />
        </Show>
      </Show>
    </FormPage>
  )
}

function Accepted(): JSX.Element {
  const t = useWords(invitationWords)
  return (
    <EmptyState
      page
      title={t('done')}
      text={t('doneText')}
      action={
        <A class="button button-primary" href="/sign-in">
          {t('signIn')}
        </A>
      }
    />
  )
}

function Accept(props: { token: string; onDone(): void }): JSX.Element {
  const t = useWords(invitationWords)
  const [name, setName] = createSignal('')
  const [username, setUsername] = createSignal('')
  const [email, setEmail] = createSignal('')
  const [password, setPassword] = createSignal('')
  const [tried, setTried] = createSignal(false)
  const submit = createSubmit()

  const errors = () => {
    const fields = submit.problem()?.fields ?? {}
    if (!tried()) return {}
    return {
      name: name().trim() === '' ? t('needName') : undefined,
      username: USERNAME.test(username()) ? undefined : t('usernameHint'),
      password: password().length < PASSWORD_LENGTH_MIN ? t('passwordHint') : undefined,
      email: fields.email,
    }
  }
  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    submit.forget()
    setTried(true)
    if (Object.values(errors()).some(Boolean)) return
    await submit.send(async () => {
      const body = {
        token: props.token,
        name: name().trim(),
        username: username(),
        email: email().trim() || null,
        password: password(),
      }
      await ask('POST /api/invitations/accept', { body })
      props.onDone()
    })
  }
  return (
    <form class="form-fields" onSubmit={send} noValidate>
      <StepHeading lead={t('lead')}>{t('title')}</StepHeading>
      <TextField
        label={t('name')}
        name="name"
        autocomplete="name"
        hint={t('nameHint')}
        value={name()}
        onInput={setName}
        error={errors().name}
        required
      />
      <TextField
        label={t('username')}
        name="username"
        autocomplete="username"
        hint={t('usernameHint')}
        value={username()}
        onInput={(text) => setUsername(text.trim().toLowerCase())}
        error={errors().username}
        required
      />
      <TextField
        label={t('email')}
        type="email"
        autocomplete="email"
        value={email()}
        onInput={setEmail}
        error={errors().email}
      />
      <TextField
        label={t('password')}
        name="password"
        type="password"
        autocomplete="new-password"
        hint={t('passwordHint')}
        value={password()}
        onInput={setPassword}
        error={errors().password}
        required
      />
      <ProblemNote text={submit.problem()?.text} />
      <Button type="submit" kind="primary" busy={submit.busy()}>
        {t('accept')}
      </Button>
    </form>
  )
}
