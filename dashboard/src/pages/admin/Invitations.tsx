import { createSignal, type JSX, Show } from 'solid-js'
import { ask } from '../../api/http.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { createPages } from '../../pageKit/createPages.ts'
import { PagedTable } from '../../pageKit/PagedTable.tsx'
import { Secret } from '../../pageKit/Secret.tsx'
import { TextField } from '../../pageKit/TextField.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import type { Invitation } from './api.ts'
import { BindingFields, bindingErrors, bindingOf, NEW_BINDING } from './BindingFields.tsx'
import { Confirm } from './Confirm.tsx'
import { Places } from './Places.tsx'
import { adminWords } from './words.ts'

const ONCE = () => ''

export function Invitations(): JSX.Element {
  const t = useWords(adminWords)
  const desk = useWords(deskWords)
  const { format } = useLanguage()
  const [taking, take] = createSignal<Invitation>()
  const pages = createPages(ONCE, async () => ({ items: (await ask('GET /api/invitations')).invitations, next: null }))
  const state = ({ acceptedAt, expiresAt }: Invitation) =>
    acceptedAt !== null ? 'accepted' : Date.parse(expiresAt) < hubNow() ? 'expired' : 'open'
  return (
    <div class="admin-columns">
      <NewInvitation onMade={pages.reload} />
      <div class="admin-list">
        <PagedTable
          pages={pages}
          columns={[t('account.label'), t('account.role'), t('account.place'), t('invitation.until'), '']}
          empty={t('invitation.none')}
        >
          {(invitation) => (
            <tr classList={{ 'desk-off': state(invitation) !== 'open' }}>
              <th scope="row">
                {invitation.label} <Badge>{t(`invitation.state.${state(invitation)}`)}</Badge>
                <small>{invitation.note}</small>
              </th>
              <td>{desk(`role.${invitation.role}`)}</td>
              <td>
                <Places areas={invitation.areas} facility={invitation.facility} />
              </td>
              <td>{format().day(invitation.expiresAt.slice(0, 10))}</td>
              <td class="desk-row-actions">
                <Show when={invitation.acceptedAt === null}>
                  <Button onClick={() => take(invitation)}>{t('invitation.withdraw')}</Button>
                </Show>
              </td>
            </tr>
          )}
        </PagedTable>
      </div>
      <Show when={taking()} keyed>
        {(invitation) => (
          <Confirm
            title={t('invitation.withdrawTitle')}
            text={t('invitation.withdrawText')}
            action={t('invitation.withdraw')}
            onConfirm={async () => {
              await ask('DELETE /api/invitations/{id}', { params: { id: invitation.id } })
              toast(t('invitation.withdrawn'), 'good')
              pages.reload()
            }}
            onClose={() => take(undefined)}
          />
        )}
      </Show>
    </div>
  )
}

function NewInvitation(props: { onMade(): void }): JSX.Element {
  const t = useWords(adminWords)
  const { format } = useLanguage()
  const [binding, setBinding] = createSignal(NEW_BINDING)
  const [label, setLabel] = createSignal('')
  const [note, setNote] = createSignal('')
  const [tried, setTried] = createSignal(false)
  const submit = createSubmit()
  const [made, setMade] = createSignal<{ readonly link: string; readonly expiresAt: string }>()
  const errors = () => (tried() ? bindingErrors(binding()) : {})
  const labelError = () => (tried() && label().trim() === '' ? t('account.needLabel') : submit.problem()?.fields.label)

  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    submit.forget()
    setTried(true)
    if (Object.keys(errors()).length > 0 || labelError()) return
    await submit.send(async () => {
      setMade(
        await ask('POST /api/invitations', {
          body: { ...bindingOf(binding()), label: label().trim(), note: note().trim() },
        }),
      )
      setBinding(NEW_BINDING)
      setLabel('')
      setNote('')
      setTried(false)
      props.onMade()
    })
  }
  return (
    <form class="desk-card" onSubmit={send} noValidate>
      <div>
        <h2>{t('invitation.new')}</h2>
        <p class="desk-muted">{t('invitation.lead')}</p>
      </div>
      <BindingFields draft={binding()} errors={errors()} onChange={setBinding} />
      <TextField
        label={t('account.label')}
        hint={t('account.labelHint')}
        value={label()}
        onInput={setLabel}
        error={labelError()}
        required
      />
      <TextField label={t('invitation.note')} hint={t('invitation.noteHint')} value={note()} onInput={setNote} />
      <ProblemNote text={submit.problem()?.text} />
      <Button type="submit" kind="primary" busy={submit.busy()}>
        {t('invitation.make')}
      </Button>
      <Show when={made()}>
        {(done) => (
          <div class="desk-done" role="status">
            <p>{t('invitation.made')}</p>
            <Secret label={t('invitation.link')} value={done().link} />
            <p class="desk-muted">{t('invitation.madeText', format().day(done().expiresAt.slice(0, 10)))}</p>
          </div>
        )}
      </Show>
    </form>
  )
}
