import { createMemo, For, type JSX } from 'solid-js'
import type { RowObject } from '../../../../hub/contract/live/rows.ts'
import { ask } from '../../api/http.ts'
import { useSpan } from '../../cases/speech.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { createHubNow } from '../../live/hubClock.ts'
import { type Due, duesOf } from './due.ts'
import { facilityWords } from './words.ts'

type DueNoteProps = {
  facility: RowObject<'facility'>
  beds: readonly RowObject<'beds'>[]
  stock: readonly RowObject<'stock'>[]
}

const LOOK_EVERY_MS = 15_000

/** When the next report is due, before it is late, and since when it is. */
export function DueNote(props: DueNoteProps): JSX.Element {
  const t = useWords(facilityWords)
  const { format } = useLanguage()
  const span = useSpan()
  const now = createHubNow(LOOK_EVERY_MS)
  const [record] = createLoaded(
    () => props.facility.id,
    (id) => ask('GET /api/facilities/{id}', { params: { id } }),
  )
  const dues = createMemo(() => {
    const found = record()
    // All of it at once: a line that comes later moves the page under the thumb.
    if (found.kind === 'none' || found.kind === 'loading') return []
    const hours = found.kind === 'there' ? found.value.dueHours : null
    return duesOf({ hours, reportedAt: props.facility.reportedAt, beds: props.beds, stock: props.stock }, now())
  })
  const said = ({ what, at, state }: Due) => {
    if (at === null) return t('due.never', t(`due.${what}`))
    const left = span(Math.abs(at - now()))
    const moment = format().moment(at, now())
    return state === 'overdue'
      ? t('due.overdue', t(`due.${what}`), left, moment)
      : t('due.in', t(`due.${what}`), left, moment)
  }
  return (
    <ul class="due-note" classList={{ 'due-note-two': props.stock.length > 0 }} aria-label={t('due.title')}>
      <For each={dues()}>
        {(due) => (
          <li class={`due-${due.state}`} data-due={due.what} data-state={due.state}>
            <span aria-hidden="true">{due.state === 'overdue' ? '!! ' : due.state === 'soon' ? '! ' : ''}</span>
            {said(due)}
          </li>
        )}
      </For>
    </ul>
  )
}
