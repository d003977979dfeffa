import { ApiError, ask } from '../api/http.ts'
import { fetchSession } from '../api/session.ts'
import { chance, deviceNow } from '../clock.ts'
import { openReportStore, type ReportStore } from './reportStore.ts'
import { afterFailure, dueReports, nextReportIn, type QueuedReport, signedOut } from './reports.ts'

const LOCK = 'jitasa-report-sender'
const CHANNEL = 'jitasa-reports'
const ANSWER_MS_MAX = 20_000
/** Looks again although nothing said so. */
const IDLE_LOOK_MS = 60_000

export type ReportQueue = {
  readonly store: Pick<ReportStore, 'add' | 'list' | 'remove' | 'replace'>
  /** Everything that waits is tried now. */
  wake(): Promise<void>
  stop(): void
}

function post({ route, facility, body, key }: QueuedReport): Promise<unknown> {
  const asking = { body, key, signal: AbortSignal.timeout(ANSWER_MS_MAX) }
  // What was kept is what the form once sent: its body is the route's.
  const send = ask as (route: string, asking: object) => Promise<unknown>
  return send(route, route === 'POST /api/tests' ? asking : { ...asking, params: { id: facility } })
}

/** The reports of an account on this phone, sent when the network is back, by one tab at a time. */
export async function openReportQueue(
  account: string,
  { changed, broken }: { changed(): void; broken(error: unknown): void },
): Promise<ReportQueue> {
  const store = await openReportStore(account)
  const channel = new BroadcastChannel(CHANNEL)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined
  let stopped = false
  channel.onmessage = changed
  const tell = () => {
    channel.postMessage('changed')
    changed()
  }

  async function sendAll(): Promise<void> {
    const due = dueReports(await store.list(), deviceNow())
    if (due.length === 0 || stopped) return
    const moment = () => ({ now: deviceNow(), random: chance() })
    for (const report of due) {
      try {
        const { account: by } = await fetchSession(AbortSignal.timeout(ANSWER_MS_MAX))
        if (by?.id !== account) {
          await store.replace(report.key, signedOut(report, deviceNow()))
          return tell()
        }
        await post(report)
        await store.remove(report.key)
        tell()
      } catch (error) {
        const details = error instanceof ApiError ? error.details : undefined
        const after = afterFailure(report, error, details, moment())
        await store.replace(report.key, after.report)
        tell()
        if (after.isOver) return
      }
    }
  }

  async function sleep(): Promise<void> {
    if (stopped) return
    const due = nextReportIn(await store.list(), deviceNow()) ?? IDLE_LOOK_MS
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), Math.min(due, IDLE_LOOK_MS))
  }

  function flush(): Promise<void> {
    // Only secure pages have locks; without them two tabs may send the same report, and its key makes it one.
    const alone = () => (navigator.locks === undefined ? sendAll() : navigator.locks.request(LOCK, sendAll))
    running ??= alone()
      .then(sleep)
      .catch(broken)
      .finally(() => {
        running = undefined
      })
    return running
  }

  async function wake(): Promise<void> {
    const now = deviceNow()
    for (const report of await store.list()) {
      const { state } = report
      if (state.kind === 'waiting' && state.notBefore > now)
        await store.replace(report.key, { ...report, state: { ...state, notBefore: now } })
    }
    await flush()
  }
  const wakeNow = () => void wake().catch(broken)
  const onVisible = () => {
    if (document.visibilityState === 'visible') wakeNow()
  }
  window.addEventListener('online', wakeNow)
  document.addEventListener('visibilitychange', onVisible)
  return {
    store: {
      list: store.list,
      async add(report) {
        await store.add(report)
        tell()
        void sleep().catch(broken)
      },
      async replace(key, report) {
        await store.replace(key, report)
        tell()
      },
      async remove(key) {
        await store.remove(key)
        tell()
      },
    },
    wake,
    stop() {
      stopped = true
      clearTimeout(timer)
      window.removeEventListener('online', wakeNow)
      document.removeEventListener('visibilitychange', onVisible)
      channel.close()
      // What is under way ends first.
      void (running ?? Promise.resolve()).finally(() => store.close())
    },
  }
}
