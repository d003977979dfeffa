import { createMemo, For, type JSX, Show } from 'solid-js'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { createHubNow } from '../../live/hubClock.ts'
import { EmptyState } from '../../ui/State.tsx'
import { Tile } from '../../ui/Tile.tsx'
import { Num } from '../Num.tsx'
import { type PanelRoom, rowsThatFit } from '../rowsThatFit.ts'
import { useSubject } from '../subject.tsx'
import './FacilityComing.css'
import { facilityWallWords } from './facilityWallWords.ts'

const LOOK_EVERY_MS = 15_000
/** A hold that ends so soon is worth a call. */
const SOON_MS = 30 * 60_000
/** u: title, total and column heads, and a row */
const HEAD_U = 13.5
const ROW_U = 3.1
const FLOW_ROWS = 8

/** How many are sent to the facility, by level, whom it has still to accept, and when the holds on its beds end. Nobody is named, not even by a number. */
export function FacilityComing(props: { room: PanelRoom }): JSX.Element {
  const t = useWords(facilityWallWords)
  const { format } = useLanguage()
  const { facility } = useSubject()
  const now = createHubNow(LOOK_EVERY_MS)
  const coming = createMemo(() => facility?.().coming ?? [])
  const total = (of: 'asked' | 'onTheWay') => coming().reduce((sum, level) => sum + level[of], 0)
  const shown = () => coming().slice(0, rowsThatFit(props.room, HEAD_U, ROW_U, FLOW_ROWS))
  return (
    <Tile title={t('coming.title')} class="facility-coming">
      <p class="facility-coming-totals">
        <span>
          <Num class="kpi-number kpi-number-small" value={total('onTheWay')} /> {t('coming.onTheWay')}
        </span>
        <span>
          <Num class="kpi-number kpi-number-small" value={total('asked')} /> {t('coming.asked')}
        </span>
      </p>
      <Show when={shown().length > 0} fallback={<EmptyState title={t('coming.none')} />}>
        <ol>
          <li class="facility-coming-head" aria-hidden="true">
            <span>{t('coming.level')}</span>
            <span>{t('coming.onTheWay')}</span>
            <span>{t('coming.held')}</span>
            <span>{t('coming.asked')}</span>
            <span>{t('coming.until')}</span>
          </li>
          <For each={shown()}>
            {(level) => (
              <li>
                <b>{level.level}</b>
                <Num value={level.onTheWay} />
                <Num value={level.held} />
                <Num value={level.asked} />
                <Show when={level.ends[0]} fallback={<span>–</span>}>
                  {(next) => (
                    <span class={next().until - now() < SOON_MS ? 'tone-watch' : undefined}>
                      <Show when={next().until - now() < SOON_MS}>
                        <b aria-hidden="true">! </b>
                      </Show>
                      {t('coming.ends', format().moment(next().until, now()), format().number(next().people))}
                    </span>
                  )}
                </Show>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </Tile>
  )
}
