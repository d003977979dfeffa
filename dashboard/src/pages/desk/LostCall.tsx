import { createSignal, type JSX, Show } from 'solid-js'
import { LANGUAGES, type Language } from '../../../../hub/contract/vocabulary/languages.ts'
import { ask } from '../../api/http.ts'
import { createAttempt } from '../../forms/createAttempt.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { DoneNote } from '../../forms/DoneNote.tsx'
import { InputField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { LANGUAGE_NAMES } from '../../i18n/languages.ts'
import { useDesk } from '../../pageKit/DeskPage.tsx'
import { createAreas } from '../../places/createAreas.ts'
import { Button } from '../../ui/Button.tsx'
import { hotlineWords } from './words.ts'

/** Where no exchange tells of lost calls, an agent does. */
export function LostCall(props: { province: string }): JSX.Element {
  const t = useWords(hotlineWords)
  const session = useDesk()
  const districts = createAreas(() => props.province)
  const own = session.areas.find((area) => area.startsWith(props.province) && area.length >= 4)?.slice(0, 4)
  const unknown = () => `${props.province}00`
  const [phone, setPhone] = createSignal('')
  const [note, setNote] = createSignal('')
  const [language, setLanguage] = createSignal<Language>('th')
  const [district, setDistrict] = createSignal(own ?? unknown())
  const [said, setSaid] = createSignal<string>()
  const { busy, problem, send } = createSubmit()
  const attempt = createAttempt()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setSaid(undefined)
    const words = note().trim()
    const body = { area: district(), phone: phone(), language: language(), ...(words !== '' && { note: words }) }
    void send(async () => {
      const { call } = await ask('POST /api/calls', { body, key: attempt.keyOf(body) })
      attempt.answered()
      setSaid(t('added', String(call.id)))
      setPhone('')
      setNote('')
    })
  }
  return (
    <details class="desk-card">
      <summary>{t('add')}</summary>
      <form class="hotline-form" onSubmit={submit}>
        <InputField
          label={t('addPhone')}
          error={problem()?.fields.phone}
          type="tel"
          name="lost-phone"
          autocomplete="off"
          required
          value={phone()}
          onText={setPhone}
        />
        <SelectField
          label={t('where')}
          name="lost-district"
          options={[...(own === undefined ? [unknown()] : []), ...districts.options()]}
          value={district()}
          text={(code) => (code === unknown() ? t('whereUnknown') : districts.name(code))}
          onChange={setDistrict}
        />
        <SelectField
          label={t('language')}
          name="lost-language"
          options={LANGUAGES}
          value={language()}
          text={(code) => LANGUAGE_NAMES[code]}
          onChange={setLanguage}
        />
        <InputField
          label={t('addNote')}
          error={problem()?.fields.note}
          maxLength={500}
          autocomplete="off"
          value={note()}
          onText={setNote}
        />
        <ProblemNote text={problem()?.text} />
        <Button type="submit" busy={busy()}>
          {t('addSend')}
        </Button>
        <Show when={said()}>{(text) => <DoneNote text={text()} />}</Show>
      </form>
    </details>
  )
}
