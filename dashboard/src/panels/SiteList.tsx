import { createMemo, Index, type JSX, Show } from 'solid-js'
import type { RowObject } from '../../../hub/contract/live/rows.ts'
import { BED_LEVELS, type BedLevel } from '../../../hub/contract/vocabulary/beds.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { EmptyState } from '../ui/State.tsx'
import { Tile } from '../ui/Tile.tsx'
import { oldestCount } from './ages.ts'
import { CountedAt } from './CountedAt.tsx'
import { facilitiesWithBeds } from './Facilities.tsx'
import { Num } from './Num.tsx'
import { type PanelRoom, rowsThatFit } from './rowsThatFit.ts'
import './SiteList.css'
import { placeName, useSubject } from './subject.tsx'
import { useTone } from './useThresholds.ts'
import { panelWords } from './words.ts'

/** u: title and column heads, and a row */
const HEAD_U = 8
const ROW_U = 3.3
const FLOW_ROWS = 10
/** The most severe first; level 0 is care at home. */
const LEVELS: readonly BedLevel[] = BED_LEVELS.filter((level) => level !== '0').toReversed()

type Levels = ReadonlyMap<BedLevel, RowObject<'beds'>>

/** The share of a facility's beds that is occupied at its most severe level: the fullest stand first. */
function fullness(levels: Levels): number {
  const worst = LEVELS.map((level) => levels.get(level)).find((row) => row && row.staffed > 0)
  return worst ? worst.occupied / worst.staffed : 0
}

/** Facilities with the free beds of each level, the fullest first, as many as there is room for; it says how many there are. */
export function SiteList(props: { room: PanelRoom }): JSX.Element {
  const t = useWords(panelWords)
  const { language, format } = useLanguage()
  const { live, scope, place, area } = useSubject()
  const all = createMemo(() => {
    const own = live.rows(scope, 'facility').filter(({ district }) => place !== 'district' || district === area)
    return facilitiesWithBeds(own, live.rows(scope, 'beds')).sort((a, b) => fullness(b.levels) - fullness(a.levels))
  })
  const rows = () => rowsThatFit(props.room, HEAD_U, ROW_U, FLOW_ROWS)
  const shown = createMemo(() => all().slice(0, rows()))
  return (
    <Tile
      title={t('facilities.title')}
      aside={t('facilities.fullest', format().number(shown().length), format().number(all().length))}
      class="site-list"
    >
      <Show when={all().length > 0} fallback={<EmptyState title={t('facilities.empty')} />}>
        <ol>
          <li class="site-list-head" aria-hidden="true">
            <span />
            <Index each={LEVELS}>{(level) => <span>{level()}</span>}</Index>
            <span>{t('facilities.reported')}</span>
          </li>
          <Index each={shown()}>
            {(entry) => (
              <li>
                <span class="site-list-name">{placeName(entry().facility, language())}</span>
                <Index each={LEVELS}>{(level) => <Free beds={entry().levels.get(level())} />}</Index>
                <span>
                  <CountedAt at={oldestCount([...entry().levels.values()])} />
                </span>
              </li>
            )}
          </Index>
        </ol>
      </Show>
    </Tile>
  )
}

/** Free of staffed. */
function Free(props: { beds: RowObject<'beds'> | undefined }): JSX.Element {
  const { format } = useLanguage()
  const tone = useTone()
  return (
    <Show when={props.beds} fallback={<span class="site-list-none">–</span>}>
      {(beds) => (
        <span class={`tone-${tone('beds.occupancy', beds().staffed > 0 ? beds().occupied / beds().staffed : null)}`}>
          <Num value={beds().available} />
          <small>/{format().number(beds().staffed)}</small>
        </span>
      )}
    </Show>
  )
}
