import { createSignal } from 'solid-js'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { type Problem, problemOf } from '../pageKit/problem.ts'
import { createBusy } from './createBusy.ts'

/** The course of what a form sends: busy until there is an answer, then nothing, or what went wrong. */
export function createSubmit() {
  const common = useWords(commonWords)
  const [busy, during] = createBusy()
  const [problem, setProblem] = createSignal<Problem>()
  return {
    busy,
    problem,
    /** what went wrong before is no longer said */
    forget: () => setProblem(undefined),
    async send(work: () => Promise<void>): Promise<void> {
      setProblem(undefined)
      try {
        await during(work)
      } catch (error) {
        setProblem(problemOf(error, common))
      }
    },
  }
}
