import { createSignal, type JSX, Show } from 'solid-js'
import { ask } from '../../api/http.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useWords } from '../../i18n/language.tsx'
import { Secret } from '../../pageKit/Secret.tsx'
import { TextField } from '../../pageKit/TextField.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { BindingFields, bindingErrors, bindingOf, NEW_BINDING } from './BindingFields.tsx'
import { adminWords } from './words.ts'

const USERNAME = /^[a-z0-9][a-z0-9._-]{2,39}$/

/** A new account; its password is shown once, after it stands. */
export function NewAccountDialog(props: { onMade(): void; onClose(): void }): JSX.Element {
  const t = useWords(adminWords)
  const desk = useWords(deskWords)
  const common = useWords(commonWords)
  const [name, setName] = createSignal('')
  const [username, setUsername] = createSignal('')
  const [email, setEmail] = createSignal('')
  const [label, setLabel] = createSignal('')
  const [binding, setBinding] = createSignal(NEW_BINDING)
  const [tried, setTried] = createSignal(false)
  const submit = createSubmit()
  const [password, setPassword] = createSignal<string>()

  const errors = () => {
    if (!tried()) return {}
    const fields = submit.problem()?.fields ?? {}
    const noLogin = username() === '' && email() === '' ? t('account.needLogin') : undefined
    const badName = username() !== '' && !USERNAME.test(username()) ? t('account.usernameHint') : undefined
    const taken = submit.problem()?.code === 'taken' ? submit.problem()?.text : undefined
    return {
      name: name().trim() === '' ? t('account.needName') : fields.name,
      username: noLogin ?? badName ?? fields.username ?? taken,
      email: fields.email,
      label: fields.label,
      binding: bindingErrors(binding()),
    }
  }
  const blocked = () => {
    const { binding: places, name: who, username: login } = errors()
    return Boolean(who || login) || Object.keys(places ?? {}).length > 0
  }

  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    submit.forget()
    setTried(true)
    if (blocked()) return
    await submit.send(async () => {
      const made = await ask('POST /api/accounts', {
        body: {
          ...bindingOf(binding()),
          name: name().trim(),
          username: username() || null,
          email: email().trim() || null,
          ...(label().trim() && { label: label().trim() }),
        },
      })
      setPassword(made.password)
      props.onMade()
    })
  }
  return (
    <Dialog open onOpenChange={(open) => open || props.onClose()} title={t('account.new')}>
      <Show
        when={password()}
        fallback={
          <form class="admin-form" onSubmit={send} noValidate>
            <TextField label={t('account.name')} value={name()} onInput={setName} error={errors().name} required />
            <div class="desk-pair">
              <TextField
                label={t('account.username')}
                name="username"
                hint={t('account.loginHint')}
                value={username()}
                onInput={(text) => setUsername(text.trim())}
                error={errors().username}
              />
              <TextField label={t('account.email')} value={email()} onInput={setEmail} error={errors().email} />
            </div>
            <TextField
              label={t('account.label')}
              hint={t('account.labelHint')}
              value={label()}
              onInput={setLabel}
              error={errors().label}
            />
            <BindingFields draft={binding()} errors={errors().binding ?? {}} onChange={setBinding} />
            <ProblemNote text={submit.problem()?.text} />
            <div class="dialog-actions">
              <Button onClick={() => props.onClose()}>{desk('cancel')}</Button>
              <Button type="submit" kind="primary" busy={submit.busy()}>
                {t('account.create')}
              </Button>
            </div>
          </form>
        }
      >
        {(secret) => (
          <div class="desk-done" role="status">
            <p>{t('account.created')}</p>
            <Secret label={t('account.password')} value={secret()} />
            <p class="desk-muted">{t('account.passwordText')}</p>
            <Button onClick={() => props.onClose()}>{common('close')}</Button>
          </div>
        )}
      </Show>
    </Dialog>
  )
}
