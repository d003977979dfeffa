import { A } from '@solidjs/router'
import type { JSX } from 'solid-js'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { defineWords } from '../i18n/words.ts'
import { SiteHead } from '../session/SiteHead.tsx'
import '../ui/Button.css'
import { EmptyState } from '../ui/State.tsx'
import { usePageTitle } from '../ui/title.ts'

const words = defineWords(
  { title: 'There is no such page', text: 'The address may be mistyped, or the page has moved.' },
  { title: 'ไม่พบหน้านี้', text: 'ที่อยู่อาจพิมพ์ผิด หรือหน้านี้ถูกย้ายแล้ว' },
)

export default function NotFoundPage(): JSX.Element {
  const t = useWords(words)
  const common = useWords(commonWords)
  usePageTitle(() => [t('title')])
  return (
    <main>
      <SiteHead />
      <EmptyState
        page
        title={t('title')}
        text={t('text')}
        action={
          <A href="/" class="button button-primary">
            {common('home')}
          </A>
        }
      />
    </main>
  )
}
