import { createSignal, For, type JSX, Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import { UNDO_REPORT_MS } from '../../../../hub/contract/vocabulary/reports.ts'
import { ask } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import { screenNow } from '../../clock.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { InputField } from '../../forms/InputField.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { createNow } from '../../live/createNow.ts'
import { problemOf } from '../../pageKit/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { TOASTS_ID, toast } from '../../ui/Toast.tsx'
import type { NewerCount, StandingCourse } from './createStanding.ts'
import { QuestionDialog } from './QuestionDialog.tsx'
import { facilityWords } from './words.ts'
import '../../cases/UndoBar.css'

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
  return (
    <>
      <Show when={course.problem()}>
        {(what) => (
          <div class="desk-problem" role="alert" ref={scrolledTo}>
            <p>{what().text}</p>
            <For each={course.newer()}>
              {(row) => <p>{t('standing.newer', props.nameOf(row), format().moment(row.standing, screenNow()))}</p>}
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
              {(key) => <Undo report={key()} at={sent.at} facility={props.facility} undone={course.taken} />}
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

type UndoProps = { report: string; at: number; facility: string; undone(): void }

/** On top of the page wherever it is scrolled to, for as long as the hub takes it back. */
function Undo(props: UndoProps): JSX.Element {
  const t = useWords(facilityWords)
  const common = useWords(commonWords)
  const now = createNow(500)
  const [closed, setClosed] = createSignal(false)
  const [busy, during] = createBusy()
  const left = () => Math.ceil((props.at + UNDO_REPORT_MS - now()) / 1_000)
  const key = newKey()
  const undo = async () => {
    const { facility: id, report } = props
    try {
      await during(() => ask('POST /api/facilities/{id}/undo', { params: { id }, body: { report }, key }))
      toast(t('standing.undone'), 'good')
      props.undone()
    } catch (error) {
      toast(problemOf(error, common).text, 'alarm')
    }
  }
  return (
    <Show when={left() > 0 && !closed()}>
      <Portal
        mount={document.getElementById(TOASTS_ID) ?? document.body}
        ref={(place) => place.classList.add('undo-place')}
      >
        <div class="undo-bar" role="status">
          <span class="undo-text">{t('standing.saved')}</span>
          <Button busy={busy()} onClick={() => void undo()} data-action="undo-report">
            {t('standing.undo', String(left()))}
          </Button>
          <button type="button" class="undo-close" aria-label={common('close')} onClick={() => setClosed(true)}>
            ×
          </button>
        </div>
      </Portal>
    </Show>
  )
}
