import type { CaseFacts } from '../../../db/queries/cases.ts'
import { bedsOfFacility, moveOneBed } from '../../../db/queries/facilities.ts'
import { nextHoldEnd } from '../../../db/queries/transfers.ts'
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
    throw await noBed(context, facility, level)
  }
}

/** Why there is none: what has become of the beds, and when the next hold ends. */
async function noBed({ trx }: CommandContext, facility: number, level: string): Promise<ApiError> {
  const counts = (await bedsOfFacility(trx, facility)).find((row) => row.level === level)
  const { staffed = 0, occupied = 0, held = 0, cleaning = 0 } = counts ?? {}
  const until = await nextHoldEnd(trx, facility, level)
  return new ApiError('no_bed_available', {
    facility,
    level,
    staffed,
    occupied,
    held,
    cleaning,
    until: until?.getTime() ?? null,
  })
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
