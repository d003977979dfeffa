import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { type Problem, problemOf } from '../../pageKit/problem.ts'
import { Secret } from '../../pageKit/Secret.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { toast } from '../../ui/Toast.tsx'
import type { Account } from './api.ts'
import { type BindingDraft, BindingFields, bindingErrors, bindingOf } from './BindingFields.tsx'
import { Confirm } from './Confirm.tsx'
import { adminWords } from './words.ts'

type Asking = 'disable' | 'reset' | 'resetFactors' | 'signOut'

/** One account: its role and places, password, sessions. What ends sessions asks first. */
export function AccountDialog(props: { account: Account; onChanged(): void; onClose(): void }): JSX.Element {
  const common = useWords(commonWords)
  const t = useWords(adminWords)
  const desk = useWords(deskWords)
  const { format } = useLanguage()
  const { id, name } = props.account
  const isScreen = props.account.role === 'screen'
  const [read, readAgain] = createLoaded(
    () => id,
    () => ask('GET /api/accounts/{id}', { params: { id } }),
  )
  const sessions = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value.sessions : undefined
  }
  const factors = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value.factors : 0
  }
  const { role } = props.account
  const [binding, setBinding] = createSignal<BindingDraft>({
    picked: '',
    role: role === null || role === 'screen' ? 'volunteer' : role,
    areas: props.account.areas.filter((area) => area !== 'TH'),
    facility: String(props.account.facility ?? ''),
  })
  const [asking, setAsking] = createSignal<Asking>()
  const [tried, setTried] = createSignal(false)
  const [problem, setProblem] = createSignal<Problem>()
  const [password, setPassword] = createSignal<string>()

  async function saveRole(): Promise<void> {
    setTried(true)
    if (Object.keys(bindingErrors(binding())).length > 0) return
    try {
      await ask('PUT /api/accounts/{id}/role', { params: { id }, body: bindingOf(binding()) })
      toast(t('account.roleSaved'), 'good')
      props.onChanged()
      props.onClose()
    } catch (error) {
      setProblem(problemOf(error, common))
    }
  }
  async function enable(): Promise<void> {
    try {
      await ask('PUT /api/accounts/{id}/disabled', { params: { id }, body: { disabled: false } })
      toast(t('account.enabledDone', name), 'good')
      props.onChanged()
      props.onClose()
    } catch (error) {
      setProblem(problemOf(error, common))
    }
  }
  const carryOut: Readonly<Record<Asking, () => Promise<void>>> = {
    disable: async () => {
      await ask('PUT /api/accounts/{id}/disabled', { params: { id }, body: { disabled: true } })
      toast(t('account.disabledDone', name), 'good')
      props.onChanged()
      props.onClose()
    },
    reset: async () => {
      setPassword((await ask('POST /api/accounts/{id}/password', { params: { id } })).password)
      readAgain()
    },
    resetFactors: async () => {
      const { factors } = await ask('POST /api/accounts/{id}/reset-factors', { params: { id } })
      toast(t('account.factorsReset', format().number(factors)), 'good')
      readAgain()
    },
    signOut: async () => {
      const ended = await ask('POST /api/accounts/{id}/sign-out', { params: { id } })
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
        <ProblemNote text={problem()?.text} />
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
          <Button onClick={() => setAsking('signOut')}>{t('account.signOut')}</Button>
          <Show when={!isScreen}>
            <Button onClick={() => setAsking('reset')}>{t('account.reset')}</Button>
            <Show when={factors() > 0}>
              <Button onClick={() => setAsking('resetFactors')}>{t('account.resetFactors')}</Button>
            </Show>
          </Show>
          <Show
            when={props.account.disabled}
            fallback={
              <Button kind="danger" onClick={() => setAsking('disable')}>
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
              onClose={() => setAsking(undefined)}
            />
          )}
        </Match>
      </Switch>
    </>
  )
}
