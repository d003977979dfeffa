import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { KEY_DAYS_DEFAULT, KEY_DAYS_MAX } from '../../../../hub/contract/api/keys.ts'
import { KEY_ACTIONS, type KeyAction } from '../../../../hub/contract/vocabulary/key-actions.ts'
import { type Answer, ask } from '../../api/http.ts'
import { CheckChoices } from '../../forms/Choices.tsx'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { toggled } from '../../forms/toggled.ts'
import { bangkokDay } from '../../i18n/format.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { useDesk } from '../../pageKit/DeskPage.tsx'
import { Secret } from '../../pageKit/Secret.tsx'
import { TextField } from '../../pageKit/TextField.tsx'
import { placeName } from '../../panels/subject.tsx'
import { Button } from '../../ui/Button.tsx'
import { AreasField, areasOf } from './AreasField.tsx'
import type { Facility } from './api.ts'
import { FacilitySearch } from './FacilityPicker.tsx'
import { keyWords } from './keyWords.ts'
import { adminWords } from './words.ts'

type Reach = 'facilities' | 'areas' | 'nation'
type Draft = {
  readonly label: string
  readonly actions: readonly KeyAction[]
  readonly reach: Reach
  readonly facilities: readonly Facility[]
  readonly areas: readonly string[]
  readonly picked: string
  readonly days: number
}
const NEW: Draft = {
  label: '',
  actions: ['facility.report'],
  reach: 'facilities',
  facilities: [],
  areas: [],
  picked: '',
  days: KEY_DAYS_DEFAULT,
}
const DAYS = [30, KEY_DAYS_DEFAULT, 180, KEY_DAYS_MAX]

function placesOf(draft: Draft) {
  return {
    areas: draft.reach === 'nation' ? ['TH'] : draft.reach === 'areas' ? [...areasOf(draft)] : [],
    facilities: draft.reach === 'facilities' ? draft.facilities.map(({ id }) => id) : [],
  }
}

/** The form of a key; what was made stands below it until the next one is. */
export function NewKey(props: { onMade(): void }): JSX.Element {
  const t = useWords(keyWords)
  const { format } = useLanguage()
  const [draft, setDraft] = createSignal(NEW)
  const [tried, setTried] = createSignal(false)
  const [made, setMade] = createSignal<Answer<'POST /api/keys'>>()
  const submit = createSubmit()
  const change = (part: Partial<Draft>) => setDraft((all) => ({ ...all, ...part }))
  const missing = () => {
    const { areas, facilities } = placesOf(draft())
    return {
      label: draft().label.trim() === '',
      actions: draft().actions.length === 0,
      places: areas.length + facilities.length === 0,
    }
  }
  const wrong = (what: keyof ReturnType<typeof missing>) => tried() && missing()[what]

  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    submit.forget()
    setMade(undefined)
    setTried(true)
    if (Object.values(missing()).some(Boolean)) return
    const { label, actions, days } = draft()
    await submit.send(async () => {
      setMade(
        await ask('POST /api/keys', {
          body: { label: label.trim(), actions: [...actions], days, ...placesOf(draft()) },
        }),
      )
      setDraft(NEW)
      setTried(false)
      props.onMade()
    })
  }
  return (
    <form class="desk-card" onSubmit={send} noValidate>
      <div>
        <h2>{t('new')}</h2>
        <p class="desk-muted">{t('lead')}</p>
        <p class="desk-muted">
          <a class="key-docs" href="/api/reference" target="_blank" rel="noreferrer">
            {t('docs')}
          </a>
        </p>
      </div>
      <TextField
        label={t('label')}
        name="label"
        hint={t('labelHint')}
        value={draft().label}
        onInput={(label) => change({ label })}
        error={wrong('label') ? t('needLabel') : submit.problem()?.fields.label}
        required
      />
      <CheckChoices
        legend={t('may')}
        options={KEY_ACTIONS}
        label={(action) => t(`action.${action}`)}
        value={draft().actions}
        error={wrong('actions') ? t('needAction') : undefined}
        onToggle={(action, on) => change({ actions: toggled(draft().actions, action, on) })}
      />
      <Places draft={draft()} missing={wrong('places')} onChange={change} />
      <SelectField
        label={t('days')}
        name="days"
        options={DAYS}
        value={draft().days}
        text={(days) => t('nDays', format().number(days))}
        onChange={(days) => change({ days })}
      />
      <ProblemNote text={submit.problem()?.text} />
      <Button type="submit" kind="primary" busy={submit.busy()}>
        {t('make')}
      </Button>
      <Show when={made()}>
        {(done) => (
          <div class="desk-done" role="status">
            <p>{t('made')}</p>
            <Secret label={t('key')} value={done().key} />
            <p class="desk-muted">{t('madeText', format().day(bangkokDay(Date.parse(done().expiresAt))))}</p>
          </div>
        )}
      </Show>
    </form>
  )
}

type PlacesProps = { draft: Draft; missing: boolean; onChange(part: Partial<Draft>): void }

/** The facilities or areas of a key; an office is offered its own. */
function Places(props: PlacesProps): JSX.Element {
  const t = useWords(keyWords)
  const admin = useWords(adminWords)
  const { areas } = useDesk()
  const { language } = useLanguage()
  const everywhere = areas.includes('TH')
  const without = (id: number) => props.draft.facilities.filter((one) => one.id !== id)
  return (
    <>
      <SelectField
        label={t('where')}
        name="reach"
        options={everywhere ? ['facilities', 'areas', 'nation'] : ['facilities', 'areas']}
        value={props.draft.reach}
        text={(reach) => t(`reach.${reach}`)}
        onChange={(reach) => props.onChange({ reach })}
      />
      <Switch>
        <Match when={props.draft.reach === 'areas'}>
          <AreasField
            draft={props.draft}
            within={areas}
            error={props.missing ? admin('account.needArea') : undefined}
            onChange={(part) => props.onChange(part)}
          />
        </Match>
        <Match when={props.draft.reach === 'facilities'}>
          <fieldset class="binding-areas" aria-invalid={props.missing ? 'true' : undefined}>
            <legend class="field-label">{t('sites')}</legend>
            <Show when={props.draft.facilities.length > 0}>
              <ul class="binding-chosen" aria-label={t('sites')}>
                <For each={props.draft.facilities}>
                  {(facility) => (
                    <li>
                      {placeName(facility, language())}
                      <button
                        type="button"
                        aria-label={t('remove', placeName(facility, language()))}
                        onClick={() => props.onChange({ facilities: without(facility.id) })}
                      >
                        ✕
                      </button>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
            <FacilitySearch
              within={areas[0] ?? 'TH'}
              onChoose={(facility) => props.onChange({ facilities: [...without(facility.id), facility] })}
            />
            <Show when={props.missing}>
              <p class="field-error" role="alert">
                {t('needFacility')}
              </p>
            </Show>
          </fieldset>
        </Match>
      </Switch>
    </>
  )
}
