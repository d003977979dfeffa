import { ApiError } from '../contract/refusals/api-error.ts'
import type { Action } from '../contract/vocabulary/actions.ts'
import { can } from './decide.ts'
import type { Grant } from './grant.ts'
import type { Resource } from './resource.ts'

/** @throws ApiError 401 or 403 unless `grant` (null: no session) may do `action` to `resource`. */
export function demand(grant: Grant | null, action: Action, resource: Resource): void {
  const decision = can(grant, action, resource)
  if (!decision.allowed) throw new ApiError(decision.refusal)
}
