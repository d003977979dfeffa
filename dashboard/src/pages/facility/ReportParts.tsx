import { type JSX, Show } from 'solid-js'
import { DoneNote } from '../../forms/DoneNote.tsx'
import { InputField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import type { ReportCourse } from './createReport.ts'
import { QuestionDialog } from './QuestionDialog.tsx'
import { UndoReport } from './UndoReport.tsx'
import { facilityWords } from './words.ts'

/** The day a report is of. */
export function ReportDay(props: { report: ReportCourse }): JSX.Element {
  const t = useWords(facilityWords)
  const { report } = props
  return (
    <InputField
      label={t('doses.day')}
      hint={report.day() < report.today() ? t('doses.lateWarning') : undefined}
      error={report.notYet() ? t('doses.notYet') : undefined}
      type="date"
      max={report.today()}
      value={report.day()}
      onText={report.setDay}
    />
  )
}

type RowOfProps = {
  what: string
  where: JSX.Element
  /** `YYYY-MM-DD`; '' before one is chosen */
  day: string
  class: string
  children: JSX.Element
}

/** Fields of one row of numbers under what they count, where and of which day: to be read while one types in any of them. */
export function RowOf(props: RowOfProps): JSX.Element {
  const { format } = useLanguage()
  return (
    <fieldset class="report-row">
      <legend>
        <b>{props.what}</b> · {props.where}
        <Show when={props.day}>{(day) => <> · {format().day(day())}</>}</Show>
      </legend>
      <div class={props.class}>{props.children}</div>
    </fieldset>
  )
}

type CountFieldProps = {
  label: string
  value: string
  error?: string | undefined
  /** when the field is left; with `live`, with each key */
  onChange(text: string): void
  live?: boolean
}

/** A count, typed with the digits of a phone. */
export function CountField(props: CountFieldProps): JSX.Element {
  return (
    <Field label={props.label} error={props.error}>
      {(aria) => (
        <input
          {...aria}
          type="text"
          inputmode="numeric"
          autocomplete="off"
          value={props.value}
          onInput={({ currentTarget }) => props.live && props.onChange(currentTarget.value)}
          onChange={({ currentTarget }) => props.onChange(currentTarget.value)}
        />
      )}
    </Field>
  )
}

type ReportFootProps = { report: ReportCourse; of: 'doses' | 'tests' }

/** Whether it is a correction, what went wrong, the button, and what has arrived. */
export function ReportFoot(props: ReportFootProps): JSX.Element {
  const t = useWords(facilityWords)
  const { report } = props
  return (
    <>
      <label class="desk-check">
        <input
          type="checkbox"
          checked={report.correction()}
          onChange={({ currentTarget }) => report.setCorrection(currentTarget.checked)}
        />
        {t(`${props.of}.correction`)}
      </label>
      <Show when={report.correction() && props.of === 'doses'}>
        <p class="desk-warning">{t('doses.correctionHint')}</p>
      </Show>
      <ProblemNote text={report.problem()?.text} />
      <Button type="submit" kind={report.correction() ? 'danger' : 'primary'} busy={report.busy()}>
        {t(report.correction() ? 'doses.sendCorrection' : `${props.of}.send`)}
      </Button>
      <Show when={report.question()}>
        {(asked) => (
          <QuestionDialog
            question={asked()}
            confirm={report.confirm}
            close={report.lookAgain}
            correct={report.correction() ? undefined : report.correctInstead}
          />
        )}
      </Show>
      <Show when={report.slip()} keyed>
        {(slip) => <UndoReport at={slip.at} undo={slip.undo} undone={report.undone} />}
      </Show>
      <DoneNote text={report.done()} />
    </>
  )
}
