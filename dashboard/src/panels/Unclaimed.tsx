import { createMemo, For, type JSX } from 'solid-js'
import { SEVERITIES, type Severity } from '../../../hub/contract/vocabulary/severity.ts'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { SeverityMark } from '../ui/Badge.tsx'
import { Tile } from '../ui/Tile.tsx'
import { Definition } from './Definition.tsx'
import { ListLink } from './ListLink.tsx'
import { Num } from './Num.tsx'
import { useSubject } from './subject.tsx'
import { useTone } from './useThresholds.ts'
import './Unclaimed.css'
import { panelWords } from './words.ts'

/** The most severe first. */
const ORDER = SEVERITIES.toReversed()

/** The load of the boards on one line: whose request for help nobody has taken. One red is an alarm. */
export function Unclaimed(): JSX.Element {
  const t = useWords(panelWords)
  const common = useWords(commonWords)
  const { read } = useSubject()
  const total = createMemo(() => read('unclaimed').value)
  const count = (severity: Severity) => read('unclaimed', { severity }).value
  const tone = useTone()
  return (
    <Tile
      title={<Definition of={['unclaimed', 'unclaimed.red', 'unclaimed.oldest']}>{t('unclaimed.title')}</Definition>}
      class="unclaimed"
      aside={
        <ListLink metric="unclaimed">
          <Num class="unclaimed-all" value={total()} />
        </ListLink>
      }
    >
      <ul class="unclaimed-list">
        <For each={ORDER}>
          {(severity) => (
            <li class={severity === 'red' ? `tone-${tone('unclaimed.red', count('red'))}` : undefined}>
              <SeverityMark severity={severity} />
              <span class="visually-hidden">{common(`severity.${severity}`)}</span>
              <ListLink metric={`unclaimed.${severity}`}>
                <Num value={count(severity)} />
              </ListLink>
            </li>
          )}
        </For>
      </ul>
    </Tile>
  )
}
