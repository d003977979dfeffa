import { createSignal, type JSX, Show } from 'solid-js'
import { useWords } from '../../i18n/language.tsx'
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
  const press = () => {
    if (unsentCount(records()) + drafts().length > 0) setAsking(true)
    else void go()
  }
  return (
    <Show when={access().kind === 'in'}>
      <button type="button" class="form-link record-sign-out" onClick={press}>
        {t('signOut')}
      </button>
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
