import { createResource, For, type JSX, Show } from 'solid-js'
import type { NeedKind } from '../../../../hub/wire/metrics.ts'
import { type CaseEvent, fetchEvents } from '../../api/cases.ts'
import { caseWords } from '../../i18n/caseWords.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { noticeExpiry } from '../../session/account.ts'
import { casePageWords } from './words.ts'

type CaseWord = keyof typeof casePageWords.en.event.case
type NeedWord = keyof typeof casePageWords.en.event.need
type SeverityWord = keyof typeof commonWords.en.severity

/** @param version the history is asked for again when it changes */
export function History(props: { caseId: number; version: string }): JSX.Element {
  const t = useWords(casePageWords)
  const common = useWords(commonWords)
  const names = useWords(caseWords)
  const { format } = useLanguage()
  const [events] = createResource(
    () => props.version,
    () =>
      fetchEvents(props.caseId).catch((error: unknown): readonly CaseEvent[] => {
        noticeExpiry(error)
        return events.latest ?? []
      }),
  )
  const title = ({ kind, details }: CaseEvent) => {
    const [axis, word = ''] = kind.split('.')
    if (axis === 'need' && word in casePageWords.en.event.need) {
      const need = typeof details.need === 'string' ? `${names(`need.${details.need as NeedKind}`)}: ` : ''
      return need + t(`event.need.${word as NeedWord}`)
    }
    if (axis === 'case' && word in casePageWords.en.event.case) return t(`event.case.${word as CaseWord}`)
    if (axis === 'transfer') return t('transfer')
    return kind
  }
  const more = ({ kind, details }: CaseEvent) => {
    const { to, from } = details
    const severity = (value: unknown) =>
      String(value) in commonWords.en.severity ? common(`severity.${value as SeverityWord}`) : String(value)
    return kind === 'case.triaged' && to !== undefined ? `${severity(from)} → ${severity(to)}` : ''
  }
  return (
    <section class="case-panel case-history" aria-labelledby="case-history">
      <h2 id="case-history">{t('history')}</h2>
      <Show when={events.latest}>
        {(all) => (
          <ol class="case-log">
            <For each={all().toReversed()}>
              {(event) => (
                <li data-event={event.kind}>
                  <time>{format().clock(event.recordedAt)}</time> <b>{title(event)}</b> {more(event)}{' '}
                  <small>{t('by', event.by)}</small>
                </li>
              )}
            </For>
          </ol>
        )}
      </Show>
    </section>
  )
}
