import { For, type JSX } from 'solid-js'
import type { Language } from '../../../hub/contract/vocabulary/languages.ts'
import { commonWords } from './common.ts'
import './LanguageSwitch.css'
import { useLanguage, useWords } from './language.tsx'
import { LANGUAGE_NAMES } from './languages.ts'

/** Each language by its own name, so that nobody has to read another one to find theirs. */
export function LanguageSwitch(props: { languages?: readonly Language[] }): JSX.Element {
  const { language, setLanguage } = useLanguage()
  const t = useWords(commonWords)
  return (
    <fieldset class="language-switch">
      <legend class="visually-hidden">{t('language')}</legend>
      <For each={props.languages ?? (['th', 'en'] as const)}>
        {(code) => (
          <button type="button" lang={code} aria-pressed={language() === code} onClick={() => setLanguage(code)}>
            {LANGUAGE_NAMES[code]}
          </button>
        )}
      </For>
    </fieldset>
  )
}
