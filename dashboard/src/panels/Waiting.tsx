import { createMemo, For, type JSX } from 'solid-js'
import { SEVERITIES, type Severity } from '../../../hub/contract/vocabulary/severity.ts'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { waiting } from '../live/selectors.ts'
import { SeverityMark } from '../ui/Badge.tsx'
import { Tile } from '../ui/Tile.tsx'
import { ListLink } from './ListLink.tsx'
import { Num } from './Num.tsx'
import { RED_WAITING_ALARM } from './scales.ts'
import { useSubject } from './subject.tsx'
import './Waiting.css'
import { panelWords } from './words.ts'

/** The most severe first. */
const ORDER = SEVERITIES.toReversed()

/** Who waits for a bed, the most severe first. */
export function Waiting(): JSX.Element {
  const t = useWords(panelWords)
  const common = useWords(commonWords)
  const { cells, area } = useSubject()
  const counts = createMemo(() => waiting(cells, area))
  const alarm = (severity: Severity) => severity === 'red' && counts().red >= RED_WAITING_ALARM
  return (
    <Tile title={t('waiting.title')}>
      <div class="waiting-body">
        <ListLink metric="waiting">
          <Num class="kpi-number kpi-number-small" value={counts().total} />
        </ListLink>
        <ul class="waiting-list">
          <For each={ORDER}>
            {(severity) => (
              <li classList={{ 'tone-alarm': alarm(severity) }}>
                <SeverityMark severity={severity} />
                <span>{common(`severity.${severity}`)}</span>
                <ListLink metric={`waiting.${severity}`}>
                  <Num value={counts()[severity]} />
                </ListLink>
              </li>
            )}
          </For>
        </ul>
      </div>
    </Tile>
  )
}
