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
  {
    title: (code: string) => `There is no province ${code}`,
    text: 'Provinces have two digits, for example 50 for Chiang Mai. The start page lists all of them.',
  },
  {
    title: (code: string) => `ไม่มีจังหวัดรหัส ${code}`,
    text: 'รหัสจังหวัดมีสองหลัก เช่น 50 คือเชียงใหม่ หน้าแรกมีรายชื่อทุกจังหวัด',
  },
)

/** Where a province's code leads nowhere: says so, and the way on. */
export function UnknownProvince(props: { code: string }): JSX.Element {
  const t = useWords(words)
  const common = useWords(commonWords)
  usePageTitle(() => [t('title', props.code)])
  return (
    <main>
      <SiteHead />
      <EmptyState
        page
        title={t('title', props.code)}
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
