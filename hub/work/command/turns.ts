import { ApiError } from '../../contract/refusals/api-error.ts'
import type { RefusalName } from '../../contract/refusals/codes.ts'

/** @param seconds to wait, if somebody has to. @throws ApiError 429 with Retry-After */
export function mustWait(seconds: number | undefined, refusal: RefusalName): void {
  if (seconds !== undefined) throw new ApiError(refusal, { seconds }, { retryAfter: seconds })
}

/** A refusal of a public form, whose `details` name its sentence. */
export function formRefusal(
  key:
    | 'code_wrong'
    | 'code_expired'
    | 'code_used_up'
    | 'code_unknown'
    | 'digits_needed'
    | 'digits_wrong'
    | 'asker_unknown'
    | 'no_phone'
    | 'phone_check_off'
    | 'phone_country'
    | 'ended',
  values: Readonly<Record<string, number>> = {},
): ApiError {
  return new ApiError(key, { key, ...values })
}

/** @throws ApiError 429, as a form says it */
export function formMustWait(seconds: number | undefined): void {
  if (seconds !== undefined) throw new ApiError('too_many', { key: 'too_many', seconds }, { retryAfter: seconds })
}
