import { ApiError } from '../../contract/refusals/api-error.ts'
import type { ErrorCode } from '../../contract/refusals/codes.ts'

type Details = Readonly<Record<string, string | number | boolean | null>>

/** A decision against a command. `details` says who, since when, or what would be allowed. */
export type Refused = { readonly ok: false; readonly refusal: { readonly code: ErrorCode; readonly details: Details } }

export function refuse(code: ErrorCode, details: Details = {}): Refused {
  return { ok: false, refusal: { code, details } }
}

/** @returns the decision when it was allowed. @throws ApiError of the refusal. */
export function allowed<D extends { readonly ok: true }>(decision: D | Refused): D {
  if (decision.ok) return decision
  throw new ApiError(decision.refusal.code, decision.refusal.details)
}
