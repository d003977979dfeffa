import { type Answer, ApiError, ask } from './http.ts'

export type FacilityWall = Answer<'GET /api/facilities/{id}/wall'>

/** Who asks without an account, and where there is no such facility, or none that is open. */
const NONE: readonly number[] = [401, 403, 404]

/** @returns `null` of a facility that there is not, that is closed, or for somebody without an account. @throws ApiError */
export async function fetchFacilityWall(id: number): Promise<FacilityWall | null> {
  try {
    return await ask('GET /api/facilities/{id}/wall', { params: { id } })
  } catch (error) {
    if (error instanceof ApiError && NONE.includes(error.status)) return null
    throw error
  }
}
