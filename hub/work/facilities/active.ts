import type { KnownFacility } from '../../../db/queries/facilities.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'

/** @throws ApiError 409 of a facility that is closed, or has become part of another entry */
export function demandActive({ active, closed_at, merged_into }: KnownFacility): void {
  if (merged_into !== null) throw new ApiError('facility_merged', { into: merged_into })
  if (!active) throw new ApiError('facility_closed', { since: closed_at?.getTime() ?? null })
}
