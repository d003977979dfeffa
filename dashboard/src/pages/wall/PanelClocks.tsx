import { createMemo, For, type JSX } from 'solid-js'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { defineWords } from '../../i18n/words.ts'
import { createNow } from '../../live/createNow.ts'
import type { ScopeClocks } from '../../live/store.ts'
import type { Clocked } from '../../panels/clocked.ts'
import { oldestReport } from '../../panels/readShown.ts'
import { useSubject } from '../../panels/subject.tsx'
import './PanelClocks.css'

const LOOK_EVERY_MS = 1_000
const CLOCKS = ['reported', 'received', 'painted'] as const

const clockWords = defineWords(
  { reported: 'Reported', received: 'Received', painted: 'Shown' },
  { reported: 'รายงาน', received: 'ได้รับ', painted: 'แสดง' },
)

/**
 * When what a panel shows was reported (the oldest report in it; of what is counted from records, the newest record), came here and was
 * drawn; of several scopes, the one that waits longest.
 */
export default function PanelClocks(props: { clocked: ReadonlySet<Clocked> }): JSX.Element {
  const t = useWords(clockWords)
  const { format } = useLanguage()
  const wall = useSubject()
  const now = createNow(LOOK_EVERY_MS)
  const times = createMemo(() => {
    const offsetMs = wall.live.status().offsetMs ?? 0
    const hubNow = now() + offsetMs
    // A panel of rows alone says nothing of itself: it shows what its wall follows.
    const shown: readonly Clocked[] = props.clocked.size > 0 ? [...props.clocked] : [wall]
    const clocks = shown.map(({ live, scope }) => live.clocks(scope))
    const oldest = shown.flatMap(
      ({ numbers }) => (numbers && oldestReport(numbers.subject, numbers.asked, hubNow)) ?? [],
    )
    const clock = (of: (clocks: ScopeClocks) => number, offset: number) => {
      const at = Math.min(...clocks.map(of))
      return at > 0 ? format().clock(at + offset) : '–'
    }
    return {
      reported:
        oldest.length > 0 ? format().moment(Math.min(...oldest), hubNow) : clock(({ committedAt }) => committedAt, 0),
      received: clock(({ receivedAt }) => receivedAt, offsetMs),
      painted: clock(({ paintedAt }) => paintedAt, offsetMs),
    }
  })
  return (
    <dl class="panel-clocks">
      <For each={CLOCKS}>
        {(clock) => (
          <div>
            <dt>{t(clock)}</dt>
            <dd>{times()[clock]}</dd>
          </div>
        )}
      </For>
    </dl>
  )
}
