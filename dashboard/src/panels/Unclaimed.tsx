import { createMemo, For, type JSX } from 'solid-js'
import { SEVERITIES } from '../../../hub/contract/vocabulary/severity.ts'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { unclaimed } from '../live/selectors.ts'
import { SeverityMark } from '../ui/Badge.tsx'
import { Tile } from '../ui/Tile.tsx'
import { ListLink } from './ListLink.tsx'
import { Num } from './Num.tsx'
import { useSubject } from './subject.tsx'
import './Unclaimed.css'
import { panelWords } from './words.ts'

/** The most severe first. */
const ORDER = SEVERITIES.toReversed()

/** The load of the boards on one line: whose request for help nobody has taken. One red is an alarm. */
export function Unclaimed(): JSX.Element {
  const t = useWords(panelWords)
  const common = useWords(commonWords)
  const { cells, area } = useSubject()
  const counts = createMemo(() => unclaimed(cells, area))
  return (
    <Tile
      title={t('unclaimed.title')}
      class="unclaimed"
      aside={
        <ListLink metric="unclaimed">
          <Num class="unclaimed-all" value={counts().total} />
        </ListLink>
      }
    >
      <ul class="unclaimed-list">
        <For each={ORDER}>
          {(severity) => (
            <li classList={{ 'tone-alarm': severity === 'red' && counts().red > 0 }}>
              <SeverityMark severity={severity} />
              <span class="visually-hidden">{common(`severity.${severity}`)}</span>
              <ListLink metric={`unclaimed.${severity}`}>
                <Num value={counts()[severity]} />
              </ListLink>
            </li>
          )}
        </For>
      </ul>
    </Tile>
  )
}
