import { createSignal, type JSX, Show } from 'solid-js'
import { ask } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { problemOf } from '../../pageKit/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { QuestionDialog } from './QuestionDialog.tsx'
import { type Accepted, accepting, type Question, questionOf } from './question.ts'
import { SheetField } from './SheetField.tsx'
import { type DoseLine, doseReports, readDoseSheet } from './sheet.ts'
import { facilityWords } from './words.ts'

type Part = { readonly key: string; readonly accepted: Accepted }
/** `at`: of which part of the sheet */
type Asked = { readonly question: Question; readonly at: number; readonly lines: readonly DoseLine[] }

/** Doses out of a spreadsheet: one report for each day. What was sent before a failure is not sent again. */
export function DoseSheet(props: { facility: string; today: string }): JSX.Element {
  const common = useWords(commonWords)
  const t = useWords(facilityWords)
  const { format } = useLanguage()
  const [busy, during] = createBusy()
  const [said, setSaid] = createSignal<{ readonly good: boolean; readonly text: string }>()
  const [asked, setAsked] = createSignal<Asked>()
  let attempt: { readonly body: string; readonly parts: Part[] } | undefined

  async function send(lines: readonly DoseLine[]): Promise<void> {
    const reports = doseReports(lines)
    const body = JSON.stringify(reports)
    attempt = attempt?.body === body ? attempt : { body, parts: reports.map(() => ({ key: newKey(), accepted: {} })) }
    const { parts } = attempt
    setAsked(undefined)
    let sent = 0
    const sendAll = async () => {
      for (const report of reports) {
        const { key, accepted } = parts[sent]!
        const body = { ...report, ...accepted }
        await ask('POST /api/facilities/{id}/vaccinations', { params: { id: props.facility }, body, key })
        sent++
      }
    }
    try {
      await during(sendAll)
      setSaid({ good: true, text: t('sheet.sentAll', format().number(lines.length)) })
    } catch (error) {
      const question = questionOf(error)
      if (question) setAsked({ question, at: sent, lines })
      const stopped = t('sheet.stopped', format().number(sent), format().number(reports.length))
      setSaid({ good: false, text: `${stopped} ${problemOf(error, common).text}` })
    }
  }
  // The refusal is the answer of the old key: the part goes out again under a new one.
  const confirm = ({ question, at, lines }: Asked) => {
    const part = attempt?.parts[at]
    if (attempt && part) attempt.parts[at] = { key: newKey(), accepted: accepting(question, part.accepted) }
    void send(lines)
  }
  return (
    <SheetField
      hint={t('sheet.dosesHint')}
      read={(text) => readDoseSheet(text, props.today)}
      action={(lines) => (
        <>
          <Button kind="primary" busy={busy()} disabled={said()?.good ?? false} onClick={() => void send(lines)}>
            {t('sheet.sendAll', format().number(lines.length))}
          </Button>
          <Show when={asked()}>
            {(what) => (
              <QuestionDialog
                question={what().question}
                confirm={() => confirm(what())}
                close={() => setAsked(undefined)}
              />
            )}
          </Show>
          <Show when={said()}>
            {(what) => (
              <p class={what().good ? 'desk-done' : 'desk-problem'} role="status">
                {what().text}
              </p>
            )}
          </Show>
        </>
      )}
    />
  )
}
