import { Dialog as Kobalte } from '@kobalte/core/dialog'
import { type JSX, Show } from 'solid-js'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import './Dialog.css'

type DialogProps = {
  open: boolean
  onOpenChange(open: boolean): void
  title: string
  /** as wide as the screen has room for columns */
  wide?: boolean
  description?: string
  children?: JSX.Element
  /** Buttons, right-aligned; the first action of the eye comes last. */
  actions?: JSX.Element
}

/** Modal: keeps the focus inside, closes on Escape, gives the focus back. */
export function Dialog(props: DialogProps): JSX.Element {
  const t = useWords(commonWords)
  let opener: Element | null = null
  return (
    <Kobalte open={props.open} onOpenChange={props.onOpenChange}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="dialog-overlay" />
        <div class="dialog-place">
          <Kobalte.Content
            class="dialog"
            classList={{ 'dialog-wide': props.wide === true }}
            onOpenAutoFocus={() => {
              opener = document.activeElement
            }}
            onCloseAutoFocus={(event) => {
              // Without a trigger of its own Kobalte would give the focus to nobody.
              event.preventDefault()
              if (opener instanceof HTMLElement) opener.focus({ preventScroll: true })
            }}
          >
            <header class="dialog-head">
              <Kobalte.Title class="dialog-title">{props.title}</Kobalte.Title>
              <Kobalte.CloseButton class="dialog-close" aria-label={t('close')}>
                <svg viewBox="0 0 16 16" aria-hidden="true">
                  <path d="M3 3l10 10M13 3L3 13" />
                </svg>
              </Kobalte.CloseButton>
            </header>
            <Show when={props.description}>
              <Kobalte.Description class="dialog-description">{props.description}</Kobalte.Description>
            </Show>
            {props.children}
            <Show when={'actions' in props}>
              <footer class="dialog-actions">{props.actions}</footer>
            </Show>
          </Kobalte.Content>
        </div>
      </Kobalte.Portal>
    </Kobalte>
  )
}
