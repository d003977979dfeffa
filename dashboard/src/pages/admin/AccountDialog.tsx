import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { type Problem, problemOf } from '../../desk/problem.ts'
import { Secret } from '../../desk/Secret.tsx'
import { deskWords } from '../../desk/words.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { toast } from '../../ui/Toast.tsx'
import { type Account, bindAccount, readAccount, resetPassword, setDisabled, signOutAccount } from './api.ts'
import { BindingFields, bindingErrors, bindingOf } from './BindingFields.tsx'
import { Confirm } from './Confirm.tsx'
import { adminWords } from './words.ts'

type Asking = 'disable' | 'reset' | 'signOut'

/** One account: its role and places, password, sessions. What ends sessions asks first. */
export function AccountDialog(props: { account: Account; onChanged(): void; onClose(): void }): JSX.Element {
  const t = useWords(adminWords)
  const desk = useWords(deskWords)
  const { language, format } = useLanguage()
  const { id, name } = props.account
  const isScreen = props.account.role === 'screen'
  const [read, readAgain] = createLoaded(() => id, readAccount)
  const sessions = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value.sessions : undefined
  }
  const [binding, setBinding] = createSignal({
    picked: '',
    role: isScreen ? ('volunteer' as const) : (props.account.role ?? 'volunteer'),
    areas: props.account.areas.filter((area) => area !== 'TH'),
    facility: String(props.account.facility ?? ''),
  })
  const [asking, ask] = createSignal<Asking>()
  const [tried, setTried] = createSignal(false)
  const [problem, setProblem] = createSignal<Problem>()
  const [password, setPassword] = createSignal<string>()

  async function saveRole(): Promise<void> {
    setTried(true)
    if (Object.keys(bindingErrors(binding())).length > 0) return
    try {
      await bindAccount(id, bindingOf(binding()))
      toast(t('account.roleSaved'), 'good')
      props.onChanged()
      props.onClose()
    } catch (error) {
      setProblem(problemOf(error, language()))
    }
  }
  async function enable(): Promise<void> {
    try {
      await setDisabled(id, false)
      toast(t('account.enabledDone', name), 'good')
      props.onChanged()
      props.onClose()
    } catch (error) {
      setProblem(problemOf(error, language()))
    }
  }
  const carryOut: Readonly<Record<Asking, () => Promise<void>>> = {
    disable: async () => {
      await setDisabled(id, true)
      toast(t('account.disabledDone', name), 'good')
      props.onChanged()
      props.onClose()
    },
    reset: async () => {
      setPassword((await resetPassword(id)).password)
      readAgain()
    },
    signOut: async () => {
      const ended = await signOutAccount(id)
      toast(t('account.signedOut', format().number(ended.sessions)), 'good')
      readAgain()
    },
  }
  return (
    <>
      <Dialog open={asking() === undefined} onOpenChange={(open) => open || asking() || props.onClose()} title={name}>
        <p class="desk-muted">
          {props.account.username ?? props.account.email}
          <Show when={props.account.label}> · {props.account.label}</Show>
          <Show when={sessions() !== undefined}>
            {' · '}
            {t('account.sessions', format().number(sessions() ?? 0))}
          </Show>
        </p>
        <Show when={password()}>
          {(secret) => (
            <div class="desk-done" role="status">
              <Secret label={t('account.password')} value={secret()} />
              <p class="desk-muted">{t('account.passwordText')}</p>
            </div>
          )}
        </Show>
        <Show when={problem()}>
          {(what) => (
            <p class="desk-problem" role="alert">
              {what().text}
            </p>
          )}
        </Show>
        <Show when={!isScreen}>
          <div class="admin-form admin-part">
            <h3>{t('account.changeRole')}</h3>
            <BindingFields draft={binding()} errors={tried() ? bindingErrors(binding()) : {}} onChange={setBinding} />
            <Button kind="primary" onClick={() => void saveRole()}>
              {desk('save')}
            </Button>
          </div>
        </Show>
        <div class="desk-buttons admin-part">
          <Button onClick={() => ask('signOut')}>{t('account.signOut')}</Button>
          <Show when={!isScreen}>
            <Button onClick={() => ask('reset')}>{t('account.reset')}</Button>
          </Show>
          <Show
            when={props.account.disabled}
            fallback={
              <Button kind="danger" onClick={() => ask('disable')}>
                {t('account.disable')}
              </Button>
            }
          >
            <Button onClick={() => void enable()}>{t('account.enable')}</Button>
          </Show>
        </div>
      </Dialog>
      <Switch>
        <Match when={asking()} keyed>
          {(what) => (
            <Confirm
              title={t(`account.${what}Title`, name)}
              text={t(`account.${what}Text`)}
              action={t(`account.${what}`)}
              onConfirm={carryOut[what]}
              onClose={() => ask(undefined)}
            />
          )}
        </Match>
      </Switch>
    </>
  )
}
