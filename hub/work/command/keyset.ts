import type { FieldError } from '../../contract/refusals/field-faults.ts'
import { ApiError } from '../../http/api-error.ts'

/** A value of the query that is wrong. */
export function wrongQuery(path: string, message: string): ApiError {
  return new ApiError(400, 'invalid_input', `The request is wrong in: ${path}.`, [
    { in: 'query', path, key: 'wrong', params: {}, message } satisfies FieldError,
  ])
}

/** Where the next page begins, as clients hold it: the sort key of the last row shown. */
export function writeCursor(key: readonly number[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** @throws ApiError 400 for anything that is not a cursor of `length` numbers. */
export function readCursor(text: string, length: number): readonly number[] {
  const values = parse(Buffer.from(text, 'base64url').toString())
  if (Array.isArray(values) && values.length === length && values.every(Number.isSafeInteger)) return values
  throw wrongQuery('cursor', 'not a cursor of this list; begin without one')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
