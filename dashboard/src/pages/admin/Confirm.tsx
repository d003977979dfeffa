import type { JSX } from 'solid-js'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useWords } from '../../i18n/language.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

type ConfirmProps = {
  title: string
  text: string
  action: string
  /** what it still asks, below the text */
  children?: JSX.Element
  /** what it asks is not answered yet */
  blocked?: boolean
  /** what is done; a failure is said in the dialog, which stays */
  onConfirm(): Promise<void>
  onClose(): void
}

/** Asks before something that cannot be taken back at a press. */
export function Confirm(props: ConfirmProps): JSX.Element {
  const t = useWords(deskWords)
  const submit = createSubmit()
  const confirm = async () => {
    await submit.send(async () => {
      await props.onConfirm()
      props.onClose()
    })
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
          <Button kind="danger" busy={submit.busy()} disabled={props.blocked ?? false} onClick={() => void confirm()}>
            {props.action}
          </Button>
        </>
      }
    >
      {props.children}
      <ProblemNote text={submit.problem()?.text} />
    </Dialog>
  )
}
