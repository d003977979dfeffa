import { createMemo, type JSX, Show } from 'solid-js'
import { useWords } from '../i18n/language.tsx'
import { createHubNow } from '../live/hubClock.ts'
import { ListLink } from './ListLink.tsx'
import { useSubject } from './subject.tsx'
import { useAge } from './useFreshness.ts'
import './Longest.css'
import { panelWords } from './words.ts'

const MINUTE_MS = 60_000

/** How long the oldest has waited; it opens the list with the longest wait first. Nothing, where nobody waits. */
export function Longest(props: { of: 'waiting' | 'unclaimed'; class?: string }): JSX.Element {
  const t = useWords(panelWords)
  const { read } = useSubject()
  const age = useAge()
  const now = createHubNow(MINUTE_MS)
  const minutes = createMemo(() => read(`${props.of}.oldest`, { now: now() }).value)
  return (
    <Show when={minutes() !== null}>
      <span class={props.class} data-longest={props.of}>
        <ListLink metric={props.of} order="longest">
          {t('waiting.longest', age((minutes() ?? 0) * MINUTE_MS))}
        </ListLink>
      </span>
    </Show>
  )
}
