import { createMemo, For, type JSX, Show } from 'solid-js'
import { SHORT_DAYS } from '../../../../hub/contract/vocabulary/stock.ts'
import { useWords } from '../../i18n/language.tsx'
import { createHubNow } from '../../live/hubClock.ts'
import { EmptyState } from '../../ui/State.tsx'
import { Tile } from '../../ui/Tile.tsx'
import { countTone, oldestCount } from '../ages.ts'
import { Num } from '../Num.tsx'
import { type PanelRoom, rowsThatFit } from '../rowsThatFit.ts'
import { useSubject } from '../subject.tsx'
import { useAge } from '../useFreshness.ts'
import { useOptionText } from '../useOptionText.ts'
import { useValueText } from '../valueText.ts'
import { wallPanelWords } from '../wallPanelWords.ts'
import './FacilityStock.css'
import { facilityWallWords } from './facilityWallWords.ts'

const LOOK_EVERY_MS = 60_000
/** u: title, and a row */
const HEAD_U = 5
const ROW_U = 3.1
const FLOW_ROWS = 10

/** What the facility has of what it uses up, and how many days that lasts; what runs out first comes first. */
export function FacilityStock(props: { room: PanelRoom }): JSX.Element {
  const t = useWords(facilityWallWords)
  const wallPanel = useWords(wallPanelWords)
  const age = useAge()
  const now = createHubNow(LOOK_EVERY_MS)
  const { live, scope, facility } = useSubject()
  const option = useOptionText()
  const text = useValueText()
  const days = ({ onHand, perDay }: { onHand: number; perDay: number }) => (perDay > 0 ? onHand / perDay : null)
  const all = createMemo(() =>
    live
      .rows(scope, 'stock')
      .filter((row) => row.facility === facility?.().id)
      .toSorted((a, b) => (days(a) ?? Infinity) - (days(b) ?? Infinity)),
  )
  const shown = () => all().slice(0, rowsThatFit(props.room, HEAD_U, ROW_U, FLOW_ROWS))
  const oldest = createMemo(() => oldestCount(all()))
  const isShort = (lasts: number | null) => lasts !== null && lasts < SHORT_DAYS
  return (
    <Tile
      title={t('stock.title')}
      aside={<Show when={oldest()}>{(at) => wallPanel('aged', age(now() - at()))}</Show>}
      aged={oldest() === null ? 'normal' : countTone(now() - (oldest() ?? 0))}
      class="facility-stock"
    >
      <Show when={shown().length > 0} fallback={<EmptyState title={t('stock.none')} />}>
        <ol>
          <For each={shown()}>
            {(row) => (
              <li>
                <span class="facility-stock-name">{option({ item: row.item })}</span>
                <Num value={row.onHand} />
                <span class={isShort(days(row)) ? 'tone-alarm' : undefined}>
                  <Show when={isShort(days(row))}>
                    <b aria-hidden="true">! </b>
                  </Show>
                  {days(row) === null ? '–' : text('days', Math.floor((days(row) ?? 0) * 10) / 10)}
                </span>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </Tile>
  )
}
