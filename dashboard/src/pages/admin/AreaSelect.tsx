import { type JSX, Show } from 'solid-js'
import { createLoaded } from '../../forms/createLoaded.ts'
import { useWords } from '../../i18n/language.tsx'
import { covers } from '../../pageKit/session.ts'
import { AreaList } from '../../places/AreaPick.tsx'
import { areasBelow } from '../../places/areas.ts'
import { placeWords } from '../../places/words.ts'

type AreaSelectProps = {
  /** `''`, a province of 2 digits, a district of 4, a sub-district of 6 */
  value: string
  onChange(code: string): void
  error?: string | undefined
  /** what no choice means, if it means something */
  none?: string
  /** no districts: a screen shows the nation or a province */
  provinceOnly?: boolean
  /** for a kamnan, a headman, a VHV */
  subdistricts?: boolean
  /** area codes; what lies in none of them is not offered */
  within?: readonly string[]
}

/** A province, and a district of it for who is bound to less. */
export function AreaSelect(props: AreaSelectProps): JSX.Element {
  const t = useWords(placeWords)
  const offered = async (parent: string) =>
    (await areasBelow(parent)).filter(({ code }) => covers(props.within ?? ['TH'], code))
  const [provinces] = createLoaded(() => 'TH', offered)
  const province = () => props.value.slice(0, 2)
  const [districts] = createLoaded(() => (props.provinceOnly ? '' : province()), offered)
  const district = () => (props.value.length >= 4 ? props.value.slice(0, 4) : '')
  const [subdistricts] = createLoaded(() => (props.subdistricts ? district() : ''), offered)
  return (
    <div class="desk-pair">
      <AreaList
        label={t('province')}
        name="province"
        listed={provinces()}
        value={province()}
        empty={props.none ?? t('choose')}
        error={props.error}
        onPick={props.onChange}
      />
      <Show when={!props.provinceOnly && province() !== ''}>
        <AreaList
          label={t('district')}
          name="district"
          listed={districts()}
          value={district() || province()}
          empty="–"
          onPick={(code) => props.onChange(code || province())}
        />
      </Show>
      <Show when={props.subdistricts && district() !== ''}>
        <AreaList
          label={t('subdistrict')}
          name="subdistrict"
          listed={subdistricts()}
          value={props.value}
          empty="–"
          onPick={(code) => props.onChange(code || district())}
        />
      </Show>
    </div>
  )
}
