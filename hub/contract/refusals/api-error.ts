import { type ErrorCode, type RefusalName, refusalOf } from './codes.ts'
import { english } from './refusals.ts'

type Own = {
  /** what the sentence names, when that is not in the details */
  readonly values?: Readonly<Record<string, unknown>>
  /** seconds after which it may be tried again */
  readonly retryAfter?: number
  /** of an answer that was given before, or by another library */
  readonly status?: number
  readonly message?: string
}

/** The one way to refuse: thrown from wherever it is found. Code, status and sentence stand in codes.ts. */
export class ApiError extends Error {
  /** its entry in codes.ts */
  readonly refusal: RefusalName
  readonly code: ErrorCode
  readonly status: number
  readonly details: unknown
  readonly retryAfter: number | undefined

  /** @param details goes to the client as it is, and fills the sentence */
  constructor(name: RefusalName, details?: unknown, own: Own = {}) {
    super(own.message ?? english(name, own.values ?? details))
    const { code, status } = refusalOf(name)
    this.name = 'ApiError'
    this.refusal = name
    this.code = code
    this.status = own.status ?? status
    this.details = details
    this.retryAfter = own.retryAfter
  }
}
