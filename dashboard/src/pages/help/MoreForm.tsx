import { createSignal, type JSX } from 'solid-js'
import { addToRequest, type HelpStatus } from '../../api/help.ts'
import { ApiError } from '../../api/http.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { statusWords } from './words/status.ts'

/** Something the helpers should know. The key lasts until the hub has answered: a second press adds nothing twice. */
export function MoreForm(props: { code: string; onStatus(status: HelpStatus): void }): JSX.Element {
  const t = useWords(statusWords)
  const common = useWords(commonWords)
  const { language } = useLanguage()
  const [note, setNote] = createSignal('')
  const [key, setKey] = createSignal<{ readonly key: string; readonly note: string }>()
  const [busy, setBusy] = createSignal(false)
  const [error, setError] = createSignal<string>()
  const [sent, setSent] = createSignal(false)

  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const text = note().trim()
    if (text === '' || busy()) return
    const known = key()
    const used = known?.note === text ? known : { key: crypto.randomUUID(), note: text }
    setKey(used)
    setBusy(true)
    setError(undefined)
    setSent(false)
    try {
      props.onStatus(await addToRequest(props.code, language(), used.key, text))
      setNote('')
      setSent(true)
    } catch (cause) {
      setError(cause instanceof ApiError && cause.status !== 0 ? cause.message : common('error.offline'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form class="form-card" novalidate onSubmit={send}>
      <Field label={t('more')} hint={t('moreHint')} error={error()}>
        {(aria) => (
          <textarea
            {...aria}
            rows={2}
            maxLength={1000}
            value={note()}
            onInput={({ currentTarget }) => setNote(currentTarget.value)}
          />
        )}
      </Field>
      <p role="status" class="form-muted">
        {sent() ? t('moreSent') : ''}
      </p>
      <Button type="submit" busy={busy()} disabled={note().trim() === ''}>
        {t('moreSend')}
      </Button>
    </form>
  )
}
