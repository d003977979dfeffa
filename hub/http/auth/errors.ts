import { z } from 'zod'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { isErrorCode } from '../../contract/refusals/codes.ts'

const text = z.string().optional()
const answer = z.object({ code: text, error: text, message: text, error_description: text })

/** An error of better-auth (`{code, message}`) or of RFC 8628 (`{error, error_description}`), in the API's words. */
export async function refusalOfLibrary(response: Response, status = response.status): Promise<ApiError> {
  const { data } = answer.safeParse(await response.json().catch(() => null))
  const code = (data?.code ?? data?.error ?? 'refused').toLowerCase()
  const message = data?.message || data?.error_description
  return new ApiError(isErrorCode(code) ? code : 'refused', undefined, { status, ...(message && { message }) })
}

/** What better-auth said, as it stands. @throws ApiError when that was an error */
export async function relay(response: Response): Promise<Response> {
  if (response.status < 400) return response
  throw await refusalOfLibrary(response)
}
