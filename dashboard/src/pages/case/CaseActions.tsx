import { createSignal, type JSX, Show } from 'solid-js'
import type { Action } from '../../../../hub/contract/vocabulary/actions.ts'
import { BED_KINDS } from '../../../../hub/contract/vocabulary/facilities.ts'
import { CARE_PLACES, type CarePlace } from '../../../../hub/contract/vocabulary/severity.ts'
import { ask } from '../../api/http.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { SelectField } from '../../forms/SelectField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { BedChoice, createBed } from './BedChoice.tsx'
import type { EndProps } from './command.ts'
import type { ComplaintState } from './createComplaint.ts'
import { EndCase } from './EndCase.tsx'
import { OverrideField } from './OverrideField.tsx'
import { Triage } from './Triage.tsx'
import { casePageWords } from './words.ts'

type Place = Exclude<CarePlace, 'unknown'>
const PLACES = CARE_PLACES.filter((place): place is Place => place !== 'unknown')
/** Beds are counted there, so the hub asks which one. */
const WITH_BEDS: readonly Place[] = BED_KINDS

export function CaseActions(props: EndProps & { complaint: ComplaintState }): JSX.Element {
  const may = (action: Action) => props.file.may.includes(action)
  return (
    <>
      <Show when={may('case.triage') && !props.ended}>
        <Triage {...props} />
      </Show>
      <Show when={may('case.place') && !props.ended}>
        <PlaceOfCare {...props} />
      </Show>
      <EndCase {...props} />
    </>
  )
}

function PlaceOfCare(props: EndProps): JSX.Element {
  const t = useWords(casePageWords)
  const [place, setPlace] = createSignal<Place>()
  const bed = createBed(() => props.file.case.severity)
  const [override, setOverride] = createSignal('')
  const [busy, during] = createBusy()
  const withBed = () => WITH_BEDS.includes(place() ?? 'hi')
  const redAtHome = () => place() === 'hi' && props.file.case.severity === 'red'
  const save = async () => {
    const to = place()
    if (to === undefined) return
    const bedAt = bed.facility()
    const body = {
      place: to,
      ...(withBed() && bedAt !== undefined ? { facility: bedAt, level: bed.level() } : {}),
      ...(redAtHome() && override().trim() !== '' ? { override: override().trim() } : {}),
    }
    const send = (key: string) => ask('POST /api/cases/{id}/place', { params: { id: props.file.case.id }, body, key })
    await during(() => props.run(send, { text: `${t('place')}: ${t(`carePlace.${to}`)}` }))
  }
  return (
    <section class="case-panel" aria-labelledby="case-place">
      <h2 id="case-place">{t('place')}</h2>
      <form
        class="case-form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <SelectField
          label={t('placeNow')}
          name="place"
          options={[undefined, ...PLACES]}
          value={place()}
          text={(each) => t(each === undefined ? 'choose' : `carePlace.${each}`)}
          onChange={(each) => {
            setPlace(each)
            bed.setFacility(undefined)
          }}
        />
        <Show when={withBed()}>
          <BedChoice bed={bed} name="level" place={props.file.case.place} kind={place()} />
        </Show>
        <Show when={redAtHome()}>
          <OverrideField value={override()} required onInput={setOverride} />
        </Show>
        <Button type="submit" busy={busy()} disabled={place() === undefined} data-action="place">
          {t('save')}
        </Button>
      </form>
    </section>
  )
}
