import type { z } from 'zod'
import { bedsOfFacility } from '../../../db/queries/facilities.ts'
import { undoReport } from '../../../db/queries/standing.ts'
import { bedsHeldByTransfers } from '../../../db/queries/transfers.ts'
import type { undoReportBody } from '../../contract/api/reports.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { UNDO_REPORT_MS } from '../../contract/vocabulary/reports.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { reportingFacility } from './reporting-facility.ts'

/** The answer to a report takes its time to a phone and back: so much more than a person is shown. */
const ON_THE_WAY_MS = 10_000

/** Takes back a report of beds or stock, one's own, within half a minute: what stood before stands again, both stay in the history. */
export async function undoOwnReport(context: CommandContext, id: number, input: z.output<typeof undoReportBody>) {
  const { trx, by, at, now } = context
  await reportingFacility(context, id, 'stock.report')
  const since = new Date(now - UNDO_REPORT_MS - ON_THE_WAY_MS)
  const why = await undoReport(trx, id, `${by.owner}:${input.report}`, since, at)
  if (why === 'unknown') throw notFound('report', input.report)
  if (why === 'late') throw new ApiError('too_late', { withinMs: UNDO_REPORT_MS })
  if (why !== null) throw new ApiError('report_followed')
  const beds = new Map<string, number>((await bedsOfFacility(trx, id)).map(({ level, held }) => [level, held]))
  for (const [level, held] of await bedsHeldByTransfers(trx, id)) {
    if ((beds.get(level) ?? 0) < held) throw new ApiError('report_followed')
  }
  return { facility: id, undone: true as const }
}
