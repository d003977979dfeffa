import { createSignal, type JSX, Show } from 'solid-js'
import { ACCOUNT_LANGUAGES } from '../../../../hub/contract/vocabulary/notifications.ts'
import { type AskingBody, ask } from '../../api/http.ts'
import { CheckChoices } from '../../forms/Choices.tsx'
import { createSubmit } from '../../forms/createSubmit.ts'
import { DoneNote } from '../../forms/DoneNote.tsx'
import { InputField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { toggled } from '../../forms/toggled.ts'
import { useWords } from '../../i18n/language.tsx'
import { LANGUAGE_NAMES } from '../../i18n/languages.ts'
import type { PartProps } from './mine.ts'
import { notificationWords } from './words.ts'

type Chosen = AskingBody<'PUT /api/notifications'>

/** Where nobody has chosen hours yet. */
const NIGHT = { from: '22:00', until: '06:00' }

/** Of what one is told, in which language, and when not; each change is kept at once. */
export function Kinds(props: PartProps): JSX.Element {
  const t = useWords(notificationWords)
  const submit = createSubmit()
  const [saved, setSaved] = createSignal(false)
  const chosen = (): Chosen => {
    const { kinds, language, quiet } = props.mine
    return { kinds, language, quiet }
  }
  const change = (part: Partial<Chosen>) => {
    setSaved(false)
    return submit.send(async () => {
      props.take(await ask('PUT /api/notifications', { body: { ...chosen(), ...part } }))
      setSaved(true)
    })
  }
  const setQuiet = (part: Partial<typeof NIGHT>) => {
    const { from, until } = { ...NIGHT, ...props.mine.quiet, ...part }
    // A field of time is empty while it is typed into.
    if (from !== '' && until !== '') void change({ quiet: { from, until } })
  }
  return (
    <section class="desk-card" aria-labelledby="notifications-kinds">
      <h2 id="notifications-kinds">{t('kinds.title')}</h2>
      <Show when={props.mine.offered.length > 0} fallback={<p>{t('kinds.none')}</p>}>
        <CheckChoices
          legend={t('kinds.title')}
          legendHidden
          options={props.mine.offered}
          value={props.mine.kinds}
          label={(kind) => t(`kinds.${kind}`)}
          onToggle={(kind, on) => void change({ kinds: toggled(props.mine.kinds, kind, on) })}
        />
      </Show>
      <SelectField
        label={t('language')}
        options={ACCOUNT_LANGUAGES}
        value={props.mine.language}
        text={(language) => LANGUAGE_NAMES[language]}
        onChange={(language) => void change({ language })}
      />
      <CheckChoices
        legend={t('quiet.title')}
        hint={t('quiet.text')}
        options={['use']}
        value={props.mine.quiet === null ? [] : ['use']}
        label={() => t('quiet.use')}
        onToggle={(_, on) => void change({ quiet: on ? NIGHT : null })}
      />
      <Show when={props.mine.quiet}>
        {(quiet) => (
          <div class="notifications-hours">
            <InputField
              label={t('quiet.from')}
              type="time"
              value={quiet().from}
              onChange={({ currentTarget }) => setQuiet({ from: currentTarget.value })}
            />
            <InputField
              label={t('quiet.until')}
              type="time"
              value={quiet().until}
              onChange={({ currentTarget }) => setQuiet({ until: currentTarget.value })}
            />
          </div>
        )}
      </Show>
      <DoneNote text={saved() ? t('saved') : undefined} />
      <ProblemNote text={submit.problem()?.text} />
    </section>
  )
}
