import { For, type JSX, Show } from 'solid-js'
import type { Language } from '../../../../hub/contract/vocabulary/languages.ts'
import { useWords } from '../../i18n/language.tsx'
import { INTERPRETERS } from './calls.ts'
import { hotlineWords } from './words.ts'

/** The lines that interpret a language, to press; nothing for Thai. */
export function Interpreters(props: { language: Language }): JSX.Element {
  const t = useWords(hotlineWords)
  const lines = () => (props.language === 'th' ? [] : INTERPRETERS[props.language])
  return (
    <Show when={lines().length > 0}>
      <p class="hotline-interpreters">
        <b>{t('interpreter')}</b>
        <For each={lines()}>
          {({ number, press }) => (
            <a href={`tel:${number}`}>
              {number} <Show when={press}>{(key) => <small>{t('press', key())}</small>}</Show>
            </a>
          )}
        </For>
      </p>
    </Show>
  )
}
