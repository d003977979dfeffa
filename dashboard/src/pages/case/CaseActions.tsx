import { createSignal, For, type JSX, Show } from 'solid-js'
import { BED_LEVELS, type BedLevel } from '../../../../hub/contract/vocabulary/beds.ts'
import type { CaseFile } from '../../api/cases.ts'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import type { RunCommand } from './command.ts'
import type { ComplaintState } from './createComplaint.ts'
import { LEVEL_FOR } from './destinations.ts'
import { EndCase } from './EndCase.tsx'
import { FacilityChoice } from './FacilityChoice.tsx'
import { useLevelName } from './levels.ts'
import { OverrideField } from './OverrideField.tsx'
import { Triage } from './Triage.tsx'
import { casePageWords } from './words.ts'

const PLACES = ['waiting', 'hi', 'ci', 'field', 'hospitel', 'hospital', 'discharged'] as const
type Place = (typeof PLACES)[number]
/** Beds are counted there, so the hub asks which one. */
const WITH_BEDS: readonly Place[] = ['ci', 'field', 'hospitel', 'hospital']

export type ActionsProps = { file: CaseFile; run: RunCommand; ended: boolean }

export function CaseActions(props: ActionsProps & { complaint: ComplaintState }): JSX.Element {
  const may = (action: string) => props.file.may.includes(action)
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

function PlaceOfCare(props: ActionsProps): JSX.Element {
  const t = useWords(casePageWords)
  const levelName = useLevelName()
  const [place, setPlace] = createSignal<Place>()
  const [facility, setFacility] = createSignal<number>()
  const [chosen, setLevel] = createSignal<BedLevel>()
  const level = () => chosen() ?? LEVEL_FOR[props.file.case.severity]
  const [override, setOverride] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const withBed = () => WITH_BEDS.includes(place() ?? 'hi')
  const redAtHome = () => place() === 'hi' && props.file.case.severity === 'red'
  const path = () => `/api/cases/${props.file.case.id}/place`
  const save = async () => {
    const to = place()
    if (to === undefined) return
    setBusy(true)
    const bedAt = facility()
    const body = {
      place: to,
      ...(withBed() && bedAt !== undefined ? { facility: bedAt, level: level() } : {}),
      ...(redAtHome() && override().trim() !== '' ? { override: override().trim() } : {}),
    }
    await props.run(path(), body, { text: `${t('place')}: ${t(`carePlace.${to}`)}` })
    setBusy(false)
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
        <Field label={t('placeNow')}>
          {(aria) => (
            <select
              {...aria}
              name="place"
              onChange={(event) => {
                setPlace((event.currentTarget.value || undefined) as Place | undefined)
                setFacility(undefined)
              }}
            >
              <option value="">{t('choose')}</option>
              <For each={PLACES}>{(each) => <option value={each}>{t(`carePlace.${each}`)}</option>}</For>
            </select>
          )}
        </Field>
        <Show when={withBed()}>
          <Field label={t('level')}>
            {(aria) => (
              <select {...aria} name="level" onChange={(event) => setLevel(event.currentTarget.value as BedLevel)}>
                <For each={BED_LEVELS}>
                  {(each) => (
                    <option value={each} selected={each === level()}>
                      {levelName(each)}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
          <FacilityChoice
            place={props.file.case.place}
            kind={place()}
            level={level()}
            chosen={facility()}
            choose={setFacility}
          />
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
