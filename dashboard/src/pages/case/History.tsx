import { createMemo, createResource, createSignal, For, type JSX, Show } from 'solid-js'
import type { CareItem } from '../../../../hub/contract/vocabulary/care.ts'
import type { NeedKind } from '../../../../hub/contract/vocabulary/needs.ts'
import { type CaseEvent, type EventsPage, fetchEvents } from '../../api/cases.ts'
import { careWords } from '../../care/planWords.ts'
import { useErrorText } from '../../cases/speech.ts'
import { toastFault } from '../../cases/toastFault.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { caseWords } from '../../i18n/caseWords.ts'
import { commonWords } from '../../i18n/common.ts'
import { bangkokDay } from '../../i18n/format.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { noticeExpiry } from '../../session/account.ts'
import { Button } from '../../ui/Button.tsx'
import { complaintWords, type MilderReason } from './complaintWords.ts'
import { eventWords } from './eventWords.ts'
import { transferWords } from './transferWords.ts'
import { casePageWords } from './words.ts'

type CaseWord = keyof typeof eventWords.en.case
type CareWord = keyof typeof eventWords.en.care
type NeedWord = keyof typeof eventWords.en.need
type TransferWord = keyof typeof transferWords.en.state
type RefusalWord = keyof typeof transferWords.en.refusal
type Ticked = 'need' | 'symptom' | 'risk'
type SeverityWord = keyof typeof commonWords.en.severity

/** @param version the history is asked for again when it changes */
export function History(props: { caseId: number; version: string }): JSX.Element {
  const t = useWords(casePageWords)
  const words = useWords(eventWords)
  const care = useWords(careWords)
  const transfer = useWords(transferWords)
  const common = useWords(commonWords)
  const names = useWords(caseWords)
  const { format } = useLanguage()
  const complaint = useWords(complaintWords)
  const fault = useErrorText()
  const [first] = createResource(
    () => props.version,
    () =>
      fetchEvents(props.caseId).catch((error: unknown): EventsPage => {
        noticeExpiry(error)
        return first.latest ?? { events: [], cursor: null }
      }),
  )
  const [older, setOlder] = createSignal<EventsPage>()
  const [busy, during] = createBusy()
  // A newer first page reaches into what was asked for before, unless so much has happened that a gap would show.
  const joins = (page: EventsPage, top: EventsPage) => (page.events[0]?.id ?? 0) >= (top.events.at(-1)?.id ?? 0)
  const pages = createMemo<EventsPage | undefined>(() => {
    const top = first.latest
    const rest = older()
    if (top === undefined || rest === undefined || !joins(rest, top)) return top
    const seen = new Set(top.events.map(({ id }) => id))
    return { events: [...top.events, ...rest.events.filter(({ id }) => !seen.has(id))], cursor: rest.cursor }
  })
  const more = async (cursor: number) => {
    try {
      const { events, cursor: next } = await during(() => fetchEvents(props.caseId, cursor))
      setOlder({ events: [...(pages()?.events ?? []), ...events], cursor: next })
    } catch (error) {
      if (!noticeExpiry(error)) toastFault(error, fault(error))
    }
  }
  const title = ({ kind, details }: CaseEvent) => {
    const [axis, word = ''] = kind.split('.')
    if (axis === 'need' && word in eventWords.en.need) {
      const need = typeof details.need === 'string' ? `${names(`need.${details.need as NeedKind}`)}: ` : ''
      return need + words(`need.${word as NeedWord}`)
    }
    if (axis === 'care' && word in eventWords.en.care) return words(`care.${word as CareWord}`)
    if (axis === 'case' && word in eventWords.en.case) return words(`case.${word as CaseWord}`)
    if (axis === 'transfer' && word in transferWords.en.state)
      return `${transfer('transfer')}: ${transfer(`state.${word as TransferWord}`)}`
    if (kind === 'transfer.extended') return `${transfer('transfer')}: ${transfer('extended')}`
    if (kind === 'transfer.redirected') return `${transfer('transfer')}: ${transfer('redirected')}`
    if (kind === 'transfer.hold_ended') return `${transfer('transfer')}: ${transfer('holdEnded')}`
    return kind
  }
  /** What the person ticked; a note is with their name, and so is only mentioned. */
  const added = ({ needs, symptoms, risks, spo2, note }: CaseEvent['details']) => {
    const listed = (axis: Ticked, codes: unknown) =>
      String(codes ?? '')
        .split(',')
        .filter((code) => code in caseWords.en[axis])
        .map((code) => names(`${axis}.${code}` as 'need.bed'))
    const said = [...listed('symptom', symptoms), ...listed('risk', risks), ...listed('need', needs)]
    if (typeof spo2 === 'number') said.push(`SpO₂ ${spo2} %`)
    if (note === true) said.push(words('note'))
    return said.join(', ')
  }
  const detail = ({ kind, details }: CaseEvent) => {
    if (kind === 'case.more') return added(details)
    if (typeof details.item === 'string' && details.item in careWords.en.item) {
      return care(`item.${details.item as CareItem}`)
    }
    const { to, from, reason } = details
    if (kind === 'case.escalated' && reason === 'withdrawn_in_danger') return words('takesConsentBack')
    if (kind === 'need.offered' && typeof to === 'string') return `→ ${to}`
    if (kind === 'transfer.rejected' && String(reason) in transferWords.en.refusal)
      return `(${transfer(`refusal.${reason as RefusalWord}`)})`
    const severity = (value: unknown) =>
      String(value) in commonWords.en.severity ? common(`severity.${value as SeverityWord}`) : String(value)
    const decides = kind === 'case.triaged' || (kind === 'case.checked' && to !== from)
    if (!decides || to === undefined) return ''
    const why = String(reason) in complaintWords.en.reason ? ` (${complaint(`reason.${reason as MilderReason}`)})` : ''
    return `${severity(from)} → ${severity(to)}${why}`
  }
  /** When a device said that it happened, where that could not be believed. */
  const deviceTime = ({ deviceAt }: CaseEvent['details']) =>
    typeof deviceAt === 'number' ? `${format().day(bangkokDay(deviceAt))} ${format().time(deviceAt)}` : undefined
  const recorded = ({ recordedAt }: CaseEvent) => {
    const day = bangkokDay(recordedAt)
    const clock = format().clock(recordedAt)
    return day === bangkokDay(hubNow()) ? clock : `${format().dayShort(day)} ${clock}`
  }
  return (
    <section class="case-panel case-history" aria-labelledby="case-history">
      <h2 id="case-history">{t('history')}</h2>
      <Show when={pages()}>
        {(all) => (
          <>
            <ol class="case-log">
              <For each={all().events}>
                {(event) => (
                  <li data-event={event.kind}>
                    <time>{recorded(event)}</time> <b>{title(event)}</b> {detail(event)}{' '}
                    <small>{t('by', event.by)}</small>
                    <Show when={deviceTime(event.details)}>
                      {(moment) => <p class="case-device-time">⚠ {words('deviceTime', moment())}</p>}
                    </Show>
                  </li>
                )}
              </For>
            </ol>
            <Show when={all().cursor}>
              {(cursor) => (
                <Button busy={busy()} data-action="older" onClick={() => void more(cursor())}>
                  {t('older')}
                </Button>
              )}
            </Show>
          </>
        )}
      </Show>
    </section>
  )
}
