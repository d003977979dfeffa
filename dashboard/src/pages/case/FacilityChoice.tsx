import { type Accessor, createEffect, createMemo, type JSX, Show } from 'solid-js'
import type { BedLevel } from '../../../../hub/contract/vocabulary/beds.ts'
import { type Offered, offeredFor } from '../../../../hub/contract/vocabulary/placing.ts'
import { useErrorText } from '../../cases/speech.ts'
import { SelectField } from '../../forms/SelectField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { placeName } from '../../places/placeName.ts'
import './FacilityChoice.css'
import { createDestinations, createPoint, type Destination, type Destinations } from './createDestinations.ts'
import { transferWords } from './transferWords.ts'
import { casePageWords } from './words.ts'

type ChoiceProps = {
  /** of the patient, 4 or 6 digits */
  place: string
  /** only facilities of this kind */
  kind?: string | undefined
  level: BedLevel
  /** what is chosen; `choose` changes it */
  chosen: number | undefined
  choose(id: number | undefined): void
  /** chooses by itself, until somebody does: what was asked for where there is a free bed, else the nearest that has one */
  suggest?: { readonly asked: number | null } | undefined
  /** facilities of other provinces, named below those of the own one */
  elsewhere?: readonly { readonly id: number; readonly text: string }[]
}

/** @returns what a facility is called; its number when it is not among these */
export function useFacilityName(destinations: Accessor<Destinations>): (id: number) => string {
  const { language } = useLanguage()
  return (id) => {
    const known = destinations().list.find((facility) => facility.id === id)
    return known ? placeName(known, language()) : `#${id}`
  }
}

/** A facility of the patient's province. */
export function FacilityChoice(props: ChoiceProps): JSX.Element {
  const destinations = createDestinations(() => props.place.slice(0, 2))
  return <FacilitySelect {...props} destinations={destinations()} />
}

/** A facility that has beds of the level, with how many are free and how far it is: the nearest free bed first. */
export function FacilitySelect(props: ChoiceProps & { destinations: Destinations }): JSX.Element {
  const t = useWords(casePageWords)
  const words = useWords(transferWords)
  const { language, format } = useLanguage()
  const fault = useErrorText()
  const from = createPoint(() => props.place)
  const offered = createMemo(() =>
    offeredFor(
      props.destinations.list
        .filter(({ kind }) => props.kind === undefined || kind === props.kind)
        .map((one) => (one.id === props.suggest?.asked ? withoutOwn(one, props.level) : one)),
      props.level,
      from(),
    ),
  )
  const elsewhere = () => props.elsewhere ?? []
  let touched = false
  createEffect(() => {
    const { chosen, suggest } = props
    const list = offered()
    const isOffered = [...list, ...elsewhere()].some(({ id }) => id === chosen)
    if (chosen !== undefined && !isOffered && props.destinations.list.length > 0) return props.choose(undefined)
    if (suggest === undefined || touched) return
    const free = list.filter((facility) => facility.free > 0)
    const best = free.find(({ id }) => id === suggest.asked) ?? free[0]
    if (best && best.id !== chosen) props.choose(best.id)
  })
  const full = () => offered().find(({ id }) => id === props.chosen)?.free === 0
  const text = (id: number | undefined) => {
    const found = offered().find((one) => one.id === id)
    if (found) return textOf(found)
    return elsewhere().find((one) => one.id === id)?.text ?? t('choose')
  }
  const textOf = ({ free, km, ...facility }: Offered<Destination>) =>
    [
      placeName(facility, language()),
      t('free', format().number(free)),
      ...(km === undefined ? [] : [words('km', format().number(Math.round(km)))]),
    ].join(' · ')
  return (
    <>
      <SelectField
        label={t('facility')}
        name="facility"
        error={props.destinations.error === undefined ? undefined : fault(props.destinations.error)}
        options={[undefined, ...[...offered(), ...elsewhere()].map(({ id }) => id)]}
        value={props.chosen}
        text={text}
        onChange={(id) => {
          touched = true
          props.choose(id)
        }}
      />
      <Show when={full()}>
        <p class="facility-warning" role="status">
          {words('full')}
        </p>
      </Show>
      <Show when={props.destinations.list.length > 0 && offered().length === 0}>
        <p class="facility-warning" role="status">
          {words('noneHasLevel')}
        </p>
      </Show>
    </>
  )
}

/** The bed that this request itself asks for is not taken from it. */
function withoutOwn(facility: Destination, level: BedLevel): Destination {
  const beds = facility.beds.get(level)
  if (beds === undefined) return facility
  return { ...facility, beds: new Map(facility.beds).set(level, { ...beds, asked: Math.max(0, beds.asked - 1) }) }
}
