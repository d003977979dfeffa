import { createSignal, type JSX, Show } from 'solid-js'
import { ask } from '../../api/http.ts'
import { type Problem, problemOf } from '../../desk/problem.ts'
import { deskWords } from '../../desk/words.ts'
import { commonWords } from '../../i18n/common.ts'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { toast } from '../../ui/Toast.tsx'
import type { Screen } from './api.ts'
import { ScreenArea } from './ScreenArea.tsx'
import { adminWords } from './words.ts'

/** Lets a screen show another area; the wall goes there by itself. */
export function MoveScreen(props: { screen: Screen; onMoved(): void; onClose(): void }): JSX.Element {
  const common = useWords(commonWords)
  const t = useWords(adminWords)
  const desk = useWords(deskWords)
  const [area, setArea] = createSignal(props.screen.area)
  const [tried, setTried] = createSignal(false)
  const [busy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<Problem>()

  async function save(): Promise<void> {
    setTried(true)
    if (area() === '') return
    setBusy(true)
    try {
      await ask('PUT /api/screens/{id}/area', { params: { id: props.screen.id }, body: { area: area() } })
      toast(t('screen.moved'), 'good')
      props.onMoved()
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
      title={t('screen.moveTitle', props.screen.name)}
      description={t('screen.moveText')}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{desk('cancel')}</Button>
          <Button kind="primary" busy={busy()} onClick={() => void save()}>
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
