import { For, type JSX, Show } from 'solid-js'
import type { Area } from '../api/areas.ts'
import { createLoaded, type Loaded } from '../forms/createLoaded.ts'
import { commonWords } from '../i18n/common.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { areaName, areasBelow, sortedAreas } from './areas.ts'
import { type PlaceDraft, pickArea } from './place.ts'
import { placeWords } from './words.ts'

type AreaPickProps = {
  place: PlaceDraft
  onChange(place: PlaceDraft): void
  error?: string | undefined
}

/** Province, then district, then, who knows it, sub-district: three lists of the phone's own. */
export function AreaPick(props: AreaPickProps): JSX.Element {
  const t = useWords(placeWords)
  const common = useWords(commonWords)
  const lists = [
    createLoaded(() => 'TH', areasBelow),
    createLoaded(() => props.place.province, areasBelow),
    createLoaded(() => props.place.district, areasBelow),
  ] as const
  const [[provinces], [districts], [subdistricts]] = lists
  const failed = () => lists.find(([loaded]) => loaded().kind === 'failed')
  return (
    <div class="form-fields">
      <Show when={failed()}>
        {(list) => (
          <>
            <p class="field-error">{t('areasMissing')}</p>
            <Button onClick={list()[1]}>{common('retry')}</Button>
          </>
        )}
      </Show>
      <AreaList
        label={t('province')}
        listed={provinces()}
        value={props.place.province}
        empty={t('choose')}
        error={props.place.province === '' ? props.error : undefined}
        onPick={(code) => props.onChange(pickArea(props.place, 'province', code))}
      />
      <Show when={props.place.province !== ''}>
        <AreaList
          label={t('district')}
          listed={districts()}
          value={props.place.district}
          empty={t('choose')}
          error={props.error}
          onPick={(code) => props.onChange(pickArea(props.place, 'district', code))}
        />
      </Show>
      <Show when={props.place.district !== ''}>
        <AreaList
          label={t('subdistrict')}
          listed={subdistricts()}
          value={props.place.subdistrict}
          empty={t('dontKnow')}
          onPick={(code) => props.onChange(pickArea(props.place, 'subdistrict', code))}
        />
      </Show>
    </div>
  )
}

type AreaListProps = {
  label: string
  listed: Loaded<readonly Area[]>
  value: string
  empty: string
  error?: string | undefined
  onPick(code: string): void
}

function AreaList(props: AreaListProps): JSX.Element {
  const { language } = useLanguage()
  const areas = () => {
    const { listed } = props
    return listed.kind === 'there' ? sortedAreas(listed.value, language()) : []
  }
  return (
    <Field label={props.label} error={props.error}>
      {(aria) => (
        <select {...aria} onChange={({ currentTarget }) => props.onPick(currentTarget.value)}>
          <option value="">{props.empty}</option>
          <For each={areas()}>
            {(area) => (
              <option value={area.code} selected={area.code === props.value}>
                {areaName(area, language())}
              </option>
            )}
          </For>
        </select>
      )}
    </Field>
  )
}
