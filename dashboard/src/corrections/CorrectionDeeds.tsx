import { createSignal, type JSX, Show } from 'solid-js'
import { CORRECTION_REFUSALS } from '../../../hub/contract/vocabulary/corrections.ts'
import { command } from '../api/cases.ts'
import { type Answer, type AskingBody, ask } from '../api/http.ts'
import { useErrorText } from '../cases/speech.ts'
import { toastFault } from '../cases/toastFault.ts'
import { offerToTakeBack } from '../cases/UndoBar.tsx'
import { createBusyWith } from '../forms/createBusy.ts'
import { useWords } from '../i18n/language.tsx'
import { ReasonDialog } from '../pages/case/ReasonDialog.tsx'
import { noticeExpiry } from '../session/account.ts'
import { Button } from '../ui/Button.tsx'
import { toast } from '../ui/Toast.tsx'
import { correctionWords } from './words.ts'

export type Correction = Answer<'GET /api/corrections'>['corrections'][number]
type CloseBody = AskingBody<'POST /api/corrections/{id}/close'>

/** One press says that it was made, another why not; both can be taken back. `onChange`: it stands otherwise now, here or at a colleague's. */
export function CorrectionDeeds(props: { correction: Correction; onChange(): void }): JSX.Element {
  const t = useWords(correctionWords)
  const fault = useErrorText()
  const [refusing, setRefusing] = createSignal(false)
  const [busy, during] = createBusyWith<'done' | 'refuse' | 'reopen'>()
  const params = () => ({ id: props.correction.id })
  const of = () => String(props.correction.case)
  const reopenBy = (key: string) => ask('POST /api/corrections/{id}/reopen', { params: params(), body: {}, key })
  const carryOut = async (what: 'done' | 'refuse' | 'reopen', send: (key: string) => Promise<unknown>) => {
    try {
      await during(what, () => command(send))
      if (what === 'reopen') toast(t('wasReopened', of()), 'good')
      else offerToTakeBack(t(what === 'done' ? 'wasDone' : 'wasRefused', of()), reopenBy)
      props.onChange()
      return true
    } catch (error) {
      if (!noticeExpiry(error)) toastFault(error, fault(error))
      // Somebody was faster, perhaps.
      props.onChange()
      return false
    }
  }
  const close = (what: 'done' | 'refuse', body: CloseBody) =>
    carryOut(what, (key) => ask('POST /api/corrections/{id}/close', { params: params(), body, key }))
  return (
    <div class="correction-deeds">
      <Show
        when={props.correction.state === 'open'}
        fallback={
          <Show when={props.correction.because !== 'erased'}>
            <Button
              busy={busy() === 'reopen'}
              data-correction-deed="reopen"
              onClick={() => void carryOut('reopen', reopenBy)}
            >
              {t('reopen')}
            </Button>
          </Show>
        }
      >
        <Button
          kind="primary"
          busy={busy() === 'done'}
          disabled={busy() !== undefined}
          data-correction-deed="done"
          onClick={() => void close('done', {})}
        >
          {t('done')}
        </Button>
        <Button disabled={busy() !== undefined} data-correction-deed="refuse" onClick={() => setRefusing(true)}>
          {t('refuse')}
        </Button>
      </Show>
      <Show when={refusing()}>
        <ReasonDialog
          title={t('refuseTitle')}
          description={t('refuseText')}
          reasons={CORRECTION_REFUSALS}
          name={(reason) => t(`reason.${reason}`)}
          choose={(because) => close('refuse', { because })}
          close={() => setRefusing(false)}
        />
      </Show>
    </div>
  )
}
