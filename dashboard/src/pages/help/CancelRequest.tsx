import { createSignal, type JSX, onCleanup, Show } from 'solid-js'
import { compactDigits } from '../../../../hub/contract/vocabulary/text.ts'
import { cancelRequest, type HelpStatus } from '../../api/help.ts'
import { ApiError } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import { InputField } from '../../forms/InputField.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { statusWords } from './statusWords.ts'

/** Between "yes" and telling the hub. Whoever closes the page in it has not cancelled: that is the safe side. */
const UNDO_SECONDS = 8

type CancelRequestProps = {
  code: string
  takeBack: HelpStatus['takeBack']
  onStatus(status: HelpStatus): void
}

/** At once on the device that asked; elsewhere with the last digits of the phone, for a code alone is soon read over a shoulder. */
export function CancelRequest(props: CancelRequestProps): JSX.Element {
  const t = useWords(statusWords)
  const common = useWords(commonWords)
  const { language } = useLanguage()
  const [asking, setAsking] = createSignal(false)
  const [left, setLeft] = createSignal<number>()
  const [typed, setTyped] = createSignal('')
  const [wrong, setWrong] = createSignal(false)
  const [error, setError] = createSignal<string>()
  let timer: ReturnType<typeof setInterval> | undefined
  onCleanup(() => clearInterval(timer))

  const needsDigits = () => props.takeBack === 'digits'
  const digits = () => compactDigits(typed())

  async function cancel(): Promise<void> {
    setError(undefined)
    try {
      props.onStatus(await cancelRequest(props.code, language(), newKey(), needsDigits() ? digits() : undefined))
    } catch (cause) {
      setError(cause instanceof ApiError && cause.status !== 0 ? cause.message : common('error.offline'))
    }
  }
  const stop = () => {
    clearInterval(timer)
    setLeft(undefined)
  }
  const begin = () => {
    setWrong(needsDigits() && !/^\d{4}$/.test(digits()))
    if (wrong()) return
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
      <Show when={props.takeBack !== 'staff'} fallback={<p class="form-muted">{t('cancelElsewhere')}</p>}>
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
      >
        <Show when={needsDigits()}>
          <InputField
            label={t('cancelDigits')}
            error={wrong() ? t('cancelDigitsWrong') : undefined}
            class="help-digits"
            type="text"
            inputmode="numeric"
            autocomplete="off"
            maxLength={8}
            value={typed()}
            onText={setTyped}
          />
        </Show>
      </Dialog>
    </div>
  )
}
