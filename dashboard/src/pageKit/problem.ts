import { ApiError, wrongFields } from '../api/http.ts'
import type { Loaded } from '../forms/createLoaded.ts'

/** Texts of common.ts. */
type Unsaid = (key: 'error.unknown' | 'error.offline') => string

/** What went wrong, for a person: a sentence, and what belongs at which field (`''` when it is about the whole). */
export type Problem = {
  readonly code: string
  readonly text: string
  readonly fields: Readonly<Record<string, string>>
}

/** @param said what is said without the hub: it cannot be reached, or the page itself failed */
export function problemOf(error: unknown, said: Unsaid): Problem {
  if (!(error instanceof ApiError)) return { code: 'unknown', text: said('error.unknown'), fields: {} }
  const { code } = error
  const wrong = wrongFields(error)
  const fields = Object.fromEntries(wrong.map(({ path, message }) => [path, message]))
  return { code, text: sentenceOf(error, said), fields }
}

/** Why something could not be read; `undefined` while it is on its way or there. */
export function failureOf(loaded: Loaded<unknown>, said: Unsaid): Problem | undefined {
  return loaded.kind === 'failed' ? problemOf(loaded.error, said) : undefined
}

/** What the hub says of it, in the language of the page; where it names fields, what is wrong with each. */
export function sentenceOf(error: unknown, said: Unsaid): string {
  if (!(error instanceof ApiError)) return said('error.unknown')
  if (error.code === 'unreachable') return said('error.offline')
  // A rule that only the database could judge names its numbers in the sentence of the field.
  const wrong = error.status === 422 ? wrongFields(error) : []
  return [...new Set(wrong.map(({ message }) => message))].join(' ') || error.message
}
