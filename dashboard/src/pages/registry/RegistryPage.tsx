import type { JSX } from 'solid-js'
import { useWords } from '../../i18n/language.tsx'
import { DeskPage } from '../../pageKit/DeskPage.tsx'
import { Registry } from './Registry.tsx'
import { registryWords } from './words.ts'

/** `/facilities`: the registry, for those who keep it. */
export default function RegistryPage(): JSX.Element {
  const t = useWords(registryWords)
  return (
    <DeskPage title={[t('title')]} may={['facility.register']} wide>
      <header class="desk-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
      </header>
      <Registry />
    </DeskPage>
  )
}
