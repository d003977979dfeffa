import { type Accessor, createSignal } from 'solid-js'
import { newKey } from '../../api/newKey.ts'
import { screenNow } from '../../clock.ts'
import { createAttempt } from '../../forms/createAttempt.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { commonWords } from '../../i18n/common.ts'
import { useWords } from '../../i18n/language.tsx'
import { type Problem, problemOf } from '../../pageKit/problem.ts'
import { type Accepted, accepting, type Question, questionOf } from './question.ts'
import type { Reported } from './report.ts'
import { facilityWords } from './words.ts'

type ReportOptions<R> = {
  readonly today: Accessor<string>
  /** what the form says, or nothing while a field of it is wrong */
  readonly read: (day: string, correction: boolean) => R | undefined
  /** @throws ApiError */
  readonly send: (report: R & Accepted, key: string) => Promise<Reported>
  /** what is said when it has arrived */
  readonly said: (report: R, day: string) => string
  /** the correction that takes a report back; nothing of a correction */
  readonly takeBack: (report: R) => R | undefined
  /** keeps what could not be delivered on this phone. @returns whether it did */
  readonly keep: (error: unknown, key: string, body: Readonly<Record<string, unknown>>) => Promise<boolean>
  /** empties the form's own fields */
  readonly clear: () => void
}

/** A report that may be taken back. `at`: ms since 1970, when it had arrived */
type Slip = { readonly at: number; readonly undo: () => Promise<unknown> }

/** The course of a report of one day: an earlier day is late, a correction takes back, the same report is sent once. */
export function createReport<R extends object>({ today, read, send, said, takeBack, keep, clear }: ReportOptions<R>) {
  const common = useWords(commonWords)
  const t = useWords(facilityWords)
  const [day, setDay] = createSignal(today())
  const [correction, setCorrection] = createSignal(false)
  const [shown, setShown] = createSignal(false)
  const [busy, during] = createBusy()
  const [problem, setProblem] = createSignal<Problem>()
  const [question, setQuestion] = createSignal<Question & { readonly accepted: Accepted }>()
  const [done, setDone] = createSignal<string>()
  const [slip, setSlip] = createSignal<Slip>()
  const attempt = createAttempt()

  const notYet = () => day() > today() || day() === ''

  /** What was reported stays in the history, and so does the correction. */
  function slipOf(report: R): Slip | undefined {
    const back = takeBack(report)
    if (back === undefined) return undefined
    const at = screenNow()
    const sent = { ...back, acceptImplausible: true, acceptSame: true, sourceAt: new Date(at).toISOString() } as const
    const key = newKey()
    return { at, undo: () => send(sent, key) }
  }

  async function carryOut(accepted: Accepted): Promise<void> {
    setShown(true)
    setDone(undefined)
    setSlip(undefined)
    setQuestion(undefined)
    const report = read(day(), correction())
    if (report === undefined || notYet()) return
    const key = attempt.keyOf({ ...report, ...accepted })
    const sent = { ...report, ...accepted, sourceAt: attempt.of(key, () => new Date(screenNow()).toISOString()) }
    const finish = (text: string) => {
      attempt.answered()
      setDone(text)
      setProblem(undefined)
      clear()
      setShown(false)
      setCorrection(false)
    }
    try {
      const { day: counted, late } = await during(() => send(sent, key))
      const text = said(report, counted)
      finish(late ? `${text} ${t('doses.late')}` : text)
      setSlip(slipOf(report))
    } catch (error) {
      if (await keep(error, key, sent)) return finish(t('queue.kept'))
      const asked = questionOf(error)
      const what = problemOf(error, common)
      if (what.code !== 'unreachable') attempt.answered()
      setProblem(asked ? undefined : what)
      setQuestion(asked && { ...asked, accepted })
    }
  }

  return {
    today,
    day,
    setDay,
    correction,
    setCorrection,
    shown,
    busy,
    problem,
    done,
    notYet,
    question,
    slip,
    undone(): void {
      setSlip(undefined)
      setDone(undefined)
    },
    submit(event: SubmitEvent): void {
      event.preventDefault()
      void carryOut({})
    },
    /** it is right, or comes on top: sent once more, with the answer */
    confirm(): void {
      const asked = question()
      if (asked) void carryOut(accepting(asked, asked.accepted))
    },
    lookAgain: () => setQuestion(undefined),
    /** The form stays filled in, as a correction: what was reported first is taken back when it is sent. */
    correctInstead(): void {
      setQuestion(undefined)
      setCorrection(true)
    },
  }
}

/** What the parts of a report's form show and change. */
export type ReportCourse = ReturnType<typeof createReport>
