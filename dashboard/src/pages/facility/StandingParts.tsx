import { For, type JSX, Show } from 'solid-js'
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
import { toast } from '../../ui/Toast.tsx'
import type { NewerCount, SentReport, StandingCourse } from './createStanding.ts'
import { QuestionDialog } from './QuestionDialog.tsx'
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
  return (
    <>
      <Show when={course.problem()}>
        {(what) => (
          <div class="desk-problem" role="alert">
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
        {(sent) => <Sent sent={sent} facility={props.facility} undone={course.taken} />}
      </Show>
    </>
  )
}

function Sent(props: { sent: SentReport; facility: string; undone(): void }): JSX.Element {
  const t = useWords(facilityWords)
  const common = useWords(commonWords)
  const now = createNow(500)
  const [busy, during] = createBusy()
  const left = () => Math.ceil((props.sent.at + UNDO_REPORT_MS - now()) / 1_000)
  const key = newKey()
  const undo = async () => {
    const { facility: id, sent } = props
    try {
      await during(() => ask('POST /api/facilities/{id}/undo', { params: { id }, body: { report: sent.key }, key }))
      toast(t('standing.undone'), 'good')
      props.undone()
    } catch (error) {
      toast(problemOf(error, common).text, 'alarm')
    }
  }
  return (
    <div class="desk-done" role="status">
      <p>{props.sent.text}</p>
      <Show when={left() > 0}>
        <Button busy={busy()} onClick={() => void undo()} data-action="undo-report">
          {t('standing.undo', String(left()))}
        </Button>
      </Show>
    </div>
  )
}
