import { createSignal } from 'solid-js'
import { ask } from '../../api/http.ts'
import { offerToTakeBack } from '../../cases/UndoBar.tsx'
import { createAttempt } from '../../forms/createAttempt.ts'
import { createBusyWith } from '../../forms/createBusy.ts'
import { commonWords } from '../../i18n/common.ts'
import { useWords } from '../../i18n/language.tsx'
import { problemOf } from '../../pageKit/problem.ts'
import { noticeExpiry } from '../../session/account.ts'
import { alertsWords } from './words.ts'

export type Move = 'acknowledge' | 'take_over' | 'shelve' | 'unshelve'
type Said = { readonly comment?: string; readonly minutes?: number }

/** Answers an alert; what becomes of it comes back live, and can be taken back. The same answer sent again is one command. */
export function createAnswer(id: () => number, name: () => string) {
  const common = useWords(commonWords)
  const t = useWords(alertsWords)
  const [busy, during] = createBusyWith<Move>()
  const [problem, setProblem] = createSignal<string>()
  const attempt = createAttempt()
  const [answers, setAnswers] = createSignal(0)
  /** @returns whether the hub took it */
  async function answer(move: Move, { comment, minutes }: Said = {}): Promise<boolean> {
    setProblem(undefined)
    const said = comment ? { comment } : {}
    const params = { id: id() }
    const key = attempt.keyOf([move, params, said, minutes])
    try {
      await during(move, async () => {
        if (move === 'acknowledge') await ask('POST /api/alerts/{id}/acknowledge', { params, body: said, key })
        else if (move === 'take_over') await ask('POST /api/alerts/{id}/take-over', { params, body: said, key })
        else if (move === 'unshelve') await ask('POST /api/alerts/{id}/unshelve', { params, body: {}, key })
        else await ask('POST /api/alerts/{id}/shelve', { params, body: { minutes: minutes ?? 0, ...said }, key })
      })
      attempt.answered()
      setAnswers((n) => n + 1)
      offerToTakeBack(t(`done.${move}`, name()), (undo) =>
        ask('POST /api/alerts/{id}/undo', { params, body: {}, key: undo }),
      )
      return true
    } catch (error) {
      if (!noticeExpiry(error)) setProblem(problemOf(error, common).text)
      return false
    }
  }
  return {
    busy,
    problem,
    answer,
    /** how many the hub took: a word that is added changes nothing else */
    answers,
  }
}
