import { createMemo, For, type JSX, Show } from 'solid-js'
import { type BedCount, beds } from '../../../hub/contract/indicators/cells.ts'
import { BED_LEVELS, type BedLevel } from '../../../hub/contract/vocabulary/beds.ts'
import { commonWords } from '../i18n/common.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { Tile } from '../ui/Tile.tsx'
import './Beds.css'
import { ListLink } from './ListLink.tsx'
import { Num } from './Num.tsx'
import { OCCUPANCY_WATCH, occupancyTone } from './scales.ts'
import { useSubject } from './subject.tsx'
import { panelWords } from './words.ts'

const LEVEL_KEYS = { '0': '0', '1': '1', '2.1': '2_1', '2.2': '2_2', '3': '3' } as const

/** Occupied of staffed, with a tick where it becomes abnormal. */
export function OccupancyBar(props: { occupancy: number | null }): JSX.Element {
  return (
    <span class={`occupancy-bar occupancy-${occupancyTone(props.occupancy)}`} aria-hidden="true">
      <span class="occupancy-fill" style={{ width: `${Math.min(1, props.occupancy ?? 0) * 100}%` }} />
      <span class="occupancy-tick" style={{ left: `${OCCUPANCY_WATCH * 100}%` }} />
    </span>
  )
}

/** Beds level by level. There is no sum on purpose: a free bed of level 0 does not help who needs an ICU. */
export function Beds(): JSX.Element {
  const t = useWords(panelWords)
  return (
    <Tile title={t('beds.title')} class="beds">
      <table class="beds-table">
        <thead>
          <tr>
            <th scope="col">{t('beds.level')}</th>
            <th scope="col" class="beds-bar">
              <span class="visually-hidden">{t('beds.occupancy')}</span>
            </th>
            <th scope="col">{t('beds.occupancy')}</th>
            <th scope="col">{t('beds.staffed')}</th>
            <th scope="col" title={t('beds.otherLong')}>
              {t('beds.other')}
            </th>
            <th scope="col">{t('beds.available')}</th>
          </tr>
        </thead>
        <tbody>
          <For each={[...BED_LEVELS].reverse()}>{(level) => <BedRow level={level} />}</For>
        </tbody>
      </table>
    </Tile>
  )
}

function BedRow(props: { level: BedLevel }): JSX.Element {
  const t = useWords(panelWords)
  const common = useWords(commonWords)
  const { format } = useLanguage()
  const { cells, area } = useSubject()
  const count = createMemo<BedCount>(() => beds(cells, area, props.level))
  const tone = () => occupancyTone(count().occupancy)
  /** With what is occupied and free they make up the whole: 97 % occupied and none free is explained by them. */
  const other = () => count().held + count().cleaning + count().blocked
  const parts = () =>
    t('beds.parts', format().number(count().held), format().number(count().cleaning), format().number(count().blocked))
  return (
    <tr>
      <th scope="row">
        <b class="beds-code">{props.level}</b> {common(`bedLevel.${LEVEL_KEYS[props.level]}`)}
      </th>
      <Show
        when={count().staffed > 0}
        fallback={
          <td colspan={5} class="beds-none">
            {t('beds.none')}
          </td>
        }
      >
        <td class="beds-bar">
          <OccupancyBar occupancy={count().occupancy} />
        </td>
        <td class={`tone-${tone()}`}>
          <Show when={tone() !== 'normal'}>
            <b aria-hidden="true">{tone() === 'alarm' ? '!! ' : '! '}</b>
          </Show>
          <ListLink metric={`beds.occupied.${props.level}`}>
            <Num value={count().occupancy} percent />
          </ListLink>
        </td>
        <td>
          <ListLink metric={`beds.staffed.${props.level}`}>
            <Num value={count().staffed} />
          </ListLink>
        </td>
        <td class="beds-other" title={parts()}>
          <ListLink metric={`beds.staffed.${props.level}`}>
            <Num value={other()} />
            <Show when={other() > 0}>
              <span class="visually-hidden">: {parts()}</span>
            </Show>
          </ListLink>
        </td>
        <td class="beds-free">
          <ListLink metric={`beds.available.${props.level}`}>
            <Num value={count().available} />
          </ListLink>
        </td>
      </Show>
    </tr>
  )
}
