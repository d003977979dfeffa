import { createSignal, type JSX, Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import { command } from '../api/cases.ts'
import { ask } from '../api/http.ts'
import { screenNow } from '../clock.ts'
import { createBusy } from '../forms/createBusy.ts'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { createNow } from '../live/createNow.ts'
import { Button } from '../ui/Button.tsx'
import { TOASTS_ID, toast } from '../ui/Toast.tsx'
import { useErrorText } from './speech.ts'
import { toastFault } from './toastFault.ts'
import './UndoBar.css'
import { workWords } from './words.ts'

/** As long as the hub takes it back (hub/work/cases/undo-rules.ts), less the way there. */
const UNDO_MS = 29_000

type Done = {
  readonly text: string
  readonly until: number
  takeBack(key: string): Promise<unknown>
  /** whose later commands stand in the way; a need, or an alert, has a history of its own */
  readonly caseId: number | undefined
}

const [done, setDone] = createSignal<Done>()

/** What was done a moment ago, and may be taken back while the bar shows it. */
export function offerToTakeBack(text: string, takeBack: Done['takeBack'], caseId?: number): void {
  setDone({ text, takeBack, caseId, until: screenNow() + UNDO_MS })
}

/** Of an event of a case's history. */
export function offerUndo(text: string, id: number, event: number | null, about: 'case' | 'need'): void {
  if (event === null) return
  const takeBack = (key: string) => ask('POST /api/cases/{id}/undo', { params: { id }, body: { event }, key })
  offerToTakeBack(text, takeBack, about === 'case' ? id : undefined)
}

/** Something else has happened to the case: what was done before cannot be taken back any more. */
export function forgetUndo(caseId: number): void {
  setDone((what) => (what?.caseId === caseId ? undefined : what))
}

export function UndoBar(props: { onUndone?(): void }): JSX.Element {
  const t = useWords(workWords)
  const common = useWords(commonWords)
  const fault = useErrorText()
  const now = createNow(500)
  const [busy, during] = createBusy()
  const current = () => {
    const what = done()
    return what && now() < what.until ? what : undefined
  }
  const undo = async (what: Done) => {
    try {
      await during(() => command(what.takeBack))
      // What was done meanwhile can still be taken back.
      setDone((shown) => (shown === what ? undefined : shown))
      toast(t('undone'), 'good')
      props.onUndone?.()
    } catch (error) {
      toastFault(error, fault(error))
    }
  }
  return (
    <Show when={current()}>
      {(what) => (
        <Portal
          mount={document.getElementById(TOASTS_ID) ?? document.body}
          ref={(place) => place.classList.add('undo-place')}
        >
          <div class="undo-bar" role="status">
            <span class="undo-text">{what().text}</span>
            <Button busy={busy()} onClick={() => void undo(what())}>
              {t('undo', String(Math.max(0, Math.ceil((what().until - now()) / 1_000))))}
            </Button>
            <button type="button" class="undo-close" aria-label={common('close')} onClick={() => setDone(undefined)}>
              ×
            </button>
          </div>
        </Portal>
      )}
    </Show>
  )
}
