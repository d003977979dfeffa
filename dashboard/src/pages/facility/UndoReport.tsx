import { createSignal, type JSX, Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import { UNDO_REPORT_MS } from '../../../../hub/contract/vocabulary/reports.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { commonWords } from '../../i18n/common.ts'
import { useWords } from '../../i18n/language.tsx'
import { createNow } from '../../live/createNow.ts'
import { problemOf } from '../../pageKit/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { TOASTS_ID, toast } from '../../ui/Toast.tsx'
import '../../cases/UndoBar.css'
import { facilityWords } from './words.ts'

type UndoReportProps = {
  /** ms since 1970: when it was saved */
  at: number
  /** takes it back. @throws ApiError */
  undo(): Promise<unknown>
  undone(): void
}

/** On top of the page wherever it is scrolled to, for as long as a report is taken back. */
export function UndoReport(props: UndoReportProps): JSX.Element {
  const t = useWords(facilityWords)
  const common = useWords(commonWords)
  const now = createNow(500)
  const [closed, setClosed] = createSignal(false)
  const [busy, during] = createBusy()
  const left = () => Math.ceil((props.at + UNDO_REPORT_MS - now()) / 1_000)
  const undo = async () => {
    try {
      await during(props.undo)
      toast(t('standing.undone'), 'good')
      props.undone()
    } catch (error) {
      toast(problemOf(error, common).text, 'alarm')
    }
  }
  return (
    <Show when={left() > 0 && !closed()}>
      <Portal
        mount={document.getElementById(TOASTS_ID) ?? document.body}
        ref={(place) => place.classList.add('undo-place')}
      >
        <div class="undo-bar" role="status">
          <span class="undo-text">{t('standing.saved')}</span>
          <Button busy={busy()} onClick={() => void undo()} data-action="undo-report">
            {t('standing.undo', String(left()))}
          </Button>
          <button type="button" class="undo-close" aria-label={common('close')} onClick={() => setClosed(true)}>
            ×
          </button>
        </div>
      </Portal>
    </Show>
  )
}
