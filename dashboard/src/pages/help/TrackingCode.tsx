import { createSignal, type JSX, Show } from 'solid-js'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { copyText } from '../../ui/copyText.ts'
import { statusAddress } from './address.ts'
import { rememberCode, rememberedCodes } from './remembered.ts'
import { statusWords } from './statusWords.ts'
import { startWords } from './words.ts'

/** The code, large enough to be read from a screenshot, and three ways of not losing it. */
export function TrackingCode(props: { code: string }): JSX.Element {
  const t = useWords(statusWords)
  const tStart = useWords(startWords)
  const { language } = useLanguage()
  const [copied, setCopied] = createSignal(false)
  const [kept, setKept] = createSignal(rememberedCodes(() => localStorage).includes(props.code))
  const link = () => `${location.origin}${statusAddress(props.code, language())}`
  let shown!: HTMLOutputElement

  const copy = async () => setCopied(await copyText(shown, props.code))
  async function share(): Promise<void> {
    try {
      await navigator.share({ url: link(), title: tStart('code') })
    } catch (error) {
      // Whoever closes the phone's sheet has changed their mind; the link stands below all the same.
      console.info('The link was not shared.', error)
    }
  }
  return (
    <section class="form-card help-code" aria-labelledby="help-code">
      <h2 id="help-code">{tStart('code')}</h2>
      <output ref={shown} class="help-code-text" translate="no">
        {props.code}
      </output>
      <p>{t('keep')}</p>
      <div class="help-code-actions">
        <Button onClick={copy}>{copied() ? t('copied') : t('copy')}</Button>
        <Button disabled={kept()} onClick={() => setKept(rememberCode(() => localStorage, props.code))}>
          {kept() ? t('remembered') : t('remember')}
        </Button>
        <Show when={'share' in navigator}>
          <Button onClick={share}>{t('share')}</Button>
        </Show>
      </div>
      <a class="help-link" href={link()} translate="no">
        {link()}
      </a>
    </section>
  )
}
