import type { Language } from '../../../hub/contract/vocabulary/languages.ts'
import { ApiError, wrongFields } from '../api/http.ts'
import { type ErrorCode, errorTexts, isErrorCode } from './errorTexts.ts'

/** What went wrong, for a person: a sentence, and what belongs at which field (`''` when it is about the whole). */
export type Problem = {
  readonly code: string
  readonly text: string
  readonly fields: Readonly<Record<string, string>>
}

/** Sentences of the hub come in the language of the page; those of this list say what to do at a desk. */
export function problemOf(error: unknown, language: Language): Problem {
  const known = (code: ErrorCode) => errorTexts[language === 'th' ? 'th' : 'en'][code]
  if (!(error instanceof ApiError)) return { code: 'unknown', text: known('unknown'), fields: {} }
  const { code } = error
  const wrong = wrongFields(error)
  const fields = Object.fromEntries(wrong.map(({ path, message }) => [path, message]))
  const first = wrong[0]
  // A rule that only the database could judge names its numbers in the sentence.
  if (code === 'invalid_input' && first && error.status === 422) return { code, text: first.message, fields }
  return { code, text: isErrorCode(code) ? known(code) : error.message, fields }
}
