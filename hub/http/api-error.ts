import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A refusal with its own code and details, thrown from wherever it is found; the application answers with it. */
export class ApiError extends Error {
  readonly status: ContentfulStatusCode
  readonly code: string
  readonly details: unknown

  constructor(status: ContentfulStatusCode, code: string, message: string, details?: unknown) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.details = details
  }
}
