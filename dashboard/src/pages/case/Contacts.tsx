import { createSignal, For, type JSX, Show } from 'solid-js'
import {
  CONTACT_CHANNELS,
  CONTACT_RESULTS,
  type ContactChannel,
  type ContactResult,
} from '../../../../hub/contract/vocabulary/contacts.ts'
import type { CaseFile } from '../../api/cases.ts'
import { ask } from '../../api/http.ts'
import { createNoteDraft } from '../../cases/noteDraft.ts'
import { workWords } from '../../cases/words.ts'
import { createBusyWith } from '../../forms/createBusy.ts'
import { InputField, TextAreaField } from '../../forms/InputField.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { personWords } from '../../i18n/personWords.ts'
import { Button } from '../../ui/Button.tsx'
import type { RunCommand } from './command.ts'
import { casePageWords } from './words.ts'

export function Contacts(props: { file: CaseFile; account: string; run: RunCommand }): JSX.Element {
  const t = useWords(casePageWords)
  const words = useWords(workWords)
  const person = useWords(personWords)
  const { format } = useLanguage()
  const [channel, setChannel] = createSignal<ContactChannel>('phone')
  const [note, setNote] = createNoteDraft(props.account, props.file.case.id)
  const [busy, during] = createBusyWith<ContactResult>()
  const [phone, setPhone] = createNoteDraft(props.account, props.file.case.id, 'phone')
  const may = () => props.file.may.includes('case.contact')
  const log = async (result: ContactResult) => {
    const [text, other] = [note().trim(), phone().trim()]
    const added = { ...(text !== '' && { note: text }), ...(other !== '' && { phone: other }) }
    const body = { channel: channel(), result, ...added }
    const undo = { text: `${t('contacts')}: ${t(`result.${result}`)}` }
    const send = (key: string) =>
      ask('POST /api/cases/{id}/contacts', { params: { id: props.file.case.id }, body, key })
    if (await during(result, () => props.run(send, undo))) {
      setNote('')
      setPhone('')
    }
  }
  return (
    <section class="case-panel" aria-labelledby="case-contacts">
      <h2 id="case-contacts">{t('contacts')}</h2>
      <Show when={props.file.contacts.length > 0} fallback={<p class="case-muted">{t('noContacts')}</p>}>
        <ul class="case-log">
          <For each={props.file.contacts}>
            {(contact) => (
              <li>
                <time>{format().time(contact.at)}</time> {t(`channel.${contact.channel}`)} ·{' '}
                <b>{t(`result.${contact.result}`)}</b> <small>{t('by', contact.by)}</small>
                <Show when={contact.case !== props.file.case.id}>
                  <small class="case-muted"> · {words('caseNo', String(contact.case))}</small>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={may()}>
        <form class="case-form" onSubmit={(event) => event.preventDefault()}>
          <SelectField
            label={t('channelLabel')}
            options={CONTACT_CHANNELS}
            value={channel()}
            text={(each) => t(`channel.${each}`)}
            onChange={setChannel}
          />
          <TextAreaField label={t('note')} rows={2} maxLength={1000} value={note()} onText={setNote} />
          <InputField
            label={person('secondPhone')}
            hint={t('otherPhoneHint')}
            type="tel"
            autocomplete="off"
            maxLength={40}
            value={phone()}
            onText={setPhone}
          />
          <fieldset class="case-choices" aria-label={t('resultLabel')}>
            <For each={CONTACT_RESULTS}>
              {(result) => (
                <Button
                  busy={busy() === result}
                  disabled={busy() !== undefined}
                  data-result={result}
                  onClick={() => void log(result)}
                >
                  {t(`result.${result}`)}
                </Button>
              )}
            </For>
          </fieldset>
        </form>
      </Show>
    </section>
  )
}
