import { sendRecords } from '../api/record.ts'
import { fetchSession } from '../api/session.ts'
import { chance, deviceNow } from '../clock.ts'
import { createSender, type Sender } from './sender.ts'
import { openQueueStore, type QueueStore } from './store.ts'

const LOCK = 'jitasa-record-sender'
const CHANNEL = 'jitasa-record'
const ANSWER_MS_MAX = 20_000

export type PhoneQueue = {
  readonly store: QueueStore
  readonly sender: Sender
  /** the stored records have changed, here or in another tab */
  onChange(listener: () => void): void
  stop(): void
}

/** The queue of one account on this phone, with everything of the browser that wakes it: network, sight, other tabs. */
export async function openPhoneQueue(account: string, broken: (error: unknown) => void): Promise<PhoneQueue> {
  const store = await openQueueStore(account)
  const channel = new BroadcastChannel(CHANNEL)
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  channel.onmessage = tell
  const changed = () => {
    channel.postMessage('changed')
    tell()
  }
  const sender = createSender(account, {
    store,
    async whoIsSignedIn() {
      return (await fetchSession(AbortSignal.timeout(ANSWER_MS_MAX))).account?.id ?? null
    },
    send: (by, records) => sendRecords(by, records, AbortSignal.timeout(ANSWER_MS_MAX)),
    now: deviceNow,
    random: chance,
    after(ms, task) {
      const timer = setTimeout(task, ms)
      return () => clearTimeout(timer)
    },
    alone: (work) =>
      // Only secure pages have locks; without them two tabs may send the same record, and its key makes it one.
      navigator.locks === undefined ? work() : navigator.locks.request(LOCK, work),
    changed,
    broken,
  })
  const wake = () => void sender.wake().catch(broken)
  const onVisible = () => {
    if (document.visibilityState === 'visible') wake()
  }
  window.addEventListener('online', wake)
  document.addEventListener('visibilitychange', onVisible)
  return {
    store: {
      ...store,
      async add(record, draft) {
        await store.add(record, draft)
        changed()
      },
      async remove(key) {
        await store.remove(key)
        changed()
      },
      async replace(key, record, draft) {
        await store.replace(key, record, draft)
        changed()
      },
      async advance(events) {
        await store.advance(events)
        changed()
      },
    },
    sender,
    onChange: (listener) => void listeners.add(listener),
    stop() {
      sender.stop()
      window.removeEventListener('online', wake)
      document.removeEventListener('visibilitychange', onVisible)
      channel.close()
      store.close()
    },
  }
}
