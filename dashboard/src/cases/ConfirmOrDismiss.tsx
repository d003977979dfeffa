import { type JSX, Show } from 'solid-js'
import { command } from '../api/cases.ts'
import { ask } from '../api/http.ts'
import { createBusyWith } from '../forms/createBusy.ts'
import { useWords } from '../i18n/language.tsx'
import { noticeExpiry, sessionState } from '../session/account.ts'
import { Button } from '../ui/Button.tsx'
import './ConfirmOrDismiss.css'
import { useErrorText } from './speech.ts'
import { toastFault } from './toastFault.ts'
import { offerUndo } from './UndoBar.tsx'
import { workWords } from './words.ts'

const WAYS = ['verify', 'dismiss'] as const
type Way = (typeof WAYS)[number]

/** Of a request that stands apart: one tap says that it is real, another that it was invented; both can be taken back. */
export function ConfirmOrDismiss(props: { id: number }): JSX.Element {
  const t = useWords(workWords)
  const fault = useErrorText()
  const [busy, during] = createBusyWith<Way>()
  const may = () => {
    const session = sessionState()
    return session.kind === 'in' && session.session.may.includes('case.triage')
  }
  const take = async (way: Way) => {
    const { id } = props
    try {
      const { event } = await during(way, () =>
        command((key) => ask(`POST /api/cases/{id}/${way}`, { params: { id }, body: {}, key })),
      )
      offerUndo(t(`unverified.done.${way}`, String(id)), id, event, 'case')
    } catch (error) {
      if (!noticeExpiry(error)) toastFault(error, fault(error))
    }
  }
  return (
    <div class="confirm-or-dismiss">
      <p>{t('unverified.why')}</p>
      <Show when={may()}>
        <Button data-way="verify" busy={busy() === 'verify'} onClick={() => void take('verify')}>
          {t('unverified.verify')}
        </Button>
        <Button data-way="dismiss" busy={busy() === 'dismiss'} onClick={() => void take('dismiss')}>
          {t('unverified.dismiss')}
        </Button>
      </Show>
    </div>
  )
}
