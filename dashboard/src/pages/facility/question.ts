import { ApiError } from '../../api/http.ts'

/** What the hub wants to know before it keeps a report. `at`: when the same was reported, ms since 1970. */
export type Question =
  | { readonly kind: 'implausible'; readonly sentences: readonly string[] }
  | { readonly kind: 'same'; readonly at: number }

/** The answers, as they go with the report. */
export type Accepted = { readonly acceptImplausible?: true; readonly acceptSame?: true }

type Doubt = { readonly field?: unknown; readonly message?: unknown }

/**
 * @param name what the entry with this index of a list of the report is called, e.g. "Level 3"
 * @returns nothing when the error is no question
 */
export function questionOf(
  error: unknown,
  name?: (list: string, index: number) => string | undefined,
): Question | undefined {
  if (!(error instanceof ApiError)) return undefined
  if (error.code === 'same_reported') return { kind: 'same', at: Number((error.details as { since: number }).since) }
  if (error.code !== 'implausible') return undefined
  const doubts = Array.isArray(error.details) ? (error.details as readonly Doubt[]) : []
  const sentence = ({ field, message }: Doubt) => {
    const [, list, index] = /^(levels|rows|items|units)\.(\d+)\./.exec(String(field)) ?? []
    const named = list === undefined ? undefined : name?.(list, Number(index))
    return `${named === undefined ? '' : `${named}: `}${String(message ?? error.message)}`
  }
  return { kind: 'implausible', sentences: doubts.map(sentence) }
}

export function accepting(question: Question, before: Accepted): Accepted {
  return question.kind === 'same' ? { ...before, acceptSame: true } : { ...before, acceptImplausible: true }
}
