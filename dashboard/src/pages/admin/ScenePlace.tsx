import { type JSX, Match, Switch } from 'solid-js'
import { NATION, provinceOf } from '../../../../hub/contract/vocabulary/areas.ts'
import { HEALTH_REGIONS, regionCode } from '../../../../hub/contract/vocabulary/regions.ts'
import { wallFacility } from '../../../../hub/contract/vocabulary/walls.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { SelectField } from '../../forms/SelectField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { AreaList } from '../../places/AreaPick.tsx'
import { areasBelow } from '../../places/areas.ts'
import { placeWords } from '../../places/words.ts'
import { AreaSelect } from './AreaSelect.tsx'
import { FacilityPicker } from './FacilityPicker.tsx'
import type { SceneDraft } from './sceneDraft.ts'
import { sceneWords } from './sceneWords.ts'

const REGIONS = Array.from({ length: HEALTH_REGIONS }, (_, at) => at + 1)

type ScenePlaceProps = {
  draft: SceneDraft
  /** of the screen */
  area: string
  error: string | undefined
  onChange(place: string): void
}

/** Which region, province, district or facility, where a screen of the area has a choice. */
export function ScenePlace(props: ScenePlaceProps): JSX.Element {
  const t = useWords(sceneWords)
  const { format } = useLanguage()
  const isNational = () => props.area === NATION
  return (
    <Switch>
      <Match when={props.draft.kind === 'region' && isNational()}>
        <SelectField
          label={t('region')}
          name="region"
          options={[undefined, ...REGIONS]}
          value={REGIONS.find((region) => regionCode(region) === props.draft.place)}
          text={(region) => (region === undefined ? '–' : format().number(region))}
          error={props.error}
          onChange={(region) => props.onChange(region === undefined ? '' : regionCode(region))}
        />
      </Match>
      <Match when={props.draft.kind === 'province' && isNational()}>
        <AreaSelect value={props.draft.place} onChange={props.onChange} provinceOnly error={props.error} />
      </Match>
      <Match when={props.draft.kind === 'district' && isNational()}>
        <AreaSelect value={props.draft.place} onChange={props.onChange} error={props.error} />
      </Match>
      <Match when={props.draft.kind === 'district'}>
        <District province={provinceOf(props.area)} {...props} />
      </Match>
      <Match when={props.draft.kind === 'facility'}>
        <FacilityPicker
          value={props.draft.place === '' ? '' : String(wallFacility(props.draft.place))}
          within={isNational() ? NATION : provinceOf(props.area)}
          error={props.error}
          onChange={(id) => props.onChange(id === '' ? '' : `H${id}`)}
        />
      </Match>
    </Switch>
  )
}

function District(props: ScenePlaceProps & { province: string }): JSX.Element {
  const t = useWords(placeWords)
  const [districts] = createLoaded(() => props.province, areasBelow)
  return (
    <AreaList
      label={t('district')}
      name="district"
      listed={districts()}
      value={props.draft.place}
      empty={t('choose')}
      error={props.error}
      onPick={props.onChange}
    />
  )
}
