import { type Accessor, createContext, createSignal, type JSX, onCleanup, onMount, useContext } from 'solid-js'
import type { RecordKind } from '../../../../hub/contract/vocabulary/records.ts'
import { newKey } from '../../api/newKey.ts'
import type { RecordBody } from '../../api/record.ts'
import { fetchSession, type Session } from '../../api/session.ts'
import { deviceNow } from '../../clock.ts'
import { accountOf, type PhoneAccount, rememberAccount, rememberedAccount } from '../../offline/account.ts'
import type { KeptDraft } from '../../offline/drafts.ts'
import { keepStorage } from '../../offline/install.ts'
import { openPhoneQueue, type PhoneQueue } from '../../offline/phone.ts'
import { isUnsent, type QueuedRecord } from '../../offline/queue.ts'
import { keyStorage, renewKey } from '../../offline/vault.ts'
import { leave as leaveSession, rememberSession } from '../../session/account.ts'

export type Access =
  | { readonly kind: 'asking' }
  /** `left`: records that wait on this phone for the account that signed out */
  | { readonly kind: 'signed_out' }
  /** the hub cannot be reached, and nobody has signed in on this phone before */
  | { readonly kind: 'nobody_known' }
  | { readonly kind: 'broken' }
  | { readonly kind: 'in'; readonly account: PhoneAccount }

export type NewRecord = { readonly kind: RecordKind; readonly body: RecordBody; readonly title: string }
/** `instead`: the key of a refused record it replaces. `draft`: the key of the form it was, which ends with it */
export type SaveOptions = { readonly instead?: string | undefined; readonly draft: string }

export type Recorder = {
  readonly access: Accessor<Access>
  readonly records: Accessor<readonly QueuedRecord[]>
  readonly online: Accessor<boolean>
  /** forms that were begun and are not saved, the newest first */
  readonly drafts: Accessor<readonly KeptDraft[]>
  /** Resolves when it is on this phone's disk. @throws PhoneFull */
  save(record: NewRecord, options: SaveOptions): Promise<void>
  /** Resolves when it is on this phone's disk. */
  keepDraft(draft: KeptDraft): Promise<void>
  dropDraft(key: string): Promise<void>
  /** the person has seen that it may be a duplicate */
  keepBoth(key: string): Promise<void>
  discard(key: string): Promise<void>
  sendNow(): void
  enter(session: Session): Promise<void>
  /** The session has ended: asks the hub, which leads to the sign-in. */
  signInAgain(): void
  /** @throws ApiError when the hub cannot be told */
  leave(): Promise<void>
}

const RecorderContext = createContext<Recorder>()

export function useRecorder(): Recorder {
  const recorder = useContext(RecorderContext)
  if (!recorder) throw new Error('useRecorder needs a RecorderProvider above it')
  return recorder
}

const local = () => localStorage
const SESSION_MS_MAX = 8_000

export function RecorderProvider(props: { children: JSX.Element }): JSX.Element {
  const [access, setAccess] = createSignal<Access>({ kind: 'asking' })
  const [records, setRecords] = createSignal<readonly QueuedRecord[]>([])
  const [drafts, setDrafts] = createSignal<readonly KeptDraft[]>([])
  const [online, setOnline] = createSignal(navigator.onLine)
  let queue: PhoneQueue | undefined
  let gone = false

  const broken = (error: unknown) => {
    console.warn('The queue of this phone failed.', error)
  }
  const close = () => {
    queue?.stop()
    queue = undefined
    setRecords([])
    setDrafts([])
  }
  async function open(account: PhoneAccount): Promise<void> {
    close()
    try {
      const opened = await openPhoneQueue(account.id, broken)
      if (gone) return opened.stop()
      queue = opened
      const refresh = async () => setRecords(await opened.store.list())
      opened.onChange(() => void refresh().catch(broken))
      await refresh()
      setDrafts(await opened.store.listDrafts())
      setAccess({ kind: 'in', account })
      void opened.sender.wake().catch(broken)
    } catch (error) {
      broken(error)
      setAccess({ kind: 'broken' })
    }
  }
  async function enter(session: Session): Promise<void> {
    const account = accountOf(session)
    rememberAccount(local, account)
    rememberSession(session)
    if (account) await open(account)
    else setAccess({ kind: 'signed_out' })
  }
  /** Asks the hub who is signed in, and goes with the answer. @throws ApiError */
  async function askWho(): Promise<void> {
    const session = await fetchSession(AbortSignal.timeout(SESSION_MS_MAX))
    const current = access()
    if (current.kind === 'in' && current.account.id === session.account?.id) {
      rememberAccount(local, accountOf(session))
      rememberSession(session)
      renewKey(keyStorage(window), current.account.id, deviceNow())
      return
    }
    close()
    await enter(session)
  }
  async function start(): Promise<void> {
    const known = rememberedAccount(local)
    // What was recorded here can be seen and added to at once; the hub is asked meanwhile who is signed in.
    if (known) await open(known)
    await askWho().catch(() => {
      if (!known) setAccess({ kind: 'nobody_known' })
    })
  }
  const opened = (): PhoneQueue => {
    if (!queue) throw new Error('nobody is signed in')
    return queue
  }
  const onNetwork = () => {
    setOnline(navigator.onLine)
    if (navigator.onLine && access().kind === 'nobody_known') void start()
  }

  const forget = (key: string) => setDrafts((all) => all.filter((draft) => draft.key !== key))

  onMount(() => {
    void start()
    window.addEventListener('online', onNetwork)
    window.addEventListener('offline', onNetwork)
  })
  onCleanup(() => {
    gone = true
    close()
    window.removeEventListener('online', onNetwork)
    window.removeEventListener('offline', onNetwork)
  })

  const recorder: Recorder = {
    access,
    records,
    drafts,
    online,
    async save({ kind, body, title }, { instead, draft }) {
      const current = access()
      if (current.kind !== 'in') throw new Error('nobody is signed in')
      const record: QueuedRecord = {
        key: newKey(),
        account: current.account.id,
        kind,
        body,
        title,
        madeAt: deviceNow(),
        state: { kind: 'waiting', tries: 0, notBefore: 0, why: 'new' },
      }
      const { store, sender } = opened()
      if (instead === undefined) await store.add(record, draft)
      else await store.replace(instead, record, draft)
      forget(draft)
      void keepStorage()
      void sender.flush()
    },
    async keepDraft(draft) {
      await opened().store.putDraft(draft)
      setDrafts((all) => [draft, ...all.filter(({ key }) => key !== draft.key)])
    },
    async dropDraft(key) {
      await opened().store.dropDraft(key)
      forget(key)
    },
    keepBoth: (key) => opened().store.advance(new Map([[key, { type: 'keep_both' }]])),
    async discard(key) {
      const { store } = opened()
      await store.remove(key)
      for (const draft of drafts().filter(({ instead }) => instead === key)) await recorder.dropDraft(draft.key)
    },
    sendNow: () => void opened().sender.wake().catch(broken),
    enter,
    signInAgain: () => void askWho().catch(broken),
    async leave() {
      await leaveSession()
      close()
      setAccess({ kind: 'signed_out' })
    },
  }
  return <RecorderContext.Provider value={recorder}>{props.children}</RecorderContext.Provider>
}

export function unsentCount(records: readonly QueuedRecord[]): number {
  return records.filter(isUnsent).length
}
