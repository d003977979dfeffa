import { createSignal, type JSX, Show } from 'solid-js'
import { newKey } from '../../api/newKey.ts'
import { problemOf } from '../../desk/problem.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { sendDoses } from './report.ts'
import { SheetField } from './SheetField.tsx'
import { type DoseLine, doseReports, readDoseSheet } from './sheet.ts'
import { facilityWords } from './words.ts'

/** Doses out of a spreadsheet: one report for each day. What was sent before a failure is not sent again. */
export function DoseSheet(props: { facility: string; today: string }): JSX.Element {
  const t = useWords(facilityWords)
  const { language, format } = useLanguage()
  const [busy, setBusy] = createSignal(false)
  const [said, setSaid] = createSignal<{ readonly good: boolean; readonly text: string }>()
  let attempt: { readonly body: string; readonly keys: readonly string[] } | undefined

  async function send(lines: readonly DoseLine[]): Promise<void> {
    const reports = doseReports(lines)
    const body = JSON.stringify(reports)
    attempt = attempt?.body === body ? attempt : { body, keys: reports.map(() => newKey()) }
    setBusy(true)
    let sent = 0
    try {
      for (const [i, report] of reports.entries()) {
        await sendDoses(props.facility, report, attempt.keys[i] ?? newKey())
        sent++
      }
      setSaid({ good: true, text: t('sheet.sentAll', format().number(lines.length)) })
    } catch (error) {
      const stopped = t('sheet.stopped', format().number(sent), format().number(reports.length))
      setSaid({ good: false, text: `${stopped} ${problemOf(error, language()).text}` })
    } finally {
      setBusy(false)
    }
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
