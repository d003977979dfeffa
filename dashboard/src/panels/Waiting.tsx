import { createMemo, For, type JSX, Show } from 'solid-js'
import { SEVERITIES, type Severity } from '../../../hub/contract/vocabulary/severity.ts'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { createNow } from '../live/createNow.ts'
import { SeverityMark } from '../ui/Badge.tsx'
import { Tile } from '../ui/Tile.tsx'
import { Definition } from './Definition.tsx'
import { ListLink } from './ListLink.tsx'
import { Num } from './Num.tsx'
import { useSubject } from './subject.tsx'
import { useAge } from './useFreshness.ts'
import { useTone } from './useThresholds.ts'
import './Waiting.css'
import { panelWords } from './words.ts'

/** The most severe first. */
const ORDER = SEVERITIES.toReversed()

const MINUTE_MS = 60_000

/** Who waits for a bed, the most severe first. */
export function Waiting(): JSX.Element {
  const t = useWords(panelWords)
  const common = useWords(commonWords)
  const { read } = useSubject()
  const total = createMemo(() => read('waiting').value)
  const count = (severity: Severity) => read('waiting', { severity }).value
  const tone = useTone()
  const age = useAge()
  const now = createNow(MINUTE_MS)
  const longest = createMemo(() => read('waiting.oldest', { now: now() }).value)
  return (
    <Tile title={<Definition of={['waiting', 'waiting.red', 'waiting.oldest']}>{t('waiting.title')}</Definition>}>
      <div class="waiting-body">
        <div class="waiting-number">
          <ListLink metric="waiting">
            <Num class="kpi-number kpi-number-small" value={total()} />
          </ListLink>
          <Show when={longest()}>
            {(minutes) => <span class="waiting-longest">{t('waiting.longest', age(minutes() * MINUTE_MS))}</span>}
          </Show>
        </div>
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
