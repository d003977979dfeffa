import { createSignal, For, type JSX, Show } from 'solid-js'
import { ORDER_MINUTES_MAX } from '../../../../hub/contract/vocabulary/screens.ts'
import { type AskingBody, ask } from '../../api/http.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { TextField } from '../../pageKit/TextField.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { toast } from '../../ui/Toast.tsx'
import { screenWords } from './screenWords.ts'

type Order = Omit<AskingBody<'POST /api/screens/orders'>, 'screens'>

/** With one press; a message asks for its text. */
const AT_ONCE: readonly Order[] = [
  { kind: 'identify' },
  { kind: 'reload' },
  { kind: 'scene', text: 'next' },
  { kind: 'pause' },
]

/** What the chosen screens can be told. */
export function TellScreens(props: { screens: readonly string[]; onTold(): void }): JSX.Element {
  const t = useWords(screenWords)
  const { format } = useLanguage()
  const [writing, write] = createSignal(false)
  const submit = createSubmit()
  const tell = (order: Order) =>
    submit.send(async () => {
      await ask('POST /api/screens/orders', { body: { ...order, screens: [...props.screens] } })
      toast(t('told'), 'good')
      write(false)
      props.onTold()
    })
  return (
    <fieldset class="admin-tell" disabled={props.screens.length === 0}>
      <legend>{t('chosen', format().number(props.screens.length))}</legend>
      <For each={AT_ONCE}>
        {(order) => (
          <Button busy={submit.busy()} onClick={() => void tell(order)}>
            {t(`kind.${order.kind}`)}
          </Button>
        )}
      </For>
      <Button onClick={() => write(true)}>{t('kind.message')}</Button>
      <Show when={!writing()}>
        <ProblemNote text={submit.problem()?.text} />
      </Show>
      <Show when={writing()}>
        <Message
          busy={submit.busy()}
          problem={submit.problem()?.text}
          onSend={(text, minutes) => void tell({ kind: 'message', text, minutes })}
          onClose={() => write(false)}
        />
      </Show>
    </fieldset>
  )
}

type MessageProps = {
  busy: boolean
  problem: string | undefined
  onSend(text: string, minutes: number): void
  onClose(): void
}

function Message(props: MessageProps): JSX.Element {
  const t = useWords(screenWords)
  const desk = useWords(deskWords)
  const [text, setText] = createSignal('')
  const [minutes, setMinutes] = createSignal('5')
  const [tried, setTried] = createSignal(false)
  const minutesWrong = () =>
    !/^\d{1,3}$/.test(minutes()) || Number(minutes()) < 1 || Number(minutes()) > ORDER_MINUTES_MAX
  const send = () => {
    setTried(true)
    if (text().trim() !== '' && !minutesWrong()) props.onSend(text().trim(), Number(minutes()))
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={t('messageTitle')}
      description={t('messageText')}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{desk('cancel')}</Button>
          <Button kind="primary" busy={props.busy} onClick={send}>
            {t('send')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('text')}
        value={text()}
        onInput={setText}
        error={tried() && text().trim() === '' ? t('needText') : undefined}
        required
      />
      <TextField
        label={t('minutes')}
        value={minutes()}
        onInput={setMinutes}
        error={tried() && minutesWrong() ? `1–${ORDER_MINUTES_MAX}` : undefined}
        required
      />
      <ProblemNote text={props.problem} />
    </Dialog>
  )
}
