import { createMemo, type JSX } from 'solid-js'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { defineWords } from '../../i18n/words.ts'
import { createNow } from '../../live/createNow.ts'
import type { Clocked } from '../../panels/clocked.ts'
import { useSubject } from '../../panels/subject.tsx'
import './PanelClocks.css'

const LOOK_EVERY_MS = 1_000

const clockWords = defineWords(
  { reported: 'Reported', received: 'Received', painted: 'Shown', none: 'not said' },
  { reported: 'รายงาน', received: 'ได้รับ', painted: 'แสดง', none: 'ไม่ระบุ' },
)

/** When what a panel shows was reported (its oldest part), came here and was drawn; of several scopes, the one that waits longest. */
export default function PanelClocks(props: { clocked: ReadonlySet<Clocked> }): JSX.Element {
  const t = useWords(clockWords)
  const { format } = useLanguage()
  const wall = useSubject()
  const now = createNow(LOOK_EVERY_MS)
  const clocks = createMemo(() => {
    const { offsetMs } = wall.live.status()
    const hubNow = now() + (offsetMs ?? 0)
    // A panel of rows alone says nothing of itself: it shows what its wall follows.
    const shown: readonly Clocked[] =
      props.clocked.size > 0 ? [...props.clocked] : [{ live: wall.live, scope: wall.scope, reported: () => null }]
    const reported = shown.flatMap((one) => one.reported(hubNow) ?? [])
    const times = shown.map(({ live, scope }) => live.clocks(scope))
    const clock = (ms: number) => (ms > 0 ? format().clock(ms + (offsetMs ?? 0)) : '–')
    return [
      [t('reported'), reported.length === 0 ? t('none') : format().moment(Math.min(...reported), hubNow)],
      [t('received'), clock(Math.min(...times.map(({ receivedAt }) => receivedAt)))],
      [t('painted'), clock(Math.min(...times.map(({ paintedAt }) => paintedAt)))],
    ] as const
  })
  return (
    <dl class="panel-clocks">
      {[0, 1, 2].map((i) => (
        <div>
          <dt>{clocks()[i]?.[0]}</dt>
          <dd>{clocks()[i]?.[1]}</dd>
        </div>
      ))}
    </dl>
  )
}
