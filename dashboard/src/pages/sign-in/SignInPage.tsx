import { A, Navigate, useNavigate, useSearchParams } from '@solidjs/router'
import { createSignal, type JSX, onMount, Show } from 'solid-js'
import { ApiError } from '../../api/http.ts'
import { agencySignIn, type Session, signIn } from '../../api/session.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { commonWords } from '../../i18n/common.ts'
import { LanguageSwitch } from '../../i18n/LanguageSwitch.tsx'
import { useWords } from '../../i18n/language.tsx'
import { HelpButton } from '../../pageHelp/HelpButton.tsx'
import { leave, refreshSession, rememberSession, sessionState } from '../../session/account.ts'
import { nextPath } from '../../session/next.ts'
import { ProofForm } from '../../session/ProofForm.tsx'
import { proofWords } from '../../session/proofWords.ts'
import { HOME_PATH, homePath } from '../../session/workplaces.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { useTheme } from '../../ui/theme.ts'
import { usePageTitle } from '../../ui/title.ts'
import './SignInPage.css'
import { InputField } from '../../forms/InputField.tsx'
import { signInWords } from './words.ts'

type Query = { next?: string; reason?: string; error?: string }

/** What the provider's way back says when it knows nobody of this name. */
const NOT_KNOWN_HERE = ['account_not_linked', 'signup_disabled', 'email_not_found']

export default function SignInPage(): JSX.Element {
  useTheme('light')
  const t = useWords(signInWords)
  const common = useWords(commonWords)
  const proof = useWords(proofWords)
  const navigate = useNavigate()
  const [query] = useSearchParams<Query>()
  const [login, setLogin] = createSignal('')
  const [password, setPassword] = createSignal('')
  const [shown, setShown] = createSignal(false)
  /** the password was issued to this person, who now chooses one of their own */
  const [choosing, setChoosing] = createSignal(false)
  const [next, setNext] = createSignal('')
  const [tried, setTried] = createSignal(false)
  const { busy, problem: refused, send } = createSubmit()
  const [cameBack, setCameBack] = createSignal(agencyProblem())
  onMount(() => void refreshSession())
  usePageTitle(() => [t('title')])

  function agencyProblem(): string | undefined {
    if (query.error === undefined) return undefined
    if (NOT_KNOWN_HERE.includes(query.error)) return t('error.agencyUnknown')
    return query.error === 'account_disabled' ? t('error.disabled') : t('error.agency')
  }

  const problem = () => {
    const { code, text, fields } = refused() ?? {}
    return (code === 'invalid_input' ? fields?.next : undefined) ?? text ?? cameBack()
  }

  const attempt = async (work: () => Promise<void>) => {
    if (busy()) return
    setCameBack(undefined)
    await send(work)
  }

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setTried(true)
    if (login().trim() === '' || password() === '' || (choosing() && next() === '')) return
    void attempt(async () => {
      const session = await signIn(login().trim(), password(), choosing() ? next() : undefined).catch((error) => {
        if (error instanceof ApiError && error.code === 'password_issued' && !choosing()) {
          setChoosing(true)
          setTried(false)
          return undefined
        }
        throw error
      })
      if (session === undefined) return
      rememberSession(session)
      if (session.half === null) goOn(session)
    })
  }

  const goOn = (session: Session) => navigate(nextPath(query.next, homePath(session)), { replace: true })
  const half = () => {
    const state = sessionState()
    return state.kind === 'out' ? state.session.half : null
  }
  /** where a factor is set up before anything else */
  const setUpPath = () => `/account?${new URLSearchParams({ next: nextPath(query.next, HOME_PATH) })}`

  const agency = () => {
    const state = sessionState()
    return state.kind === 'out' ? state.session.oidc : null
  }

  return (
    <main class="sign-in">
      <header class="sign-in-head">
        <A href="/">{common('app')}</A>
        <LanguageSwitch />
        <HelpButton />
      </header>
      <Show when={half()?.owes === 'set_up'}>
        <Navigate href={setUpPath()} />
      </Show>
      <Show when={half()?.owes === 'prove' && half()}>
        {(owed) => (
          <section class="sign-in-card">
            <div>
              <h1>{proof('factor')}</h1>
              <p class="sign-in-lead">{proof('factorText')}</p>
            </div>
            <ProofForm
              ways={owed().ways}
              onProven={(session) => {
                rememberSession(session)
                goOn(session)
              }}
            />
            <Button onClick={() => void leave().then(refreshSession)}>{t('other')}</Button>
          </section>
        )}
      </Show>
      <form class="sign-in-card" classList={{ 'sign-in-hidden': half() !== null }} onSubmit={submit} novalidate>
        <div>
          <h1>{t('title')}</h1>
          <p class="sign-in-lead">{t('lead')}</p>
        </div>
        <Show when={query.reason === 'expired' && !problem()}>
          <p class="sign-in-note" role="status">
            {t('expired')}
          </p>
        </Show>
        <Show when={problem()}>
          <p class="sign-in-problem" role="alert">
            {problem()}
          </p>
        </Show>
        <InputField
          label={t('login')}
          error={tried() && login().trim() === '' ? t('loginMissing') : undefined}
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          maxLength={254}
          value={login()}
          onText={setLogin}
        />
        <Field label={t('password')} error={tried() && password() === '' ? t('passwordMissing') : undefined}>
          {(aria) => (
            <div class="sign-in-password">
              <input
                {...aria}
                name="password"
                type={shown() ? 'text' : 'password'}
                autocomplete="current-password"
                maxLength={128}
                value={password()}
                onInput={(event) => setPassword(event.currentTarget.value)}
              />
              <button type="button" aria-pressed={shown()} onClick={() => setShown(!shown())}>
                {shown() ? t('hide') : t('show')}
              </button>
            </div>
          )}
        </Field>
        <Show when={choosing()}>
          <p class="sign-in-note" role="status">
            {t('choose')}
          </p>
          <InputField
            label={t('next')}
            hint={t('nextHint')}
            error={tried() && next() === '' ? t('passwordMissing') : undefined}
            ref={(input) => queueMicrotask(() => input.focus())}
            name="new-password"
            type={shown() ? 'text' : 'password'}
            autocomplete="new-password"
            maxLength={128}
            value={next()}
            onText={setNext}
          />
        </Show>
        <Button type="submit" kind="primary" busy={busy()}>
          {t('submit')}
        </Button>
        <Show when={agency()}>
          {(name) => (
            <>
              <p class="sign-in-or">{t('or')}</p>
              <Button
                disabled={busy()}
                onClick={() =>
                  void attempt(async () => location.assign(await agencySignIn(nextPath(query.next, HOME_PATH))))
                }
              >
                {name()}
              </Button>
            </>
          )}
        </Show>
      </form>
      <p class="sign-in-help">
        {t('askHelp')} <A href="/help">{t('askHelpLink')}</A>
      </p>
    </main>
  )
}
