import type { BatchResult, KeyedRecord } from '../api/record.ts'
import { BATCH_RECORDS, dueRecords, nextDueIn, type QueuedRecord, type QueueEvent } from './queue.ts'
import { judgeFailure, judgeResult } from './retry.ts'
import type { QueueStore } from './store.ts'

export type SenderDeps = {
  readonly store: Pick<QueueStore, 'list' | 'advance'>
  /** who is signed in, asked of the hub just now; `null`: nobody. @throws ApiError without an answer */
  whoIsSignedIn(): Promise<string | null>
  /** @throws ApiError when the request as a whole failed */
  send(account: string, records: readonly KeyedRecord[]): Promise<readonly BatchResult[]>
  now(): number
  /** in [0, 1) */
  random(): number
  /** @returns what calls it off */
  after(ms: number, task: () => void): () => void
  /** Runs `work` while no other tab of this phone sends. */
  alone(work: () => Promise<void>): Promise<void>
  /** the stored records have changed */
  changed(): void
  /** the store of this phone failed; the sender looks again in a while */
  broken(error: unknown): void
}

export type Sender = {
  /** Sends what is due. Several calls at once are one. */
  flush(): Promise<void>
  /** The network may be back: everything that waits is due now. */
  wake(): Promise<void>
  stop(): void
}

/** Looks again although nothing said so: another tab may have been killed while it was sending. */
const IDLE_LOOK_MS = 60_000

/** Sends one account's records until none is due, then sleeps until the next one is. */
export function createSender(account: string, deps: SenderDeps): Sender {
  const { store } = deps
  let running: Promise<void> | undefined
  let callOff: (() => void) | undefined
  let stopped = false

  async function apply(events: ReadonlyMap<string, QueueEvent>): Promise<void> {
    if (events.size === 0) return
    await store.advance(events)
    deps.changed()
  }

  const forEach = (records: readonly QueuedRecord[], event: (record: QueuedRecord) => QueueEvent) =>
    new Map(records.map((record) => [record.key, event(record)]))

  /** @returns whether the hub can be reached as this account, so that going on makes sense. */
  async function sendBatch(records: readonly QueuedRecord[]): Promise<boolean> {
    const now = deps.now()
    const tries = (record: QueuedRecord) => (record.state.kind === 'waiting' ? record.state.tries : 0)
    const moment = () => ({ now: deps.now(), random: deps.random() })
    try {
      if ((await deps.whoIsSignedIn()) !== account) {
        await apply(signedOut(records, now))
        return false
      }
      await apply(forEach(records, () => ({ type: 'send', now })))
      const results = await deps.send(
        account,
        records.flatMap(({ key, body }) => (body ? [{ key, record: body }] : [])),
      )
      const byKey = new Map(results.map((result) => [result.key, result]))
      await apply(forEach(records, (record) => judgeResult(byKey.get(record.key), tries(record), moment())))
      return true
    } catch (error) {
      const failure = judgeFailure(error, moment())
      if (failure.kind === 'again') {
        const { event } = failure
        await apply(forEach(records, (record) => event(tries(record))))
        return false
      }
      if (failure.kind === 'signed_out') {
        await apply(signedOut(records, now))
        return false
      }
      if (records.length === 1) {
        await apply(forEach(records, () => ({ type: 'refused', now: deps.now(), refusal: failure.refusal })))
        return true
      }
      await apply(forEach(records, () => ({ type: 'abandoned' })))
      for (const record of records) if (!(await sendBatch([record]))) return false
      return true
    }
  }

  /** They wait for a sign-in, not for a time: `wake` follows it. */
  function signedOut(records: readonly QueuedRecord[], now: number): ReadonlyMap<string, QueueEvent> {
    const events = new Map<string, QueueEvent>()
    for (const { key } of records)
      events.set(key, { type: 'unreached', notBefore: now + IDLE_LOOK_MS, why: 'signed_out' })
    return events
  }

  async function sendAll(): Promise<void> {
    const found = await store.list()
    // Alone and nothing under way here: what is "sending" was left by a tab that died.
    const left = found.filter(({ state }) => state.kind === 'sending')
    await apply(forEach(left, () => ({ type: 'abandoned' })))
    while (!stopped) {
      const due = dueRecords(await store.list(), deps.now(), BATCH_RECORDS)
      if (due.length === 0 || !(await sendBatch(due))) return
    }
  }

  async function sleep(): Promise<void> {
    if (stopped) return
    const records = await store.list().catch(() => [])
    if (stopped) return
    const due = nextDueIn(records, deps.now()) ?? IDLE_LOOK_MS
    callOff?.()
    callOff = deps.after(Math.min(due, IDLE_LOOK_MS), () => void flush())
  }

  function flush(): Promise<void> {
    if (stopped) return Promise.resolve()
    running ??= deps
      .alone(sendAll)
      .catch(deps.broken)
      .then(sleep)
      .finally(() => {
        running = undefined
      })
    return running
  }

  return {
    flush,
    async wake() {
      const waiting = (await store.list()).filter(({ state }) => state.kind === 'waiting')
      await apply(forEach(waiting, () => ({ type: 'wake' })))
      await flush()
    },
    stop() {
      stopped = true
      callOff?.()
    },
  }
}
