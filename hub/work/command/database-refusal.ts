import { ApiError } from '../../http/api-error.ts'

type PgError = Error & { readonly code: string; readonly constraint?: string }

function isPgError(error: unknown): error is PgError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
}

const RETRYABLE = new Set(['40001', '40P01'])

export function isRetryable(error: unknown): boolean {
  return isPgError(error) && RETRYABLE.has(error.code)
}

/**
 * The database's constraints are the last wall. What gets there through the API's own checks is the sender's error
 * all the same; anything else comes back unchanged and is the hub's.
 */
export function databaseRefusal(error: unknown): unknown {
  if (!isPgError(error)) return error
  const details = error.constraint === undefined ? undefined : { constraint: error.constraint }
  if (error.code === '42501') {
    return new ApiError(403, 'forbidden', 'This lies outside your area, or your role does not include it.')
  }
  if (error.code === '23503') {
    return new ApiError(422, 'unknown_reference', 'Something the request names does not exist.', details)
  }
  if (error.code === '23505') return new ApiError(409, 'exists', 'This exists already.', details)
  if (error.code === '23514' || error.code.startsWith('22')) {
    return new ApiError(422, 'impossible_value', 'A value of the request is not possible.', details)
  }
  return error
}
