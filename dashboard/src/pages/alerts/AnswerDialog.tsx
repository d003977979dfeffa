import { createSignal, For, type JSX, Show } from 'solid-js'
import { TextAreaField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import type { createAnswer, Move } from './createAnswer.ts'
import { alertsWords } from './words.ts'

const SHELVE_MINUTES = [30, 60, 240, 720, 1_440] as const
/** As long as the hub takes one. */
const COMMENT_MAX = 300

type AnswerDialogProps = {
  name: string
  /** nobody has it yet */
  takes: boolean
  /** who has it, and whom it is taken over from */
  from: string | undefined
  busy: Move | undefined
  problem: string | undefined
  answer: ReturnType<typeof createAnswer>['answer']
  close(): void
}

/** Takes an alert, or takes it over, with a word of what is done; adds a word to one's own, or puts it aside. */
export function AnswerDialog(props: AnswerDialogProps): JSX.Element {
  const t = useWords(alertsWords)
  const [comment, setComment] = createSignal('')
  const send = async (move: Move, minutes?: number) => {
    const said = { comment: comment().trim(), ...(minutes === undefined ? {} : { minutes }) }
    if (await props.answer(move, said)) props.close()
  }
  return (
    <Dialog
      open
      onOpenChange={() => props.close()}
      title={props.from === undefined ? t('dialog.title') : t('dialog.takeOver', props.from)}
      description={props.name}
    >
      <TextAreaField
        label={t('dialog.comment')}
        hint={t('dialog.hint')}
        name="comment"
        rows={3}
        maxlength={COMMENT_MAX}
        onText={setComment}
      />
      <Show when={props.from === undefined}>
        <Button
          kind="primary"
          busy={props.busy === 'acknowledge'}
          disabled={!props.takes && comment().trim() === ''}
          data-move="acknowledge"
          onClick={() => void send('acknowledge')}
        >
          {t(props.takes ? 'dialog.take' : 'dialog.say')}
        </Button>
      </Show>
      <Show
        when={props.from === undefined}
        fallback={
          <Button
            kind="primary"
            busy={props.busy === 'take_over'}
            data-move="take_over"
            onClick={() => void send('take_over')}
          >
            {t('dialog.now')}
          </Button>
        }
      >
        <fieldset class="alert-shelve">
          <legend>{t('dialog.shelve')}</legend>
          <For each={SHELVE_MINUTES}>
            {(minutes) => (
              <Button
                disabled={props.busy !== undefined}
                data-minutes={minutes}
                onClick={() => void send('shelve', minutes)}
              >
                {t('dialog.minutes', minutes)}
              </Button>
            )}
          </For>
        </fieldset>
      </Show>
      <ProblemNote text={props.problem} />
    </Dialog>
  )
}
