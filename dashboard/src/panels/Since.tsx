import { createMemo, type JSX, Show } from 'solid-js'
import type { IndicatorId } from '../../../hub/contract/indicators/index.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import './Since.css'
import { useShiftStart } from './shiftStart.ts'
import { type Asked, useSubject } from './subject.tsx'
import { wallPanelWords } from './wallPanelWords.ts'

/** Up, down, and as it was. */
const SHAPES = { up: 'M6 1L11.5 11H.5z', down: 'M6 11L.5 1h11z', same: 'M1 5h10v2.4H1z' } as const

/**
 * On a wall: by how much a count has changed since the shift began, as a shape and a number, in grey: a change is no alarm. Its room is
 * there before it is known, so that nothing moves when it comes. `short`: without the hour, which another says.
 */
export function Since(props: { of: IndicatorId; asked?: Asked; short?: boolean }): JSX.Element {
  const t = useWords(wallPanelWords)
  const { format } = useLanguage()
  const { read, today } = useSubject()
  const start = useShiftStart()
  if (start === undefined) return null
  const change = createMemo(() => {
    const mark = start()
    const day = today()
    if (mark === undefined || day === undefined) return undefined
    const isFlow = props.of.endsWith('.day')
    // Of a flow of which nobody had said anything, nothing was known to have come.
    const known = (value: number | null) => value ?? (isFlow ? 0 : null)
    const now = read(props.of, props.asked).value
    const before = known(read(props.of, { ...props.asked, day: mark.day, from: mark }).value)
    if (now === null || before === null) return undefined
    // A flow begins anew at midnight: what came of the day of the mark after it comes on top.
    const rest = isFlow && mark.day < day ? (known(read(props.of, { ...props.asked, day: mark.day }).value) ?? 0) : 0
    return { by: now + rest - before, at: mark.at }
  })
  const shape = (by: number) => SHAPES[by > 0 ? 'up' : by < 0 ? 'down' : 'same']
  return (
    <span class="since" classList={{ 'since-short': props.short === true }} data-since={props.of}>
      <Show when={change()} fallback={<span class="since-unknown">&nbsp;</span>}>
        {(known) => (
          <>
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <path d={shape(known().by)} />
            </svg>
            <b class="num">{format().number(Math.abs(known().by))}</b>
            <span class={props.short ? 'visually-hidden' : 'since-hour'}> {t('since', format().time(known().at))}</span>
          </>
        )}
      </Show>
    </span>
  )
}
