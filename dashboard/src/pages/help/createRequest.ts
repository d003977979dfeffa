import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import { askForHelp, type HelpAnswer, type HelpBody } from '../../api/help.ts'
import { newKey } from '../../api/newKey.ts'
import { chance, deviceNow } from '../../clock.ts'
import { keepDraft, readDraft } from './draftStore.ts'
import type { HelpDraft } from './model.ts'
import { answered, askAgain, editing, failed, type Sending, submit, tryAgain } from './sending.ts'

export type HelpRequest = {
  readonly draft: Accessor<HelpDraft>
  edit(change: Partial<HelpDraft>): void
  readonly sending: Accessor<Sending>
  /** 0 to 1: many ask, and this phone computes before its request goes */
  readonly checked: Accessor<number | undefined>
  send(body: HelpBody): void
  sendNow(): void
  /** the hub knows this request already: the form is open for somebody else */
  askAgain(): void
}

/** The request of this tab: what is filled in, kept at every key press, and how far it is on its way. */
export function createRequest(onDone: (answer: HelpAnswer) => void): HelpRequest {
  const kept = readDraft(() => sessionStorage, newKey)
  const [draft, setDraft] = createSignal(kept.draft)
  const [sending, setSending] = createSignal<Sending>(
    kept.underWay ? { kind: 'sending', key: kept.key, ...kept.underWay } : editing(kept.key),
  )
  const [checked, setChecked] = createSignal<number>()
  createEffect(() => keepDraft(() => sessionStorage, draft(), sending()))

  createEffect(
    on(sending, (state) => {
      if (state.kind === 'done') onDone(state.answer)
      if (state.kind === 'sending') {
        const gone = new AbortController()
        onCleanup(() => gone.abort())
        askForHelp(state.key, state.body, { signal: gone.signal, onProgress: setChecked }).then(
          (answer) => setSending((now) => answered(now, answer)),
          (error: unknown) => {
            if (gone.signal.aborted) return
            setSending((now) => failed(now, error, { now: deviceNow(), random: chance(), freshKey: newKey() }))
          },
        )
      }
      if (state.kind === 'waiting') {
        const again = () => setSending(tryAgain)
        const timer = setTimeout(again, Math.max(0, state.notBefore - deviceNow()))
        window.addEventListener('online', again)
        onCleanup(() => {
          clearTimeout(timer)
          window.removeEventListener('online', again)
        })
      }
    }),
  )

  return {
    draft,
    edit: (change) => setDraft((now) => ({ ...now, ...change })),
    sending,
    checked,
    send: (body) => setSending((now) => submit(now, body)),
    sendNow: () => setSending(tryAgain),
    askAgain: () => setSending((now) => askAgain(now, newKey())),
  }
}
