import { createEffect, createSignal, For, type JSX, Show } from 'solid-js'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import './Toast.css'

export type ToastOptions = {
  /** what can be done about it, offered beside "Close" */
  readonly action?: { readonly text: string; run(): void }
  /** whether its cause is still there: the message ends with it */
  readonly holds?: () => boolean
}
export type Toast = ToastOptions & {
  readonly id: number
  readonly tone: 'plain' | 'good' | 'alarm'
  readonly text: string
}

/** Older ones make room, those that end by themselves first: a stack of messages nobody has read is no message. */
const TOASTS_MAX = 3
const TOAST_MS = 6_000

const [toasts, setToasts] = createSignal<readonly Toast[]>([])
let lastId = 0

function dismiss(id: number): void {
  setToasts((all) => all.filter((toast) => toast.id !== id))
}

/** @returns at most TOASTS_MAX; the newest is always among them */
export function makeRoom(all: readonly Toast[]): readonly Toast[] {
  if (all.length <= TOASTS_MAX) return all
  const before = all.slice(0, -1)
  const out = before.find(({ tone }) => tone !== 'alarm') ?? before[0]
  return makeRoom(all.filter((toast) => toast !== out))
}

/** Say in a line what has happened; alarms stay until they are closed or their cause is gone. */
export function toast(text: string, tone: Toast['tone'] = 'plain', options: ToastOptions = {}): void {
  const id = ++lastId
  setToasts((all) => makeRoom([...all, { ...options, id, tone, text }]))
  if (tone !== 'alarm') setTimeout(dismiss, TOAST_MS, id)
}

/** One stack at the foot of the screen: messages, and below them what can still be taken back (cases/UndoBar.tsx). */
export function ToastRegion(): JSX.Element {
  return (
    <div class="toasts" id={TOASTS_ID} aria-live="polite">
      <For each={toasts()}>{(item) => <ToastLine item={item} />}</For>
    </div>
  )
}
export const TOASTS_ID = 'toasts'

function ToastLine(props: { item: Toast }): JSX.Element {
  const t = useWords(commonWords)
  const { id, tone, text, action, holds } = props.item
  createEffect(() => {
    if (holds && !holds()) dismiss(id)
  })
  return (
    <div class={`toast toast-${tone}`} role={tone === 'alarm' ? 'alert' : 'status'}>
      <span>{text}</span>
      <Show when={action}>
        {(offer) => (
          <button type="button" class="toast-action" onClick={() => offer().run()}>
            {offer().text}
          </button>
        )}
      </Show>
      <button type="button" onClick={() => dismiss(id)}>
        {t('close')}
      </button>
    </div>
  )
}
