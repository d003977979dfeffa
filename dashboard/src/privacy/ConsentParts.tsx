import { For, type JSX } from 'solid-js'
import type { ConsentPart } from '../../../hub/contract/privacy/consent-text.ts'
import { useWords } from '../i18n/language.tsx'
import './privacy.css'
import { partWords } from './partWords.ts'

/** A text that people agree to, by its parts: the same that is hashed. */
export function ConsentParts(props: {
  parts: readonly { readonly part: ConsentPart; readonly text: string }[]
}): JSX.Element {
  const t = useWords(partWords)
  return (
    <dl class="privacy-parts">
      <For each={props.parts}>
        {({ part, text }) => (
          <div>
            <dt>{t(part)}</dt>
            <dd>{text}</dd>
          </div>
        )}
      </For>
    </dl>
  )
}
