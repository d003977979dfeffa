import { createMemo, type JSX, Show } from 'solid-js'
import type { Area } from '../api/areas.ts'
import { createLoaded, type Loaded } from '../forms/createLoaded.ts'
import { SelectField } from '../forms/SelectField.tsx'
import { commonWords } from '../i18n/common.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { Button } from '../ui/Button.tsx'
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
  name?: string
  listed: Loaded<readonly Area[]>
  value: string
  empty: string
  error?: string | undefined
  onPick(code: string): void
}

/** One level of areas as a list of the phone's own; `''` is no choice. */
export function AreaList(props: AreaListProps): JSX.Element {
  const { language } = useLanguage()
  const names = createMemo(() => {
    const { listed } = props
    const areas = listed.kind === 'there' ? sortedAreas(listed.value, language()) : []
    return new Map([['', props.empty], ...areas.map((area) => [area.code, areaName(area, language())] as const)])
  })
  return (
    <SelectField
      label={props.label}
      name={props.name}
      error={props.error}
      options={[...names().keys()]}
      value={props.value}
      text={(code) => names().get(code) ?? ''}
      onChange={props.onPick}
    />
  )
}
