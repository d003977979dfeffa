import { createSignal, For, type JSX, Show } from 'solid-js'
import { ACCOUNT_LANGUAGES, WEBHOOK_KINDS } from '../../../../hub/contract/vocabulary/notifications.ts'
import { type Answer, type AskingBody, ask } from '../../api/http.ts'
import { CheckChoices } from '../../forms/Choices.tsx'
import { createSubmit } from '../../forms/createSubmit.ts'
import { TextAreaField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { toggled } from '../../forms/toggled.ts'
import { useWords } from '../../i18n/language.tsx'
import { LANGUAGE_NAMES } from '../../i18n/languages.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { createPages } from '../../pageKit/createPages.ts'
import { PagedTable } from '../../pageKit/PagedTable.tsx'
import { TextField } from '../../pageKit/TextField.tsx'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import { AreaSelect } from './AreaSelect.tsx'
import { Confirm } from './Confirm.tsx'
import { LINE_TEMPLATE, LINE_URL, PLAIN_TEMPLATE, readTemplate } from './webhookTemplate.ts'
import { webhookWords } from './webhookWords.ts'
import { adminWords } from './words.ts'

type Webhook = Answer<'GET /api/webhooks'>['webhooks'][number]
type Draft = Omit<AskingBody<'POST /api/webhooks'>, 'template'> & { readonly template: string }

const NEW: Draft = {
  label: '',
  url: '',
  kinds: ['alert'],
  area: '',
  language: 'th',
  template: PLAIN_TEMPLATE,
  authorization: '',
}
const ONCE = () => ''

/** Where alerts and red needs are posted to: added, seen, removed. */
export function Webhooks(): JSX.Element {
  const t = useWords(webhookWords)
  const admin = useWords(adminWords)
  const [removing, remove] = createSignal<Webhook>()
  const pages = createPages(ONCE, async () => ({ items: (await ask('GET /api/webhooks')).webhooks, next: null }))
  return (
    <div class="admin-columns">
      <NewWebhook onMade={pages.reload} />
      <div class="admin-list">
        <PagedTable
          pages={pages}
          columns={[t('label'), t('what'), admin('account.place'), '']}
          empty={t('none')}
          emptyText={t('noneText')}
        >
          {(webhook) => (
            <tr>
              <th scope="row">
                {webhook.label}
                <small class="desk-muted"> {new URL(webhook.url).host}</small>
              </th>
              <td data-label={t('what')}>
                <For each={webhook.kinds}>
                  {(kind, i) => (
                    <>
                      {i() > 0 && ', '}
                      {t(`kind.${kind}`)}
                    </>
                  )}
                </For>
              </td>
              <td data-label={admin('account.place')}>
                <AreaName code={webhook.area} />
              </td>
              <td class="desk-row-actions">
                <Button onClick={() => remove(webhook)}>{t('remove')}</Button>
              </td>
            </tr>
          )}
        </PagedTable>
      </div>
      <Show when={removing()} keyed>
        {({ id, label }) => (
          <Confirm
            title={t('removeTitle', label)}
            text={t('removeText')}
            action={t('remove')}
            onConfirm={async () => {
              await ask('DELETE /api/webhooks/{id}', { params: { id } })
              toast(t('removed'), 'good')
              pages.reload()
            }}
            onClose={() => remove(undefined)}
          />
        )}
      </Show>
    </div>
  )
}

function NewWebhook(props: { onMade(): void }): JSX.Element {
  const t = useWords(webhookWords)
  const [draft, setDraft] = createSignal(NEW)
  const submit = createSubmit()
  const change = (part: Partial<Draft>) => setDraft((all) => ({ ...all, ...part }))
  const template = () => readTemplate(draft().template)
  const wrong = (field: string) => submit.problem()?.fields[field]
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    const read = template()
    if (read === undefined) return
    const { authorization, area, ...given } = draft()
    const body = { ...given, template: read, area: area || 'TH', ...(authorization && { authorization }) }
    void submit.send(async () => {
      await ask('POST /api/webhooks', { body })
      setDraft(NEW)
      toast(t('made'), 'good')
      props.onMade()
    })
  }
  return (
    <form class="desk-card" novalidate onSubmit={send}>
      <h2>{t('new')}</h2>
      <p class="desk-muted">{t('lead')}</p>
      <TextField
        label={t('label')}
        name="label"
        value={draft().label}
        onInput={(label) => change({ label })}
        error={wrong('label')}
      />
      <TextField
        label={t('url')}
        name="url"
        value={draft().url}
        onInput={(url) => change({ url })}
        error={wrong('url')}
      />
      <CheckChoices
        legend={t('kinds')}
        options={WEBHOOK_KINDS}
        value={draft().kinds}
        label={(kind) => t(`kind.${kind}`)}
        onToggle={(kind, on) => change({ kinds: toggled(draft().kinds, kind, on) })}
        error={wrong('kinds')}
      />
      <AreaSelect value={draft().area} onChange={(area) => change({ area })} none={t('nation')} />
      <SelectField
        label={t('language')}
        options={ACCOUNT_LANGUAGES}
        value={draft().language}
        text={(language) => LANGUAGE_NAMES[language]}
        onChange={(language) => change({ language })}
      />
      <TextAreaField
        label={t('template')}
        hint={t('templateHint')}
        name="template"
        rows={8}
        spellcheck={false}
        value={draft().template}
        onText={(text) => change({ template: text })}
        error={template() === undefined ? t('noJson') : wrong('template')}
      />
      <div>
        <Button onClick={() => change({ template: LINE_TEMPLATE, url: draft().url || LINE_URL })}>{t('line')}</Button>
      </div>
      <TextField
        label={t('authorization')}
        hint={t('authorizationHint')}
        name="authorization"
        type="password"
        autocomplete="off"
        value={draft().authorization ?? ''}
        onInput={(authorization) => change({ authorization })}
        error={wrong('authorization')}
      />
      <ProblemNote text={submit.problem()?.text} />
      <Button
        type="submit"
        kind="primary"
        busy={submit.busy()}
        disabled={draft().label === '' || template() === undefined}
      >
        {t('make')}
      </Button>
    </form>
  )
}
