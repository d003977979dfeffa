import type { MessageKey } from './messages.ts'
import { refusalsTh } from './refusals-th.ts'

/** What programs tell refusals apart by. Those of the public forms are keys of hub/contract/refusals/messages-en.ts. */
export type ErrorCode = keyof typeof refusalsTh | 'invalid_input' | 'idempotency_key_reused' | MessageKey

/** An error of another library as one of the API's own. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(refusalsTh, code)
}
