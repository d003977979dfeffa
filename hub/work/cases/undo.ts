import type { z } from 'zod'
import { markUndone } from '../../../db/queries/care.ts'
import { type CaseEventRow, type EventDetails, happenedSince, readCaseEvent } from '../../../db/queries/case-events.ts'
import { readCase, updateCase } from '../../../db/queries/cases.ts'
import { moveOneBed } from '../../../db/queries/facilities.ts'
import { needsOfCase } from '../../../db/queries/needs.ts'
import type { undoBody } from '../../contract/api/cases.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { record } from '../command/history.ts'
import { allowed } from '../command/refusal.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { type NeedView, needView } from '../needs/need.ts'
import { handNeedsOver } from '../needs/return-needs.ts'
import { idsIn, undoEndedWith, undoNeed, undoOpened, undoShortened } from '../needs/undo-need.ts'
import { answerCase, type CaseAnswer } from './case.ts'
import { openCase } from './case-access.ts'
import { columnsToRestore } from './columns-before.ts'
import { hasEnded } from './stage.ts'
import { decideUndo, type UndoAxis } from './undo-rules.ts'
import { unmerge } from './unmerge.ts'

export type UndoAnswer = CaseAnswer & { need: NeedView | null }

/** Takes back a mis-tap: the actor's own, within half a minute, when nothing has happened to the same thing since. */
export async function undo(
  context: CommandContext,
  caseId: number,
  { event: eventId }: z.output<typeof undoBody>,
): Promise<UndoAnswer> {
  const { trx, by, now, at, leases } = context
  const { facts } = await openCase(context, caseId, 'case.read')
  const event = await readCaseEvent(trx, caseId, eventId)
  if (event === undefined) throw notFound('event', eventId)
  const later = await happenedSince(trx, event, event.need_id === null ? 'case' : 'need')
  const { axis } = allowed(
    decideUndo(
      { kind: event.kind, actor: event.actor, recordedAt: event.recorded_at.getTime() },
      by.account ?? '',
      later,
      now,
    ),
  )
  let need: NeedView | null = null
  if (axis === 'need') need = needView(await undoNeed(context, event), by.account, leases)
  else {
    await updateCase(trx, caseId, columnsToRestore(event.details), at)
    await UNDO_CASE[axis](context, event)
    await mustHaveNoNeeds(context, caseId)
  }
  const undone = await record(context, {
    caseId,
    district: facts.district,
    kind: axis === 'need' ? 'need.undone' : 'case.undone',
    ...(event.need_id === null ? {} : { needId: event.need_id }),
    details: { event: event.id, kind: event.kind, contact: event.details.contact ?? null },
  })
  return { ...(await answerCase(context, caseId, undone)), need }
}

/** A case that has ended again has nothing that somebody works on: who took a need meanwhile would stand before nothing. */
async function mustHaveNoNeeds({ trx }: CommandContext, caseId: number): Promise<void> {
  const facts = await readCase(trx, caseId)
  if (facts === undefined || !hasEnded(facts.stage)) return
  const live = (await needsOfCase(trx, caseId)).some((need) => need.ended_at === null)
  if (live) throw new ApiError('not_possible', { because: 'something_happened_since' })
}

const openedBy = ({ openedNeed }: EventDetails) => (typeof openedNeed === 'number' ? [openedNeed] : [])

type CaseAxis = Exclude<UndoAxis, 'need'>

/** What an undo does besides putting the case's columns back as they were. */
const UNDO_CASE: Readonly<Record<CaseAxis, (context: CommandContext, event: CaseEventRow) => Promise<void>>> = {
  columns: async () => undefined,
  care: ({ trx, at }, { details: { careEvent } }) => markUndone(trx, { careEvent }, at),
  // Of a triage, or of a daily check that raised it.
  async severity(context, { details }) {
    await markUndone(context.trx, { check: details.check, complaint: details.complaint }, context.at)
    await undoOpened(context, openedBy(details))
    await undoShortened(context, details.shortened)
  },
  async place(context, event) {
    const { trx } = context
    const { details } = event
    const { facility, level } = details
    const { facility_id, bed_level } = columnsToRestore(details)
    if (typeof facility === 'number') await moveOneBed(trx, facility, String(level), 'occupied', 'available')
    if (typeof facility_id === 'number') await moveOneBed(trx, facility_id, String(bed_level), 'cleaning', 'occupied')
    await undoEndedWith(context, event)
    await undoOpened(context, openedBy(details))
  },
  outcome: (context, event) => undoEndedWith(context, event),
  merge: unmerge,
  async close(context, event) {
    if (event.details.bedsMoved === true) {
      throw new ApiError('not_possible', { because: 'the bed was given back; reopen the case' })
    }
    await undoEndedWith(context, event)
  },
  async reopen(context, { details }) {
    await undoOpened(context, idsIn(details.opened))
    const { merged_into } = columnsToRestore(details)
    if (typeof merged_into === 'number') await handNeedsOver(context, idsIn(details.returned), merged_into)
  },
}
