import type { JSX } from 'solid-js'
import { useWords } from '../../i18n/language.tsx'
import { DeskPage } from '../../pageKit/DeskPage.tsx'
import { pageMay } from '../../session/workplaces.ts'
import { FindCase } from './FindCase.tsx'
import { findWords } from './words.ts'

/** Somebody calls the hotline about their request: found by what they can say. */
export default function FindPage(): JSX.Element {
  const t = useWords(findWords)
  return (
    <DeskPage title={[t('title')]} may={pageMay('find')}>
      <header class="desk-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
      </header>
      <FindCase />
    </DeskPage>
  )
}
