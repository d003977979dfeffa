import type { z } from 'zod'
import {
  type BedReport,
  type BedReportContext,
  bedsOfFacility,
  noteReported,
  writeBedReport,
} from '../../../db/queries/facilities.ts'
import {
  dropReconciliations,
  knownInBeds,
  lockReconciliation,
  openReconciliation,
} from '../../../db/queries/reconciliations.ts'
import type { refuseCountBody, takeCountBody } from '../../contract/api/reports.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { recordAtFacility } from '../facilities/registry.ts'
import { reportingFacility } from '../reports/reporting-facility.ts'

/**
 * Whether a count by hand contradicts what is known: fewer occupied beds than people who lie in them, and fewer than the
 * count that stands (one that a coordinator has taken is not asked about again).
 */
export function contradicts(occupied: number, known: number, standing: number | undefined): boolean {
  return occupied < known && (standing === undefined || occupied < standing)
}

/** A count of one level of a facility, and what stands there. */
export type CountedLevel = {
  readonly of: BedReportContext['facility']
  readonly counts: BedReport
  readonly standing: number | undefined
}

/**
 * Sets the counts aside that contradict what is known, for the bed coordinator. @returns the others, and nothing waits
 * of them any more
 */
export async function setAside<C extends CountedLevel>(
  { trx, by }: CommandContext,
  report: Omit<BedReportContext, 'facility'>,
  counted: readonly C[],
): Promise<readonly C[]> {
  const known = await knownInBeds(
    trx,
    counted.map(({ of }) => of.id),
  )
  const knownOf = ({ of, counts }: C) => known.get(`${of.id}.${counts.level}`) ?? 0
  const apart = new Set(counted.filter((one) => contradicts(one.counts.occupied, knownOf(one), one.standing)))
  for (const one of apart) {
    await openReconciliation(trx, { ...report, facility: one.of }, by.label, one.counts, knownOf(one))
    // Its count waits, and yet it was heard of.
    await noteReported(trx, one.of.id, report.sourceAt)
  }
  const plain = counted.filter((one) => !apart.has(one))
  await dropReconciliations(
    trx,
    plain.map(({ of, counts }) => ({ facility: of.id, level: counts.level })),
  )
  return plain
}

/** What the coordinator decides of a count that waits. @throws ApiError 404, 409 when it is not the one they have read */
async function openWaiting(context: CommandContext, id: number, { level, sourceAt }: z.output<typeof takeCountBody>) {
  const facility = await reportingFacility(context, id, 'bed.reconcile')
  const row = await lockReconciliation(context.trx, id, level)
  if (row === undefined) throw notFound('reconciliation', `${id}.${level}`)
  if (row.source_at.getTime() !== sourceAt) {
    throw new ApiError('older_report', [{ level, standing: row.source_at.getTime() }])
  }
  await dropReconciliations(context.trx, [{ facility: id, level }])
  const stands = (await bedsOfFacility(context.trx, id)).find((beds) => beds.level === level)?.occupied
  return { facility, row, stands }
}

/** The count is right: it stands from now on. */
export async function takeCount(context: CommandContext, id: number, input: z.output<typeof takeCountBody>) {
  const { facility, row, stands = null } = await openWaiting(context, id, input)
  const { level, staffed, available, held, occupied, cleaning, blocked, known } = row
  const report = { facility, sourceAt: row.source_at, actor: row.actor, now: context.at, key: row.key }
  const counts = { level, staffed, available, held, occupied, cleaning, blocked }
  const newer = await writeBedReport(context.trx, report, [counts])
  if (newer.length > 0) {
    throw new ApiError(
      'older_report',
      newer.map(({ standing }) => ({ level, standing: standing.getTime() })),
    )
  }
  await recordAtFacility(context, id, 'count_taken', {
    [`occupied.${level}`]: [stands, occupied],
    known: [known, known],
  })
  return { level, occupied }
}

/** The count is wrong: what stood stays, and the house counts again. */
export async function refuseCount(context: CommandContext, id: number, input: z.output<typeof refuseCountBody>) {
  const { row, stands = 0 } = await openWaiting(context, id, input)
  await recordAtFacility(context, id, 'count_refused', {
    [`occupied.${row.level}`]: [row.occupied, stands],
    reason: [null, input.reason],
  })
  return { level: row.level, occupied: stands }
}
