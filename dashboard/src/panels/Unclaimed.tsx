import { createMemo, For, type JSX, Show } from 'solid-js'
import { SEVERITIES, type Severity } from '../../../hub/contract/vocabulary/severity.ts'
import { commonWords } from '../i18n/common.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { SeverityMark } from '../ui/Badge.tsx'
import { Tile } from '../ui/Tile.tsx'
import { Definition } from './Definition.tsx'
import { ListLink } from './ListLink.tsx'
import { Longest } from './Longest.tsx'
import { Num } from './Num.tsx'
import { Since } from './Since.tsx'
import { useSubject } from './subject.tsx'
import { useTone } from './useThresholds.ts'
import './Unclaimed.css'
import { panelWords } from './words.ts'

/** The most severe first. */
const ORDER = SEVERITIES.toReversed()

/** The load of the boards: whose request for help nobody has taken, for how long, and which claims ran out. One red is an alarm. */
export function Unclaimed(): JSX.Element {
  const t = useWords(panelWords)
  const common = useWords(commonWords)
  const { read } = useSubject()
  const total = createMemo(() => read('unclaimed').value)
  const count = (severity: Severity) => read('unclaimed', { severity }).value
  const lapsed = createMemo(() => read('leases.lapsed').value ?? 0)
  const tone = useTone()
  const { format } = useLanguage()
  return (
    <Tile
      title={
        <Definition of={['unclaimed', 'unclaimed.red', 'unclaimed.oldest', 'leases.lapsed']}>
          {t('unclaimed.title')}
        </Definition>
      }
      class="unclaimed"
      aside={
        <>
          <Since of="unclaimed" short />
          <ListLink metric="unclaimed">
            <Num class="unclaimed-all" value={total()} />
          </ListLink>
        </>
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
      <p class="unclaimed-late">
        <Longest of="unclaimed" />
        <Show when={lapsed() > 0}>
          <ListLink metric="lapsed">{t('unclaimed.lapsed', format().number(lapsed()))}</ListLink>
        </Show>
      </p>
    </Tile>
  )
}
