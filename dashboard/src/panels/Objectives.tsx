import { createMemo, For, type JSX, Show } from 'solid-js'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { createHubNow } from '../live/hubClock.ts'
import { commandScopes } from '../session/commandScopes.ts'
import { EmptyState } from '../ui/State.tsx'
import { Tile } from '../ui/Tile.tsx'
import { useClocked } from './clocked.ts'
import { objectivesFor } from './commanded.ts'
import { commandWords } from './commandWords.ts'
import { type PanelRoom, rowsThatFit } from './rowsThatFit.ts'
import './Objectives.css'
import { useSubject } from './subject.tsx'
import { wallPanelWords } from './wallPanelWords.ts'

const MINUTE_MS = 60_000
/** u: title, and an objective */
const HEAD_U = 5
const ROW_U = 3.2
const FLOW_ROWS = 6

/** What command wants of the area, what is due first comes first. */
export function Objectives(props: { room: PanelRoom }): JSX.Element {
  const t = useWords(wallPanelWords)
  const command = useWords(commandWords)
  const { format } = useLanguage()
  const { live, home } = useSubject()
  const now = createHubNow(MINUTE_MS)
  const all = createMemo(() =>
    objectivesFor(
      home,
      commandScopes(home).flatMap((scope) => live.rows(scope, 'objective')),
    ),
  )
  for (const scope of commandScopes(home)) useClocked({ live, scope })
  const shown = createMemo(() => all().slice(0, rowsThatFit(props.room, HEAD_U, ROW_U, FLOW_ROWS)))
  return (
    <Tile title={t('objectives.title')} aside={format().number(all().length)} class="objectives">
      <Show when={all().length > 0} fallback={<EmptyState title={t('objectives.none')} />}>
        <ol>
          <For each={shown()}>
            {(one) => (
              <li>
                <span class="objectives-title">{one.title}</span>
                <Show when={one.dueAt}>
                  {(due) => (
                    <span class={due() < now() ? 'tone-alarm' : ''}>
                      {command(due() < now() ? 'late' : 'due', format().moment(due(), now()))}
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
