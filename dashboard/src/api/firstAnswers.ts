import { FIRST_ANSWERS_ID, type FirstAnswer } from '../../../hub/contract/api/first-answers.ts'
import { sinceOpened } from '../clock.ts'

/** What came with the document is an answer for so long after it was opened: a line that takes longer brings news first. */
const ANSWER_MS_MAX = 30_000

let held: Map<string, FirstAnswer> | undefined

function readDocument(): Map<string, FirstAnswer> {
  const element = document.getElementById(FIRST_ANSWERS_ID)
  element?.remove()
  return new Map(parsed(element?.textContent ?? '[]').map((one) => [one.path, one]))
}

function parsed(text: string): readonly FirstAnswer[] {
  try {
    return JSON.parse(text)
  } catch (error) {
    // The line broke off within the document: the page asks for all of it.
    console.error(error)
    return []
  }
}

/** The answer to a GET that came with the document, once: who asks again wants to know it anew. @param path with its parameters */
export function takeFirstAnswer(path: string): FirstAnswer | undefined {
  held ??= readDocument()
  const answer = held.get(path)
  held.delete(path)
  return sinceOpened() > ANSWER_MS_MAX ? undefined : answer
}

/** They were another's: somebody has signed out. */
export function forgetFirstAnswers(): void {
  held = new Map()
}
