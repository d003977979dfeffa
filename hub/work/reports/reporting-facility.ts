import { type FacilityRow, readFacility } from '../../../db/queries/facilities.ts'
import { demand } from '../../authorize/demand.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { isPlausibleTime } from '../command/source-time.ts'
import { demandActive } from '../facilities/active.ts'

export type ReportAction = 'facility.report' | 'stock.report' | 'vaccination.report' | 'bed.reconcile'

/** A source's clock may be this much ahead of ours. */
const CLOCK_AHEAD_MS = 5 * 60_000

export async function openFacility(
  { trx, by }: Pick<CommandContext, 'trx' | 'by'>,
  id: number,
  action: ReportAction,
): Promise<FacilityRow> {
  // A key says whose it is, wherever the other facility stands.
  if (by.grant?.key?.areas.length === 0) demand(by.grant, action, { facility: id })
  const facility = await readFacility(trx, id)
  if (facility === undefined) throw notFound('facility', id)
  demand(by.grant, action, { area: facility.district, facility: id })
  return facility
}

/** @throws ApiError 409 of a closed facility, or one that has become part of another */
export async function reportingFacility(
  context: Pick<CommandContext, 'trx' | 'by'>,
  id: number,
  action: ReportAction,
): Promise<FacilityRow> {
  const facility = await openFacility(context, id, action)
  demandActive(facility)
  return facility
}

/** When something was counted. A count stands with its time on walls: one that cannot be believed is no count of now either. */
export function countedAt(sourceAt: string, now: number): Date {
  const at = Date.parse(sourceAt)
  if (at > now + CLOCK_AHEAD_MS) throw wrongField('sourceAt', 'time_future')
  if (!isPlausibleTime(at, now)) throw wrongField('sourceAt', 'time_past')
  return new Date(Math.min(at, now))
}
