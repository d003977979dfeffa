import { type Accessor, createResource, For, type JSX } from 'solid-js'
import type { Delta } from '../../../../hub/wire/messages.ts'
import type { BedLevel } from '../../../../hub/wire/metrics.ts'
import { rowObject } from '../../../../hub/wire/rows.ts'
import { requestJson } from '../../api/http.ts'
import { useFault } from '../../cases/speech.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { placeName } from '../../panels/subject.tsx'
import { Field } from '../../ui/Field.tsx'
import { casePageWords } from './words.ts'

type Facility = {
  readonly id: number
  readonly kind: string
  readonly nameTh: string
  readonly nameEn: string
  /** beds that are free now, by level */
  readonly free: ReadonlyMap<string, number>
}

async function fetchFacilities(province: string): Promise<readonly Facility[]> {
  const { r: rows } = await requestJson<Delta>(`/api/situation?scope=province:${province}`)
  const beds = rows.filter(([kind]) => kind === 'beds').map((row) => rowObject<'beds'>(row))
  return rows
    .filter(([kind]) => kind === 'facility')
    .map((row) => rowObject<'facility'>(row))
    .filter(({ kind }) => kind !== 'vaccination')
    .map(({ id, kind, nameTh, nameEn }) => ({
      id: Number(id),
      kind: String(kind),
      nameTh: String(nameTh),
      nameEn: String(nameEn),
      free: new Map(
        beds
          .filter(({ facility }) => String(facility) === id)
          .map(({ level, available }) => [String(level), Number(available)]),
      ),
    }))
}

type Fetched = { readonly list: readonly Facility[]; readonly error?: unknown }

/** @param province false: nothing is asked for */
function createFacilities(province: Accessor<string | false>): Accessor<Fetched> {
  const [facilities] = createResource(province, (code) =>
    fetchFacilities(code).then(
      (list): Fetched => ({ list }),
      (error: unknown): Fetched => ({ list: [], error }),
    ),
  )
  return () => facilities.latest ?? { list: [] }
}

/** @returns what a facility is called; its number when it is of another province */
export function useFacilityName(province: Accessor<string | false>): (id: number) => string {
  const facilities = createFacilities(province)
  const { language } = useLanguage()
  return (id) => {
    const known = facilities().list.find((facility) => facility.id === id)
    return known ? placeName(known, language()) : `#${id}`
  }
}

/** A facility of the province, or none, with the beds free at the level; with `kind`, only those of a place of care. */
export function FacilityChoice(props: {
  province: string
  kind?: string | undefined
  level: BedLevel
  choose(id: number | undefined): void
}): JSX.Element {
  const t = useWords(casePageWords)
  const { language } = useLanguage()
  const fault = useFault()
  const all = createFacilities(() => props.province)
  const facilities = () => all().list.filter(({ kind }) => props.kind === undefined || kind === props.kind)
  return (
    <Field label={t('facility')} error={all().error === undefined ? undefined : fault(all().error)}>
      {(aria) => (
        <select
          {...aria}
          name="facility"
          onChange={(event) => props.choose(Number(event.currentTarget.value) || undefined)}
        >
          <option value="">{t('choose')}</option>
          <For each={facilities()}>
            {(facility) => (
              <option value={facility.id}>
                {placeName(facility, language())} · {t('free', String(facility.free.get(props.level) ?? 0))}
              </option>
            )}
          </For>
        </select>
      )}
    </Field>
  )
}
