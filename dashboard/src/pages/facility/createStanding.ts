import { batch, createSignal } from 'solid-js'
import { ApiError } from '../../api/http.ts'
import { screenNow } from '../../clock.ts'
import { createAttempt } from '../../forms/createAttempt.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { commonWords } from '../../i18n/common.ts'
import { useWords } from '../../i18n/language.tsx'
import { type Problem, problemOf } from '../../pageKit/problem.ts'
import { sourceTime } from './beds.ts'
import { type Accepted, accepting, type Question, questionOf } from './question.ts'
import { facilityWords } from './words.ts'

/** A part of a report of which a newer count stands. */
export type NewerCount = {
  readonly level?: string
  readonly item?: string
  readonly unit?: string
  readonly standing: number
}
/** `key`: of one that has arrived, so that it can be taken back */
export type SentReport = { readonly key: string | undefined; readonly text: string; readonly at: number }

type StandingOptions<B> = {
  /** what the form says without its time, or why it cannot be sent */
  readonly read: () => { readonly body: B } | { readonly refusal: string }
  /** @throws ApiError */
  readonly send: (body: B & Accepted & { readonly sourceAt: string }, key: string) => Promise<unknown>
  /** what is said when it has arrived */
  readonly said: (body: B) => string
  /** what the entry of a list of the body is called, e.g. "Level 3" */
  readonly name: (body: B, list: string, index: number) => string | undefined
  /** keeps what could not be delivered on this phone. @returns whether it did */
  readonly keep: (error: unknown, key: string, body: Readonly<Record<string, unknown>>) => Promise<boolean>
  /** empties the form's own fields */
  readonly clear: () => void
}

/** The course of a report of what stands: an older count is refused, what is hardly true is asked about, the same is sent once. */
export function createStanding<B extends object>({ read, send, said, name, keep, clear }: StandingOptions<B>) {
  const common = useWords(commonWords)
  const t = useWords(facilityWords)
  const [countedAt, setCountedAt] = createSignal('')
  const [busy, during] = createBusy()
  const [problem, setProblem] = createSignal<Problem>()
  const [question, setQuestion] = createSignal<Question>()
  const [newer, setNewer] = createSignal<readonly NewerCount[]>([])
  const [sent, setSent] = createSignal<SentReport>()
  const attempt = createAttempt()
  const isFuture = () => countedAt() !== '' && Date.parse(sourceTime(countedAt(), screenNow())) > screenNow()

  async function carryOut(accepted: Accepted): Promise<void> {
    setNewer([])
    setQuestion(undefined)
    const found = read()
    if ('refusal' in found) return void setProblem({ code: 'form', text: found.refusal, fields: {} })
    if (isFuture()) return void setProblem({ code: 'form', text: t('beds.future'), fields: {} })
    const { body } = found
    // What could not be delivered is sent again under its key, so that a lost answer makes no second report.
    const key = attempt.keyOf([body, countedAt(), accepted])
    const sourceAt = attempt.of(key, () => sourceTime(countedAt(), screenNow()))
    const report = { sourceAt, ...body, ...accepted }
    const done = (key: string | undefined, text: string) =>
      batch(() => {
        attempt.answered()
        setProblem(undefined)
        setSent({ key, text, at: screenNow() })
        setCountedAt('')
        clear()
      })
    try {
      await during(() => send(report, key))
      done(key, said(body))
    } catch (error) {
      if (await keep(error, key, report)) return done(undefined, t('queue.kept'))
      if (!(error instanceof ApiError && error.status === 0)) attempt.answered()
      const asked = questionOf(error, (list, index) => name(body, list, index))
      setQuestion(asked)
      setProblem(asked ? undefined : problemOf(error, common))
      if (error instanceof ApiError && error.code === 'older_report') setNewer(error.details as readonly NewerCount[])
    }
  }

  return {
    countedAt,
    setCountedAt,
    busy,
    problem,
    question,
    newer,
    sent,
    /** ms since 1970 */
    sourceAt: () => Date.parse(sourceTime(countedAt(), screenNow())),
    isFuture,
    submit(event: SubmitEvent): void {
      event.preventDefault()
      void carryOut({})
    },
    confirm(): void {
      const asked = question()
      if (asked) void carryOut(accepting(asked, {}))
    },
    lookAgain: () => setQuestion(undefined),
    /** Somebody goes on typing: what was said of the last report is past. */
    change: (work: () => void) =>
      batch(() => {
        setSent(undefined)
        setProblem(undefined)
        work()
      }),
    taken: () => setSent(undefined),
  }
}

/** What the parts of such a form show and change. */
export type StandingCourse = ReturnType<typeof createStanding>
