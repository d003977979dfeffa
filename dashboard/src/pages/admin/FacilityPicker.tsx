import { createEffect, createSignal, For, type JSX, on, Show } from 'solid-js'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { createPages } from '../../pageKit/createPages.ts'
import { PageFoot } from '../../pageKit/PageFoot.tsx'
import { placeName } from '../../panels/subject.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { facilityWords } from '../facility/words.ts'
import { AreaSelect } from './AreaSelect.tsx'
import { type Facility, findFacilities } from './api.ts'
import { adminWords } from './words.ts'

const SEARCH_WAIT_MS = 250

type FacilityPickerProps = {
  /** its number, or `''` */
  value: string
  error?: string | undefined
  /** an area code: where it is looked for; without it, anywhere that is chosen */
  within?: string
  onChange(id: string): void
}

/** One facility, found by name, code or area; what is chosen stands by name. */
export function FacilityPicker(props: FacilityPickerProps): JSX.Element {
  const t = useWords(adminWords)
  const [chosen, setChosen] = createSignal<Facility>()
  const choose = (facility: Facility | undefined) => {
    setChosen(facility)
    props.onChange(facility ? String(facility.id) : '')
  }
  // An account that has one already comes with its number alone.
  createEffect(
    on(
      () => props.value,
      (id) => {
        if (id === '' || id === String(chosen()?.id)) return
        findFacilities({ area: props.within ?? 'TH', q: id }, '').then(
          ({ items }) => setChosen(items.find((facility) => String(facility.id) === id)),
          () => setChosen(undefined),
        )
      },
    ),
  )
  return (
    <Show when={props.value === ''} fallback={<Chosen id={props.value} facility={chosen()} onChange={choose} />}>
      <fieldset class="binding-areas" aria-invalid={props.error ? 'true' : undefined}>
        <legend class="field-label">{t('account.facility')}</legend>
        <FacilitySearch within={props.within ?? 'TH'} onChoose={choose} />
        <Show when={props.error}>
          <p class="field-error" role="alert">
            {props.error}
          </p>
        </Show>
      </fieldset>
    </Show>
  )
}

type ChosenProps = { id: string; facility: Facility | undefined; onChange(facility: undefined): void }

function Chosen(props: ChosenProps): JSX.Element {
  const t = useWords(adminWords)
  return (
    <div class="facility-chosen">
      <p class="field-label">{t('account.facility')}</p>
      <Show when={props.facility} fallback={<b>{t('account.facilityNumber', props.id)}</b>}>
        {(facility) => <Name facility={facility()} />}
      </Show>
      <Button onClick={() => props.onChange(undefined)}>{t('account.facilityOther')}</Button>
    </div>
  )
}

function Name(props: { facility: Facility }): JSX.Element {
  const t = useWords(facilityWords)
  const { language } = useLanguage()
  return (
    <span>
      <b>{placeName(props.facility, language())}</b>
      <small>
        {t(`kind.${props.facility.kind}`)} · <AreaName code={props.facility.district} />
        {props.facility.code === null ? '' : ` · ${props.facility.code}`}
      </small>
    </span>
  )
}

/** Found by name, code or area; a press chooses one. @param within an area code */
export function FacilitySearch(props: { within: string; onChoose(facility: Facility): void }): JSX.Element {
  const t = useWords(adminWords)
  const [filter, setFilter] = createSignal({ area: props.within, q: '' })
  const pages = createPages(filter, findFacilities)
  let waiting: ReturnType<typeof setTimeout> | undefined
  const search = (text: string) => {
    clearTimeout(waiting)
    waiting = setTimeout(() => setFilter((all) => ({ ...all, q: text.trim() })), SEARCH_WAIT_MS)
  }
  return (
    <>
      <Show when={props.within === 'TH'}>
        <AreaSelect
          value={filter().area === 'TH' ? '' : filter().area}
          none={t('account.anywhere')}
          onChange={(area) => setFilter((all) => ({ ...all, area: area || 'TH' }))}
        />
      </Show>
      <Field label={t('account.facilityFind')}>
        {(aria) => (
          <input
            {...aria}
            type="search"
            name="facility"
            autocomplete="off"
            onInput={({ currentTarget }) => search(currentTarget.value)}
            // Enter would send the form around it.
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
        )}
      </Field>
      <Show when={pages.items().length > 0}>
        <ul class="facility-found" aria-label={t('account.facility')}>
          <For each={pages.items()}>
            {(facility) => (
              <li>
                <button type="button" onClick={() => props.onChoose(facility)}>
                  <Name facility={facility} />
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <PageFoot pages={pages} empty={t('account.noFacility')} emptyText={t('account.noFacilityText')} />
    </>
  )
}
