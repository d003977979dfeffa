import { type Accessor, createSignal } from 'solid-js'
import { newKey } from '../../api/newKey.ts'
import { type Problem, problemOf } from '../../desk/problem.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import type { Reported } from './report.ts'
import { facilityWords } from './words.ts'

type ReportOptions<R> = {
  readonly today: Accessor<string>
  /** what the form says, or nothing while a field of it is wrong */
  readonly read: (day: string, correction: boolean) => R | undefined
  /** @throws ApiError */
  readonly send: (report: R, key: string) => Promise<Reported>
  /** what is said when it has arrived */
  readonly said: (report: R, day: string) => string
  /** empties the form's own fields */
  readonly clear: () => void
}

/** The course of a report of one day: an earlier day is late, a correction takes back, the same report is sent once. */
export function createReport<R>({ today, read, send, said, clear }: ReportOptions<R>) {
  const t = useWords(facilityWords)
  const { language } = useLanguage()
  const [day, setDay] = createSignal(today())
  const [correction, setCorrection] = createSignal(false)
  const [shown, setShown] = createSignal(false)
  const [busy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<Problem>()
  const [done, setDone] = createSignal<string>()
  let attempt: { readonly body: string; readonly key: string } | undefined

  const notYet = () => day() > today() || day() === ''

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setShown(true)
    setDone(undefined)
    const report = read(day(), correction())
    if (report === undefined || notYet()) return
    const body = JSON.stringify(report)
    attempt = attempt?.body === body ? attempt : { body, key: newKey() }
    setBusy(true)
    try {
      const { day: counted, late } = await send(report, attempt.key)
      attempt = undefined
      const text = said(report, counted)
      setDone(late ? `${text} ${t('doses.late')}` : text)
      setProblem(undefined)
      clear()
      setShown(false)
      setCorrection(false)
    } catch (error) {
      const what = problemOf(error, language())
      if (what.code !== 'unreachable') attempt = undefined
      setProblem(what)
    } finally {
      setBusy(false)
    }
  }
  return { today, day, setDay, correction, setCorrection, shown, busy, problem, done, notYet, submit }
}

/** What the parts of a report's form show and change. */
export type ReportCourse = ReturnType<typeof createReport>
