import {
  type Accessor,
  createContext,
  createSignal,
  For,
  type JSX,
  onCleanup,
  onMount,
  Show,
  useContext,
} from 'solid-js'
import { ApiError } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import { deviceNow } from '../../clock.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { openReportQueue, type ReportQueue } from '../../offline/reportSender.ts'
import { type QueuedReport, type ReportRoute, waitingNow } from '../../offline/reports.ts'
import { useDesk } from '../../pageKit/DeskPage.tsx'
import { Button } from '../../ui/Button.tsx'
import { accepting, questionOf } from './question.ts'
import { facilityWords } from './words.ts'

export type NewReport = Pick<QueuedReport, 'key' | 'route' | 'facility' | 'body' | 'title'>

type Queue = {
  readonly reports: Accessor<readonly QueuedReport[]>
  /** Resolves when it is on this phone's disk. @throws when this phone keeps none */
  keep(report: NewReport): Promise<void>
  discard(key: string): Promise<void>
  /** it is right: sent again with the answer to what the hub asked */
  confirm(report: QueuedReport): Promise<void>
  sendNow(): void
}

const QueueContext = createContext<Queue>()

export function useReportQueue(): Queue {
  const queue = useContext(QueueContext)
  if (!queue) throw new Error('useReportQueue needs a ReportQueueProvider above it')
  return queue
}

/** Reports that could not be delivered wait on this phone, for the account that made them. */
export function ReportQueueProvider(props: { children: JSX.Element }): JSX.Element {
  const session = useDesk()
  const account = session.account.id
  const [reports, setReports] = createSignal<readonly QueuedReport[]>([])
  const broken = (error: unknown) => console.warn('The reports on this phone cannot be kept.', error)
  let opened: Promise<ReportQueue> | undefined
  const refresh = async () => setReports(await (await queue()).store.list())
  const queue = () => {
    opened ??= openReportQueue(account, { changed: () => void refresh().catch(broken), broken })
    return opened
  }
  onMount(() => {
    queue()
      .then(async (found) => {
        await refresh()
        await found.wake()
      })
      .catch(broken)
  })
  onCleanup(() => void opened?.then((found) => found.stop()).catch(broken))
  const value: Queue = {
    reports,
    async keep(report) {
      const now = deviceNow()
      await (await queue()).store.add({ ...report, account, madeAt: now, state: waitingNow(now) })
    },
    async discard(key) {
      await (await queue()).store.remove(key)
    },
    async confirm(report) {
      const question = askedOf(report)
      if (question === undefined) return
      const now = deviceNow()
      const found = await queue()
      const body = { ...report.body, ...accepting(question, {}) }
      await found.store.replace(report.key, { ...report, key: newKey(), body, state: waitingNow(now) })
      await found.wake()
    },
    sendNow: () =>
      void queue()
        .then((found) => found.wake())
        .catch(broken),
  }
  return <QueueContext.Provider value={value}>{props.children}</QueueContext.Provider>
}

/** What the hub asks of a report before it keeps it; nothing where it refuses. */
function askedOf({ state }: QueuedReport) {
  if (state.kind !== 'refused') return undefined
  const { status, code, message } = state.refusal
  return questionOf(new ApiError(status, code, message, state.details))
}

/** Keeps what could not be delivered. @returns whether this phone has it */
export function createKeeper(route: ReportRoute, facility: () => string, title: () => string) {
  const { keep } = useReportQueue()
  return async (error: unknown, key: string, body: Readonly<Record<string, unknown>>): Promise<boolean> => {
    if (!(error instanceof ApiError) || error.status !== 0) return false
    try {
      await keep({ key, route, facility: facility(), body, title: title() })
      return true
    } catch (cause) {
      // The form then says that there was no answer, and keeps what was typed.
      console.warn('This report cannot be kept on this phone.', cause)
      return false
    }
  }
}

/** The reports that wait on this phone, and those the hub would not take. */
export function QueuedReports(): JSX.Element {
  const t = useWords(facilityWords)
  const { reports, sendNow } = useReportQueue()
  const isWaiting = () => reports().some(({ state }) => state.kind === 'waiting')
  const signedOut = () => reports().some(({ state }) => state.kind === 'waiting' && state.why === 'signed_out')
  return (
    <Show when={reports().length > 0}>
      <section class="desk-card" aria-label={t('queue.title')} data-queued={reports().length}>
        <h2>{t('queue.title')}</h2>
        <p class="desk-muted">{t(signedOut() ? 'queue.signedOut' : 'queue.lead')}</p>
        <ul class="queued-reports" aria-live="polite">
          <For each={reports()}>{(report) => <Line report={report} />}</For>
        </ul>
        <Show when={isWaiting()}>
          <Button onClick={sendNow} data-action="send-queued">
            {t('queue.sendNow')}
          </Button>
        </Show>
      </section>
    </Show>
  )
}

function Line(props: { report: QueuedReport }): JSX.Element {
  const t = useWords(facilityWords)
  const { format } = useLanguage()
  const { discard, confirm } = useReportQueue()
  const refusal = () => (props.report.state.kind === 'refused' ? props.report.state.refusal : undefined)
  const asked = () => askedOf(props.report)
  const sentences = () => {
    const question = asked()
    return question?.kind === 'implausible' ? question.sentences : [refusal()?.message ?? '']
  }
  return (
    <li data-state={props.report.state.kind}>
      <p>
        <b>{props.report.title}</b> · {format().moment(props.report.madeAt, deviceNow())} ·{' '}
        {t(refusal() ? (asked() ? 'queue.asks' : 'queue.refused') : 'queue.waits')}
      </p>
      <Show when={refusal()}>
        <For each={sentences()}>{(sentence) => <p class="desk-warning">{sentence}</p>}</For>
        <div class="report-buttons">
          <Button onClick={() => void discard(props.report.key)} data-action="discard-queued">
            {t('queue.discard')}
          </Button>
          <Show when={asked()}>
            {(question) => (
              <Button kind="primary" onClick={() => void confirm(props.report)} data-action="confirm-queued">
                {t(question().kind === 'same' ? 'question.add' : 'question.isRight')}
              </Button>
            )}
          </Show>
        </div>
      </Show>
    </li>
  )
}
