import { ApiError } from '../api/http.ts'
import type { Language } from '../i18n/languages.ts'
import { type ErrorCode, errorTexts, isErrorCode } from './errorTexts.ts'

/** What went wrong, for a person: a sentence, and what belongs at which field (`''` when it is about the whole). */
export type Problem = {
  readonly code: string
  readonly text: string
  readonly fields: Readonly<Record<string, string>>
}

type FieldDetail = { readonly path: string; readonly message: string }

function isFieldDetail(value: unknown): value is FieldDetail {
  return typeof value === 'object' && value !== null && 'path' in value && 'message' in value
}

/** The API's own sentences are English; the codes a desk meets have a text in Thai as well. */
export function problemOf(error: unknown, language: Language): Problem {
  const known = (code: ErrorCode) => errorTexts[language === 'th' ? 'th' : 'en'][code]
  if (!(error instanceof ApiError)) return { code: 'unknown', text: known('unknown'), fields: {} }
  const { code } = error
  const details = Array.isArray(error.details) ? error.details.filter(isFieldDetail) : []
  const fields = Object.fromEntries(details.map(({ path, message }) => [path, fieldText(message, known)]))
  const first = details[0]
  // A rule that only the database could judge names its numbers in the sentence.
  if (code === 'invalid_input' && first && error.status === 422) {
    return { code, text: first.message, fields: { [first.path]: first.message } }
  }
  return { code, text: isErrorCode(code) ? known(code) : error.message, fields }
}

function fieldText(message: string, known: (code: ErrorCode) => string): string {
  return isErrorCode(message) ? known(message) : message
}
