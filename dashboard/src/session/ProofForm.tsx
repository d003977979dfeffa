import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import type { Proof } from '../../../hub/contract/vocabulary/factors.ts'
import { ApiError, ask } from '../api/http.ts'
import type { Session } from '../api/session.ts'
import { createSubmit } from '../forms/createSubmit.ts'
import { InputField } from '../forms/InputField.tsx'
import { ProblemNote } from '../forms/ProblemNote.tsx'
import { useWords } from '../i18n/language.tsx'
import { Button } from '../ui/Button.tsx'
import { browserHasPasskeys, showPasskey } from './passkey.ts'
import './ProofForm.css'
import { proofWords } from './proofWords.ts'

/** Shows that it is them, by one of the ways that the account has. */
export function ProofForm(props: { ways: readonly Proof[]; onProven(session: Session): void }): JSX.Element {
  const t = useWords(proofWords)
  const { busy, problem, send } = createSubmit()
  const [failed, setFailed] = createSignal(false)
  const [lost, setLost] = createSignal(false)
  const [typed, setTyped] = createSignal('')
  const has = (way: Proof) => props.ways.includes(way)
  const canPasskey = () => has('passkey') && browserHasPasskeys()
  /** what is typed; of somebody whose only factor is a passkey, nothing */
  const by = (): Exclude<Proof, 'passkey'> | undefined => {
    if (has('password')) return 'password'
    if (has('recovery') && (lost() || !has('totp'))) return lost() ? 'recovery' : undefined
    return has('totp') ? 'totp' : undefined
  }

  const passkey = () => {
    setFailed(false)
    return send(async () => {
      const { options } = await ask('POST /api/session/proof/passkey/options')
      const response = await showPasskey(options).catch((error: unknown) => {
        if (error instanceof ApiError) throw error
        console.info('No passkey.', error)
        setFailed(true)
      })
      if (response) props.onProven(await ask('POST /api/session/proof/passkey', { body: { response } }))
    })
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const way = by()
    if (way === undefined || typed().trim() === '') return
    void send(async () => {
      const body = way === 'password' ? { by: way, password: typed() } : { by: way, code: typed().trim() }
      const session = await ask('POST /api/session/proof', { body }).finally(() => setTyped(''))
      props.onProven(session)
    })
  }

  return (
    <form class="proof-form" onSubmit={submit} novalidate>
      <Show when={has('passkey')}>
        <Show when={canPasskey()} fallback={<p class="proof-note">{t('noPasskeyHere')}</p>}>
          <Button kind={by() === undefined ? 'primary' : 'plain'} busy={busy()} onClick={() => void passkey()}>
            {t('byPasskey')}
          </Button>
        </Show>
      </Show>
      <Show when={failed()}>
        <ProblemNote text={t('passkeyFailed')} />
      </Show>
      <Switch>
        <Match when={by() === 'password'}>
          <InputField
            label={t('password')}
            name="proof"
            type="password"
            autocomplete="current-password"
            maxLength={128}
            value={typed()}
            onText={setTyped}
          />
        </Match>
        <Match when={by() === 'recovery'}>
          <InputField
            label={t('recovery')}
            hint={t('recoveryHint')}
            name="proof"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            maxLength={40}
            value={typed()}
            onText={setTyped}
          />
        </Match>
        <Match when={by() === 'totp'}>
          <InputField
            label={t('code')}
            hint={t('codeHint')}
            name="proof"
            inputmode="numeric"
            autocomplete="one-time-code"
            maxLength={12}
            value={typed()}
            onText={setTyped}
          />
        </Match>
      </Switch>
      <ProblemNote text={problem()?.text} />
      <Show when={by()}>
        <Button type="submit" kind="primary" busy={busy()}>
          {t('go')}
        </Button>
      </Show>
      <Show when={props.ways.length === 0}>
        <p class="proof-note">{t('noWay')}</p>
      </Show>
      <Show
        when={has('recovery')}
        fallback={
          <Show when={has('totp') || has('passkey')}>
            <p class="proof-note">{t('noneLeft')}</p>
          </Show>
        }
      >
        <Button
          onClick={() => {
            setTyped('')
            setLost(!lost())
          }}
        >
          {lost() && has('totp') ? t('found') : t('lost')}
        </Button>
      </Show>
    </form>
  )
}
