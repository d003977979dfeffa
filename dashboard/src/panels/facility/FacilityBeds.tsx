import { createMemo, For, type JSX, Show } from 'solid-js'
import { BED_LEVELS, type BedLevel, OTHER_BED_STATES } from '../../../../hub/contract/vocabulary/beds.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { LEVEL_KEYS } from '../../i18n/levelKeys.ts'
import { createHubNow } from '../../live/hubClock.ts'
import { EmptyState } from '../../ui/State.tsx'
import { Tile } from '../../ui/Tile.tsx'
import { countTone } from '../ages.ts'
import { OccupancyBar } from '../Beds.tsx'
import { CountedAt } from '../CountedAt.tsx'
import { Definition } from '../Definition.tsx'
import { Num } from '../Num.tsx'
import { useSubject } from '../subject.tsx'
import { useAge } from '../useFreshness.ts'
import { useTone } from '../useThresholds.ts'
import { useInterval } from '../valueText.ts'
import { wallPanelWords } from '../wallPanelWords.ts'
import { panelWords } from '../words.ts'
import './FacilityBeds.css'
import { ToneMark } from '../ToneMark.tsx'
import { facilityWallWords } from './facilityWallWords.ts'

const NUMBERS = ['beds.occupancy', 'beds.free', 'beds.staffed', 'beds.other', 'beds.full'] as const
const LOOK_EVERY_MS = 60_000

/** The beds of one facility, level by level: how full, when it will be, what is neither free nor occupied, and since when it is known. */
export function FacilityBeds(): JSX.Element {
  const t = useWords(facilityWallWords)
  const panel = useWords(panelWords)
  const wallPanel = useWords(wallPanelWords)
  const age = useAge()
  const { read } = useSubject()
  const now = createHubNow(LOOK_EVERY_MS)
  const levels = createMemo(() =>
    BED_LEVELS.toReversed().filter((level) => (read('beds.staffed', { level }).value ?? 0) > 0),
  )
  const oldest = createMemo(() => {
    const counts = levels().flatMap((level) => read('beds.free', { level }).oldest ?? [])
    return counts.length > 0 ? Math.min(...counts) : undefined
  })
  return (
    <Tile
      title={<Definition of={NUMBERS}>{panel('beds.title')}</Definition>}
      aside={
        <Show when={oldest()} fallback={panel('beds.unknown')}>
          {(at) => wallPanel('aged', age(now() - at()))}
        </Show>
      }
      aged={oldest() === undefined ? 'normal' : countTone(now() - (oldest() ?? 0))}
      class="facility-beds"
    >
      <Show when={levels().length > 0} fallback={<EmptyState title={t('noBeds')} />}>
        <table class="facility-beds-table">
          <thead>
            <tr>
              <th scope="col">{panel('beds.level')}</th>
              <th scope="col" class="beds-bar">
                <span class="visually-hidden">{panel('beds.occupancy')}</span>
              </th>
              <th scope="col">{panel('beds.occupancy')}</th>
              <th scope="col">{panel('beds.available')}</th>
              <th scope="col">{panel('beds.staffed')}</th>
              <For each={OTHER_BED_STATES}>{(state) => <th scope="col">{t(`state.${state}`)}</th>}</For>
              <th scope="col">{panel('beds.full')}</th>
              <th scope="col">{panel('facilities.reported')}</th>
            </tr>
          </thead>
          <tbody>
            <For each={levels()}>{(level) => <LevelRow level={level} />}</For>
          </tbody>
        </table>
      </Show>
    </Tile>
  )
}

function LevelRow(props: { level: BedLevel }): JSX.Element {
  const common = useWords(commonWords)
  const panel = useWords(panelWords)
  const { area, cells, read } = useSubject()
  const toneOf = useTone()
  const interval = useInterval()
  const { format } = useLanguage()
  const tenths = (days: number) => format().number(days, Number.isInteger(days) ? 0 : 1)
  const asked = () => ({ level: props.level })
  const occupancy = createMemo(() => read('beds.occupancy', asked()))
  const full = createMemo(() => read('beds.full', asked()))
  const tone = () => toneOf('beds.occupancy', occupancy().value)
  return (
    <tr data-level={props.level}>
      <th scope="row">
        <b class="beds-code">{props.level}</b> {common(`bedLevel.${LEVEL_KEYS[props.level]}`)}
      </th>
      <td class="beds-bar">
        <OccupancyBar occupancy={occupancy().value} />
      </td>
      <td class={`tone-${tone()}`}>
        <ToneMark tone={tone()} />
        <Num value={occupancy().value} percent />
      </td>
      <td class="facility-beds-free">
        <Num value={read('beds.free', asked()).value} />
      </td>
      <td>
        <Num value={read('beds.staffed', asked()).value} />
      </td>
      <For each={OTHER_BED_STATES}>
        {(state) => (
          <td>
            <Num value={cells(`beds.${state}.${props.level}`, area)} />
          </td>
        )}
      </For>
      <td class={`tone-${toneOf('beds.full', full().value)}`}>
        <Show when={full().value !== null} fallback={full().why === 'not_within_30_days' ? panel('beds.later') : '–'}>
          {panel('beds.days', tenths(full().value ?? 0))}{' '}
          <span class="facility-beds-interval">{interval('days', full())}</span>
        </Show>
      </td>
      <td>
        <CountedAt at={occupancy().oldest} />
      </td>
    </tr>
  )
}
