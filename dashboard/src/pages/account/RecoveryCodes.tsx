import { For, type JSX } from 'solid-js'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { accountWords } from './words.ts'

/** Shown this once: the hub keeps hashes alone. */
export function RecoveryCodes(props: { codes: readonly string[]; onKept(): void }): JSX.Element {
  const t = useWords(accountWords)
  return (
    <div class="desk-done account-codes" role="status">
      <p>{t('recoveryShown')}</p>
      <ol>
        <For each={props.codes}>
          {(code) => (
            <li>
              <code>{code}</code>
            </li>
          )}
        </For>
      </ol>
      <div class="desk-buttons">
        <Button onClick={() => window.print()}>{t('recoveryPrint')}</Button>
        <Button kind="primary" onClick={() => props.onKept()}>
          {t('recoveryKept')}
        </Button>
      </div>
    </div>
  )
}
