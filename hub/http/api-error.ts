import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ErrorCode } from '../contract/refusals/codes.ts'

/** A refusal with its own code and details, thrown from wherever it is found; the application answers with it. */
export class ApiError extends Error {
  readonly status: ContentfulStatusCode
  readonly code: ErrorCode
  readonly details: unknown

  constructor(status: ContentfulStatusCode, code: ErrorCode, message: string, details?: unknown) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.details = details
  }
}

/** What an error says to its client; `undefined` when it is the hub's own. */
export function asApiError(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error
  if (!(error instanceof HTTPException) || error.status >= 500) return undefined
  return new ApiError(error.status, error.status === 401 ? 'unauthenticated' : 'forbidden', error.message)
}
