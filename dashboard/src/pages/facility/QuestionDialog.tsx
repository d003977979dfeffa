import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import type { Question } from './question.ts'
import { facilityWords } from './words.ts'

type QuestionDialogProps = {
  question: Question
  /** it is right: send it */
  confirm(): void
  /** look at it again; nothing is sent */
  close(): void
  /** take the earlier report back instead, where the form can */
  correct?: (() => void) | undefined
}

/** "Really?", and "add, or correct?": nothing is kept until it is answered. */
export function QuestionDialog(props: QuestionDialogProps): JSX.Element {
  const t = useWords(facilityWords)
  const { format } = useLanguage()
  const same = () => (props.question.kind === 'same' ? props.question : undefined)
  const doubts = () => (props.question.kind === 'implausible' ? props.question : undefined)
  return (
    <Dialog
      open
      onOpenChange={() => props.close()}
      title={same() ? t('question.same', format().moment(same()?.at ?? 0, hubNow())) : t('question.really')}
      actions={
        <>
          <Button onClick={() => props.close()} data-action="look-again">
            {t(same() ? 'question.leave' : 'question.lookAgain')}
          </Button>
          <Show when={same() && props.correct}>
            {(correct) => (
              <Button onClick={() => correct()()} data-action="correct-instead">
                {t('question.correct')}
              </Button>
            )}
          </Show>
          <Button kind="primary" onClick={() => props.confirm()} data-action="send-anyway">
            {t(same() ? 'question.add' : 'question.isRight')}
          </Button>
        </>
      }
    >
      <Switch>
        <Match when={same()}>
          <p>{t('question.sameText')}</p>
        </Match>
        <Match when={doubts()}>
          {(what) => <For each={what().sentences}>{(sentence) => <p class="desk-warning">{sentence}</p>}</For>}
        </Match>
      </Switch>
    </Dialog>
  )
}
