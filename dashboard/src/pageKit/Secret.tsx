import { createSignal, type JSX } from 'solid-js'
import { useWords } from '../i18n/language.tsx'
import { Button } from '../ui/Button.tsx'
import { copyText } from '../ui/copyText.ts'
import { deskWords } from './words.ts'

/** Something that is shown this once: a password, a link. The text can be selected where copying is refused. */
export function Secret(props: { label: string; value: string }): JSX.Element {
  const t = useWords(deskWords)
  const [copied, setCopied] = createSignal(false)
  let field!: HTMLInputElement
  const copy = async () => setCopied(await copyText(field, props.value))
  return (
    <div class="desk-secret">
      <label>
        <span>{props.label}</span>
        <input ref={field} readonly value={props.value} onFocus={({ currentTarget }) => currentTarget.select()} />
      </label>
      <Button onClick={() => void copy()}>{copied() ? t('copied') : t('copy')}</Button>
    </div>
  )
}
