import { createEffect } from 'solid-js'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'

/** `Board · Chiang Mai · Jitasa`: what a tab, a bookmark and a screen reader call a page; parts that are not known yet are left out. */
export function pageTitle(parts: readonly (string | undefined)[], app: string): string {
  return [...parts, app].filter(Boolean).join(' · ')
}

/** Names the page while it is shown. Every page has one: an address that keeps the title of the page before it has no name. */
export function usePageTitle(parts: () => readonly (string | undefined)[]): void {
  const t = useWords(commonWords)
  createEffect(() => {
    document.title = pageTitle(parts(), t('app'))
  })
}
