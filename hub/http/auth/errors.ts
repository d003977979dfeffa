import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'
import { type ErrorCode, isErrorCode } from '../../contract/refusals/codes.ts'
import { message } from '../../contract/refusals/messages.ts'
import { ApiError } from '../api-error.ts'
import type { HubContext } from '../env.ts'
import { apiError } from '../errors.ts'

const text = z.string().optional()
const answer = z.object({ code: text, error: text, message: text, error_description: text })

export type AuthError = { readonly code: ErrorCode; readonly message: string }

/** An error of better-auth (`{code, message}`) or of RFC 8628 (`{error, error_description}`), in the API's words. */
export async function authError(response: Response): Promise<AuthError> {
  const { data } = answer.safeParse(await response.json().catch(() => null))
  const code = (data?.code ?? data?.error ?? 'refused').toLowerCase()
  return {
    code: isErrorCode(code) ? code : 'refused',
    message: data?.message || data?.error_description || 'This cannot be done.',
  }
}

/** A password nobody should choose, at its field. */
export function unfitPassword(key: 'password_common' | 'password_same', path: string): ApiError {
  const field = { in: 'json', path, key, params: {}, message: message('en', key) }
  return new ApiError(400, 'invalid_input', `The request is wrong in: ${path}.`, [field])
}

/** Answers with what better-auth said: its success as it stands, its error in the API's one shape. */
export async function relay(c: HubContext, response: Response): Promise<Response> {
  if (response.status < 400) return response
  const { code, message } = await authError(response)
  return apiError(c, response.status as ContentfulStatusCode, code, message)
}
