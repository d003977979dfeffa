import type { CaseFacts } from '../../../db/queries/cases.ts'
import { moveOneBed } from '../../../db/queries/facilities.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { CommandContext } from '../command/run.ts'
import { BED_MOVE, type BedEvent } from './bed-rules.ts'

export async function moveBed(
  { trx }: CommandContext,
  facility: number,
  level: string,
  event: BedEvent,
): Promise<boolean> {
  const { from, to } = BED_MOVE[event]
  return moveOneBed(trx, facility, level, from, to)
}

/** @throws ApiError 409 when no staffed bed of the level is available there. */
export async function takeBed(
  context: CommandContext,
  facility: number,
  level: string,
  event: 'hold' | 'admit_direct',
): Promise<void> {
  if (!(await moveBed(context, facility, level, event))) {
    throw new ApiError('no_bed_available', { facility, level })
  }
}

/**
 * A patient leaves the bed they have, and it is to be cleaned. When the facility's own report says that none is
 * occupied, the report stands.
 */
export async function leaveBed(context: CommandContext, facts: CaseFacts): Promise<void> {
  if (facts.facility_id !== null && facts.bed_level !== null) {
    await moveBed(context, facts.facility_id, facts.bed_level, 'discharge')
  }
}
