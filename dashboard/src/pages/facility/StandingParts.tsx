import { For, type JSX, Show } from 'solid-js'
import { ask } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import { InputField } from '../../forms/InputField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { Button } from '../../ui/Button.tsx'
import type { NewerCount, StandingCourse } from './createStanding.ts'
import { QuestionDialog } from './QuestionDialog.tsx'
import { UndoReport } from './UndoReport.tsx'
import { facilityWords } from './words.ts'

/** When it was counted; empty is now. */
export function CountedAtField(props: { course: StandingCourse }): JSX.Element {
  const t = useWords(facilityWords)
  return (
    <InputField
      label={t('beds.countedAt')}
      hint={t('beds.countedAtHint')}
      error={props.course.isFuture() ? t('beds.future') : undefined}
      type="datetime-local"
      value={props.course.countedAt()}
      onText={props.course.setCountedAt}
    />
  )
}

type StandingFootProps = {
  course: StandingCourse
  facility: string
  /** of the button */
  label: string
  action: string
  nameOf(newer: NewerCount): string
  /** beside the button */
  children?: JSX.Element
}

/** What went wrong, what is asked, the button, and what has arrived, which can be taken back for half a minute. */
export function StandingFoot(props: StandingFootProps): JSX.Element {
  const t = useWords(facilityWords)
  const { format } = useLanguage()
  const { course } = props
  /** the same key for the same report, so that a lost answer takes nothing back twice */
  const undoOf = (report: string) => {
    const key = newKey()
    return () => ask('POST /api/facilities/{id}/undo', { params: { id: props.facility }, body: { report }, key })
  }
  return (
    <>
      <Show when={course.problem()}>
        {(what) => (
          <div class="desk-problem" role="alert" ref={scrolledTo}>
            <p>{what().text}</p>
            <For each={course.newer()}>
              {(row) => <p>{t('standing.newer', props.nameOf(row), format().moment(row.standing, hubNow()))}</p>}
            </For>
            <Show when={course.newer().length > 0}>
              <p>{t('beds.olderHelp')}</p>
            </Show>
          </div>
        )}
      </Show>
      <Show when={course.question()}>
        {(asked) => <QuestionDialog question={asked()} confirm={course.confirm} close={course.lookAgain} />}
      </Show>
      <div class="report-buttons">
        {props.children}
        <Button type="submit" kind="primary" busy={course.busy()} data-action={props.action}>
          {props.label}
        </Button>
      </div>
      <Show when={course.sent()} keyed>
        {(sent) => (
          <>
            <p class="desk-done" role="status">
              {sent.text}
            </p>
            <Show when={sent.key}>
              {(report) => <UndoReport at={sent.at} undo={undoOf(report())} undone={course.taken} />}
            </Show>
          </>
        )}
      </Show>
    </>
  )
}

/** What is said below a long form is seen by whoever saved above it. */
function scrolledTo(element: HTMLElement): void {
  queueMicrotask(() => element.scrollIntoView({ block: 'nearest' }))
}
