import { ApiError } from '../../contract/refusals/api-error.ts'

type PgError = Error & { readonly code: string; readonly constraint?: string }

function isPgError(error: unknown): error is PgError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
}

const RETRYABLE = new Set(['40001', '40P01'])

export function isRetryable(error: unknown): boolean {
  return isPgError(error) && RETRYABLE.has(error.code)
}

const NO_TEXT = new Set(['22021', '22P05'])

/** U+0000, or half of a letter: JSON and addresses can hold them, PostgreSQL's texts cannot. */
export function isNoText(error: unknown): boolean {
  return isPgError(error) && NO_TEXT.has(error.code)
}

/**
 * The database's constraints are the last wall. What gets there through the API's own checks is the sender's error
 * all the same; anything else comes back unchanged and is the hub's.
 */
export function databaseRefusal(error: unknown): unknown {
  if (!isPgError(error)) return error
  const details = error.constraint === undefined ? undefined : { constraint: error.constraint }
  if (error.code === '42501') {
    return new ApiError('forbidden')
  }
  if (error.code === '23503') {
    return new ApiError('unknown_reference', details)
  }
  if (error.code === '23505') return new ApiError('exists', details)
  if (error.code === '23514' || error.code.startsWith('22')) {
    return new ApiError('impossible_value', details)
  }
  return error
}
