import { createSignal, type JSX, Show } from 'solid-js'
import { screenNow } from '../../clock.ts'
import { useWords } from '../../i18n/language.tsx'
import { ClaimsDialog } from '../../session/ClaimsDialog.tsx'
import { liveClaims } from '../../session/liveClaims.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { toast } from '../../ui/Toast.tsx'
import { queueWords } from './queueWords.ts'
import { unsentCount, useRecorder } from './recorder.tsx'

/** Says first what would be lost: records and begun forms that nobody has but this phone go with the session. */
export function SignOut(): JSX.Element {
  const t = useWords(queueWords)
  const { access, records, drafts, leave } = useRecorder()
  const [asking, setAsking] = createSignal(false)
  const go = async () => {
    setAsking(false)
    try {
      await leave()
    } catch {
      toast(t('signOutFailed'), 'alarm')
    }
  }
  const [claims, setClaims] = createSignal(0)
  const press = async () => {
    const current = access()
    const held = current.kind === 'in' ? await liveClaims(current.account.may, screenNow()) : []
    setClaims(held.length)
    if (held.length === 0) askRecords()
  }
  const askRecords = () => {
    setClaims(0)
    if (unsentCount(records()) + drafts().length > 0) setAsking(true)
    else void go()
  }
  return (
    <Show when={access().kind === 'in'}>
      <button type="button" class="form-link record-sign-out" onClick={() => void press()}>
        {t('signOut')}
      </button>
      <Show when={claims() > 0}>
        <ClaimsDialog count={claims()} leave={askRecords} stay={() => setClaims(0)} />
      </Show>
      <Dialog
        open={asking()}
        onOpenChange={setAsking}
        title={t('signOutTitle')}
        description={t('signOutText', unsentCount(records()), drafts().length)}
        actions={
          <>
            <Button onClick={() => void go()}>{t('signOutYes')}</Button>
            <Button kind="primary" onClick={() => setAsking(false)}>
              {t('signOutNo')}
            </Button>
          </>
        }
      />
    </Show>
  )
}
