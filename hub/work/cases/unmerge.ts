import { type CaseEventRow, type EventDetails, happenedSince } from '../../../db/queries/case-events.ts'
import {
  type CaseFacts,
  type CaseRow,
  type CaseUpdate,
  lockCase,
  readCase,
  updateCase,
} from '../../../db/queries/cases.ts'
import { moveOneBed } from '../../../db/queries/facilities.ts'
import { lockNeed, writeNeed } from '../../../db/queries/needs.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { record } from '../command/history.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { idsIn, undoEndedWith, undoOpened } from '../needs/undo-need.ts'
import { columnsToRestore } from './columns-before.ts'

/**
 * Takes a merge back: the needs that went along return with their holders, those closed as duplicates go back to theirs,
 * and the other case has the severity it had, unless somebody has judged it anew since.
 */
export async function unmerge(context: CommandContext, event: CaseEventRow): Promise<void> {
  const { trx, at } = context
  const { details } = event
  const intoId = Number(details.into)
  const from = await lockCase(trx, event.case_id)
  const into = await lockCase(trx, intoId)
  if (from === undefined || into === undefined) throw notFound('case', intoId)
  for (const id of idsIn(details.moved)) {
    const need = await lockNeed(trx, id)
    if (need?.case_id === intoId) await writeNeed(trx, id, { case_id: from.id, district: from.district })
  }
  await undoEndedWith(context, event, [from.id, into.id])
  const placed = await unmergePlace(context, event, into)
  const judged = await happenedSince(trx, { ...event, case_id: intoId }, 'case')
  const raised = details.raisedFrom !== null && into.severity_at.getTime() === event.recorded_at.getTime()
  await updateCase(
    trx,
    intoId,
    {
      ...(raised ? { ...severityBefore(details), severity_at: at } : {}),
      ...(details.raised608 === true && !judged ? { risk608: false } : {}),
      ...placed,
      ...contactBefore(details, from, into),
    },
    at,
  )
  await record(context, {
    caseId: intoId,
    district: into.district,
    kind: 'case.separated',
    details: { from: from.id },
  })
}

/** The duplicate is in its bed again. @returns what of the other case's place goes back */
async function unmergePlace(context: CommandContext, event: CaseEventRow, into: CaseFacts): Promise<CaseUpdate> {
  const { details } = event
  const { facility_id, bed_level } = columnsToRestore(details)
  if (details.bed === 'left') {
    await moveOneBed(context.trx, Number(facility_id), String(bed_level), 'cleaning', 'occupied')
  }
  const movedOn = into.care_place_at.getTime() !== event.recorded_at.getTime()
  if (details.bed === 'moved' && into.facility_id !== facility_id) {
    throw new ApiError('not_possible', { because: 'the other case has another place of care now' })
  }
  if (details.queued === true) await undoOpened(context, idsIn(String(details.openedNeed ?? '')))
  if (details.bed !== 'moved' && (details.queued !== true || movedOn)) return waitBefore(context, event, into)
  return {
    care_place: details.intoPlace as CaseFacts['care_place'],
    care_place_at: new Date(Number(details.intoPlaceAt)),
    stage: details.intoStage as CaseFacts['stage'],
    facility_id: null,
    bed_level: null,
  }
}

/** Who reached the person through the duplicate has not reached the other, unless somebody has since. */
function contactBefore({ intoContactedAt }: EventDetails, from: CaseFacts, into: CaseFacts): CaseUpdate {
  if (from.contacted_at === null || into.contacted_at?.getTime() !== from.contacted_at.getTime()) return {}
  return { contacted_at: typeof intoContactedAt === 'number' ? new Date(intoContactedAt) : null }
}

/** A need for a bed that came along had made it wait; without it, the case is as long where it is as it was. */
async function waitBefore({ trx }: CommandContext, { details }: CaseEventRow, into: CaseFacts): Promise<CaseUpdate> {
  const waited = details.intoPlace === 'unknown' || details.intoPlace === 'discharged'
  if (!waited || into.care_place !== 'waiting' || (await readCase(trx, into.id))?.care_place !== 'unknown') return {}
  return {
    care_place: details.intoPlace as CaseFacts['care_place'],
    care_place_at: new Date(Number(details.intoPlaceAt)),
  }
}

function severityBefore({ raisedFrom, was_intoOverride }: EventDetails): CaseUpdate {
  return { severity: raisedFrom as CaseRow['severity'], override_by: (was_intoOverride ?? null) as string | null }
}
