import { For, type JSX, Show } from 'solid-js'
import type { Area } from '../../api/areas.ts'
import { createLoaded, type Loaded } from '../../forms/createLoaded.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { areaName, areasBelow, sortedAreas } from '../../places/areas.ts'
import { placeWords } from '../../places/words.ts'
import { Field } from '../../ui/Field.tsx'

type AreaSelectProps = {
  /** `''`, a province of 2 digits or a district of 4 */
  value: string
  onChange(code: string): void
  error?: string | undefined
  /** what no choice means, if it means something */
  none?: string
  /** no districts: a screen shows the nation or a province */
  provinceOnly?: boolean
}

/** A province, and a district of it for who is bound to less. */
export function AreaSelect(props: AreaSelectProps): JSX.Element {
  const t = useWords(placeWords)
  const { language } = useLanguage()
  const [provinces] = createLoaded(() => 'TH', areasBelow)
  const province = () => props.value.slice(0, 2)
  const [districts] = createLoaded(() => (props.provinceOnly ? '' : province()), areasBelow)
  const options = (loaded: Loaded<readonly Area[]>) =>
    loaded.kind === 'there' ? sortedAreas(loaded.value, language()) : []
  return (
    <div class="desk-pair">
      <Field label={t('province')} error={props.error}>
        {(aria) => (
          <select {...aria} name="province" onChange={({ currentTarget }) => props.onChange(currentTarget.value)}>
            <option value="" selected={props.value === ''}>
              {props.none ?? t('choose')}
            </option>
            <For each={options(provinces())}>
              {(area) => (
                <option value={area.code} selected={area.code === province()}>
                  {areaName(area, language())}
                </option>
              )}
            </For>
          </select>
        )}
      </Field>
      <Show when={!props.provinceOnly && province() !== ''}>
        <Field label={t('district')}>
          {(aria) => (
            <select
              {...aria}
              name="district"
              onChange={({ currentTarget }) => props.onChange(currentTarget.value || province())}
            >
              <option value="">–</option>
              <For each={options(districts())}>
                {(area) => (
                  <option value={area.code} selected={area.code === props.value}>
                    {areaName(area, language())}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
      </Show>
    </div>
  )
}
