import { createSignal, type JSX, Show } from 'solid-js'
import { type Problem, problemOf } from '../../desk/problem.ts'
import { deskWords } from '../../desk/words.ts'
import { commonWords } from '../../i18n/common.ts'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

type ConfirmProps = {
  title: string
  text: string
  action: string
  /** what is done; a failure is said in the dialog, which stays */
  onConfirm(): Promise<void>
  onClose(): void
}

/** Asks before something that cannot be taken back at a press. */
export function Confirm(props: ConfirmProps): JSX.Element {
  const common = useWords(commonWords)
  const t = useWords(deskWords)
  const [busy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<Problem>()
  const confirm = async () => {
    setBusy(true)
    try {
      await props.onConfirm()
      props.onClose()
    } catch (error) {
      setProblem(problemOf(error, common))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={props.title}
      description={props.text}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('cancel')}</Button>
          <Button kind="danger" busy={busy()} onClick={() => void confirm()}>
            {props.action}
          </Button>
        </>
      }
    >
      <Show when={problem()}>
        {(what) => (
          <p class="desk-problem" role="alert">
            {what().text}
          </p>
        )}
      </Show>
    </Dialog>
  )
}
