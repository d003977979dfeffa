import type { z } from 'zod'
import { ApiError } from './api-error.ts'
import type { RefusalName } from './codes.ts'
import { type FieldError, fieldErrors } from './fields.ts'
import { type MessageKey, message } from './messages.ts'

function wrong(refusal: RefusalName, fields: readonly FieldError[]): ApiError {
  const where = fields.map((field) => field.path || field.in).join(', ')
  return new ApiError(refusal, fields, { values: { where } })
}

/**
 * What a schema refused.
 * @param target the part of the request: `json`, `query`, `param`, `header`, `form` or `cookie`
 * @param refusal `form_wrong`: of a form that people fill in
 */
export function wrongInput(
  target: string,
  error: z.core.$ZodError,
  refusal: 'invalid_input' | 'form_wrong' = 'invalid_input',
): ApiError {
  return wrong(refusal, fieldErrors('en', target, error))
}

/** 400: a field of a part of the request, by its path. */
export function unfitField(target: 'json' | 'query', path: string, key: MessageKey): ApiError {
  return wrong('invalid_input', [{ in: target, path, key, params: {}, message: message('en', key) }])
}

/** 422: a field of the body that only the database could judge. @param params what its sentence names */
export function wrongField(path: string, key: MessageKey, params: FieldError['params'] = {}): ApiError {
  return wrong('wrong_field', [{ in: 'json', path, key, params, message: message('en', key, params) }])
}
