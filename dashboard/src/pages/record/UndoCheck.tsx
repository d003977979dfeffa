import { createSignal, type JSX, onCleanup, Show } from 'solid-js'
import { command } from '../../api/cases.ts'
import { ask } from '../../api/http.ts'
import { useErrorText } from '../../cases/speech.ts'
import { toastFault } from '../../cases/toastFault.ts'
import { deviceNow } from '../../clock.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { useWords } from '../../i18n/language.tsx'
import { noticeExpiry } from '../../session/account.ts'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import { queueWords } from './queueWords.ts'
import { useRecorder } from './recorder.tsx'

/** As long as the hub takes it back (hub/work/cases/undo-rules.ts), less the way there. */
const UNDO_MS = 29_000

type UndoCheckProps = {
  /** the record on this phone */
  record: string
  case: number
  event: number
  /** when the hub had it, ms since 1970 by this phone */
  at: number
}

/** A check of the wrong person, or of the wrong answer, is taken back for half a minute. */
export function UndoCheck(props: UndoCheckProps): JSX.Element {
  const t = useWords(queueWords)
  const fault = useErrorText()
  const { discard } = useRecorder()
  const [now, setNow] = createSignal(deviceNow())
  const [busy, during] = createBusy()
  const timer = setInterval(() => setNow(deviceNow()), 500)
  onCleanup(() => clearInterval(timer))
  const left = () => Math.ceil((props.at + UNDO_MS - now()) / 1_000)
  const undo = async () => {
    const { case: id, event } = props
    try {
      await during(() => command((key) => ask('POST /api/cases/{id}/undo', { params: { id }, body: { event }, key })))
      toast(t('undone'), 'good')
      await discard(props.record)
    } catch (error) {
      if (!noticeExpiry(error)) toastFault(error, fault(error))
    }
  }
  return (
    <Show when={left() > 0}>
      <Button busy={busy()} data-action="undo-check" onClick={() => void undo()}>
        {t('undo', left())}
      </Button>
    </Show>
  )
}
