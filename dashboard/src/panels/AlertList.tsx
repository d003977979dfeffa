import { createMemo, For, type JSX, Show } from 'solid-js'
import { byRank } from '../../../hub/contract/alerts/order.ts'
import { AlertMark } from '../alerts/AlertMark.tsx'
import { alertScopes, isAnnounced, isUnanswered } from '../alerts/alerts.ts'
import { useAlertName } from '../alerts/useAlertText.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { AreaName } from '../pageKit/AreaName.tsx'
import { sessionState } from '../session/account.ts'
import { EmptyState } from '../ui/State.tsx'
import { Tile } from '../ui/Tile.tsx'
import { useClocked } from './clocked.ts'
import { type PanelRoom, rowsThatFit } from './rowsThatFit.ts'
import './AlertList.css'
import { useSubject } from './subject.tsx'
import { wallPanelWords } from './wallPanelWords.ts'

/** u: title, and an alert with who has it */
const HEAD_U = 5.5
const ROW_U = 6.2
const FLOW_ROWS = 5

/** The gravest alerts of the area with who has each, those that nobody has first; it says how many there are. */
export function AlertList(props: { room: PanelRoom }): JSX.Element {
  const t = useWords(wallPanelWords)
  const { format } = useLanguage()
  const { live, home, parts, place, facility } = useSubject()
  const name = useAlertName()
  const all = createMemo(() => {
    const own = new Set(parts.map(({ code }) => code))
    return alertScopes(sessionState(), home)
      .flatMap((scope) => live.rows(scope, 'alert').filter((one) => isAnnounced(scope, one)))
      .filter((one) => place !== 'region' || own.has(one.area.slice(0, 2)))
      .filter((one) => facility === undefined || one.facility === facility().id)
      .toSorted((a, b) => Number(isUnanswered(b)) - Number(isUnanswered(a)) || byRank(a, b))
  })
  for (const scope of alertScopes(sessionState(), home)) useClocked({ live, scope })
  const shown = createMemo(() => all().slice(0, rowsThatFit(props.room, HEAD_U, ROW_U, FLOW_ROWS)))
  return (
    <Tile title={t('alerts.title')} aside={format().number(all().length)} class="alert-list">
      <Show when={all().length > 0} fallback={<EmptyState title={t('alerts.none')} />}>
        <ol>
          <For each={shown()}>
            {(one) => (
              <li>
                <AlertMark severity={one.severity} />
                <span class="alert-list-what">{name(one)}</span>
                <span class={`alert-list-who ${one.holder === null ? 'tone-alarm' : ''}`}>
                  {one.holder ?? t('alerts.nobody')} · {format().time(one.raisedAt)} · <AreaName code={one.area} />
                </span>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </Tile>
  )
}
