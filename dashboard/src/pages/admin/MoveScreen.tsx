import { createSignal, type JSX } from 'solid-js'
import { ask } from '../../api/http.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useWords } from '../../i18n/language.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { toast } from '../../ui/Toast.tsx'
import type { Screen } from './api.ts'
import { ScreenArea } from './ScreenArea.tsx'
import { adminWords } from './words.ts'

/** Lets a screen show another area; the wall goes there by itself. */
export function MoveScreen(props: { screen: Screen; onMoved(): void; onClose(): void }): JSX.Element {
  const t = useWords(adminWords)
  const desk = useWords(deskWords)
  const [area, setArea] = createSignal(props.screen.area)
  const [tried, setTried] = createSignal(false)
  const submit = createSubmit()

  async function save(): Promise<void> {
    setTried(true)
    if (area() === '') return
    await submit.send(async () => {
      await ask('PUT /api/screens/{id}/area', { params: { id: props.screen.id }, body: { area: area() } })
      toast(t('screen.moved'), 'good')
      props.onMoved()
      props.onClose()
    })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={t('screen.moveTitle', props.screen.name)}
      description={t('screen.moveText')}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{desk('cancel')}</Button>
          <Button kind="primary" busy={submit.busy()} onClick={() => void save()}>
            {desk('save')}
          </Button>
        </>
      }
    >
      <ScreenArea
        value={area()}
        onChange={setArea}
        error={tried() && area() === '' ? t('account.needArea') : undefined}
      />
      <ProblemNote text={submit.problem()?.text} />
    </Dialog>
  )
}
