import type { BedLevel } from '../../../../hub/contract/vocabulary/beds.ts'
import { command } from '../../api/cases.ts'
import { ask } from '../../api/http.ts'

/** Asks for a bed there; a second person approves it. @throws ApiError */
export async function askFor(one: { caseId: number; level: BedLevel; facility: number }): Promise<void> {
  const body = { level: one.level, facility: one.facility }
  await command((key) => ask('POST /api/cases/{id}/transfers', { params: { id: one.caseId }, body, key }))
}
