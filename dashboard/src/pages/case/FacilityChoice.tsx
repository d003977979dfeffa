import { createResource, For, type JSX } from 'solid-js'
import { ROW_COLUMNS, type Row, rowObject } from '../../../../hub/wire/rows.ts'
import { requestJson } from '../../api/http.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { placeName } from '../../panels/subject.tsx'
import { Field } from '../../ui/Field.tsx'
import { casePageWords } from './words.ts'

type Facility = { readonly id: number; readonly kind: string; readonly nameTh: string; readonly nameEn: string }

async function fetchFacilities(province: string): Promise<readonly Facility[]> {
  const { rows } = await requestJson<{ readonly rows: readonly Row[] }>(`/api/situation?scope=province:${province}`)
  return rows
    .filter((row) => row[0] === 'facility' && row.length === ROW_COLUMNS.facility.length + 2)
    .map((row) => rowObject<'facility'>(row))
    .map(({ id, kind, nameTh, nameEn }) => ({
      id: Number(id),
      kind: String(kind),
      nameTh: String(nameTh),
      nameEn: String(nameEn),
    }))
    .filter(({ kind }) => kind !== 'vaccination')
}

/** A facility of the province, or none. Where the list cannot be had, the choice is left to the coordinator. */
export function FacilityChoice(props: { province: string; choose(id: number | undefined): void }): JSX.Element {
  const t = useWords(casePageWords)
  const { language } = useLanguage()
  const [facilities] = createResource(
    () => props.province,
    (province) => fetchFacilities(province).catch((): readonly Facility[] => []),
  )
  return (
    <Field label={t('facility')}>
      {(aria) => (
        <select
          {...aria}
          name="facility"
          onChange={(event) => props.choose(Number(event.currentTarget.value) || undefined)}
        >
          <option value="">{t('choose')}</option>
          <For each={facilities.latest ?? []}>
            {(facility) => <option value={facility.id}>{placeName(facility, language())}</option>}
          </For>
        </select>
      )}
    </Field>
  )
}
