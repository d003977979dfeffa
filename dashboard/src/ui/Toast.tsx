import { createSignal, For, type JSX } from 'solid-js'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import './Toast.css'

export type Toast = { readonly id: number; readonly tone: 'plain' | 'good' | 'alarm'; readonly text: string }

/** Older ones make room: a stack of messages nobody has read is no message. */
const TOASTS_MAX = 3
const TOAST_MS = 6_000

const [toasts, setToasts] = createSignal<readonly Toast[]>([])
let lastId = 0

function dismiss(id: number): void {
  setToasts((all) => all.filter((toast) => toast.id !== id))
}

/** Say in a line what has happened; alarms stay until they are closed. */
export function toast(text: string, tone: Toast['tone'] = 'plain'): void {
  const id = ++lastId
  setToasts((all) => [...all, { id, tone, text }].slice(-TOASTS_MAX))
  if (tone !== 'alarm') setTimeout(dismiss, TOAST_MS, id)
}

export function ToastRegion(): JSX.Element {
  const t = useWords(commonWords)
  return (
    <div class="toasts" aria-live="polite">
      <For each={toasts()}>
        {(item) => (
          <div class={`toast toast-${item.tone}`} role={item.tone === 'alarm' ? 'alert' : 'status'}>
            <span>{item.text}</span>
            <button type="button" onClick={() => dismiss(item.id)}>
              {t('close')}
            </button>
          </div>
        )}
      </For>
    </div>
  )
}
