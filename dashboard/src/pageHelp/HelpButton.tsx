import { createSignal, type JSX, onCleanup, onMount, Show, Suspense } from 'solid-js'
import { useWords } from '../i18n/language.tsx'
import { defineFormWords } from '../i18n/words.ts'
import { part } from '../ui/part.tsx'
import { isTyping } from '../ui/typing.ts'
import './HelpButton.css'

const HelpSheet = part(() => import('./HelpSheet.tsx'))

export const helpWords = defineFormWords({
  en: { title: 'Help for this page' },
  th: { title: 'วิธีใช้หน้านี้' },
  my: { title: 'ဤစာမျက်နှာ အသုံးပြုနည်း' },
  lo: { title: 'ວິທີໃຊ້ໜ້ານີ້' },
  km: { title: 'របៀបប្រើទំព័រនេះ' },
})

/** Opens the sheet of a page, by a press or by `?`: what the page is for, its keys, and the way to others. */
export function HelpButton(): JSX.Element {
  const t = useWords(helpWords)
  const [isOpen, open] = createSignal(false)
  onMount(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      event.preventDefault()
      open(true)
    }
    document.addEventListener('keydown', onKey)
    onCleanup(() => document.removeEventListener('keydown', onKey))
  })
  return (
    <>
      <button
        type="button"
        class="help-button"
        aria-haspopup="dialog"
        aria-label={t('title')}
        onClick={() => open(true)}
      >
        <span aria-hidden="true">?</span>
      </button>
      <Show when={isOpen()}>
        <Suspense>
          <HelpSheet close={() => open(false)} />
        </Suspense>
      </Show>
    </>
  )
}
