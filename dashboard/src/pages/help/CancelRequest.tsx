import { createSignal, type JSX, onCleanup, Show } from 'solid-js'
import { cancelRequest, type HelpStatus } from '../../api/help.ts'
import { ApiError } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { statusWords } from './statusWords.ts'

/** Between "yes" and telling the hub. Whoever closes the page in it has not cancelled: that is the safe side. */
const UNDO_SECONDS = 8

export function CancelRequest(props: { code: string; onStatus(status: HelpStatus): void }): JSX.Element {
  const t = useWords(statusWords)
  const common = useWords(commonWords)
  const { language } = useLanguage()
  const [asking, setAsking] = createSignal(false)
  const [left, setLeft] = createSignal<number>()
  const [error, setError] = createSignal<string>()
  let timer: ReturnType<typeof setInterval> | undefined
  onCleanup(() => clearInterval(timer))

  async function cancel(): Promise<void> {
    setError(undefined)
    try {
      props.onStatus(await cancelRequest(props.code, language(), newKey()))
    } catch (cause) {
      setError(cause instanceof ApiError && cause.status !== 0 ? cause.message : common('error.offline'))
    }
  }
  const stop = () => {
    clearInterval(timer)
    setLeft(undefined)
  }
  const begin = () => {
    setAsking(false)
    setLeft(UNDO_SECONDS)
    timer = setInterval(() => {
      const seconds = (left() ?? 0) - 1
      if (seconds > 0) setLeft(seconds)
      else {
        stop()
        void cancel()
      }
    }, 1000)
  }
  return (
    <div class="help-cancel">
      <Show
        when={left()}
        fallback={
          <button type="button" class="form-link" onClick={() => setAsking(true)}>
            {t('cancel')}
          </button>
        }
      >
        {(seconds) => (
          <div class="form-card" role="status">
            <p>{t('cancelling', seconds())}</p>
            <Button kind="primary" onClick={stop}>
              {t('undo')}
            </Button>
          </div>
        )}
      </Show>
      <Show when={error()}>
        {(text) => (
          <p class="field-error" role="alert">
            {text()}
          </p>
        )}
      </Show>
      <Dialog
        open={asking()}
        onOpenChange={setAsking}
        title={t('cancelTitle')}
        description={t('cancelText')}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t('cancelNo')}</Button>
            <Button kind="danger" onClick={begin}>
              {t('cancelYes')}
            </Button>
          </>
        }
      />
    </div>
  )
}
