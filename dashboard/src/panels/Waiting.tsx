import { createMemo, For, type JSX } from 'solid-js'
import { SEVERITIES, type Severity } from '../../../hub/contract/vocabulary/severity.ts'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { SeverityMark } from '../ui/Badge.tsx'
import { Tile } from '../ui/Tile.tsx'
import { Definition } from './Definition.tsx'
import { ListLink } from './ListLink.tsx'
import { Longest } from './Longest.tsx'
import { Num } from './Num.tsx'
import { Since } from './Since.tsx'
import { useSubject } from './subject.tsx'
import { useTone } from './useThresholds.ts'
import './Waiting.css'
import { panelWords } from './words.ts'

/** The most severe first. */
const ORDER = SEVERITIES.toReversed()

/** Who waits for a bed, the most severe first. */
export function Waiting(): JSX.Element {
  const t = useWords(panelWords)
  const common = useWords(commonWords)
  const { read } = useSubject()
  const total = createMemo(() => read('waiting').value)
  const count = (severity: Severity) => read('waiting', { severity }).value
  const tone = useTone()
  return (
    <Tile title={<Definition of={['waiting', 'waiting.red', 'waiting.oldest']}>{t('waiting.title')}</Definition>}>
      <div class="waiting-body">
        <div class="waiting-number">
          <ListLink metric="waiting">
            <Num class="kpi-number kpi-number-small" value={total()} />
          </ListLink>
          <Longest of="waiting" class="waiting-longest" />
        </div>
        <Since of="waiting" />
        <ul class="waiting-list">
          <For each={ORDER}>
            {(severity) => (
              <li class={severity === 'red' ? `tone-${tone('waiting.red', count('red'))}` : undefined}>
                <SeverityMark severity={severity} />
                <span>{common(`severity.${severity}`)}</span>
                <ListLink metric={`waiting.${severity}`}>
                  <Num value={count(severity)} />
                </ListLink>
              </li>
            )}
          </For>
        </ul>
      </div>
    </Tile>
  )
}
