import { type CaseEventRow, happenedSince, readCaseEvent } from '../../../db/queries/case-events.ts'
import { type CaseRow, updateCase } from '../../../db/queries/cases.ts'
import { moveOneBed } from '../../../db/queries/facilities.ts'
import { lockNeed, refreshBoard, writeNeed } from '../../../db/queries/needs.ts'
import { decideUndo, type UndoAxis } from '../../cases/undo.ts'
import { answerCase, type CaseAnswer } from './case.ts'
import { openCase } from './case-access.ts'
import { record } from './history.ts'
import { type NeedView, needView } from './need.ts'
import { allowed, apiErrorOf, notFound } from './refusals.ts'
import type { CommandContext } from './run.ts'
import { undoClosedWith, undoNeed } from './undo-need.ts'
import { unmerge } from './unmerge.ts'

export type UndoAnswer = CaseAnswer & { need: NeedView | null }

/** Takes back a mis-tap: the actor's own, within half a minute, when nothing has happened to the same thing since. */
export async function undo(context: CommandContext, caseId: number, eventId: number): Promise<UndoAnswer> {
  const { trx, by, now, leases } = context
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
  else await UNDO_CASE[axis](context, event)
  await refreshBoard(trx, caseId)
  const undone = await record(context, {
    caseId,
    district: facts.district,
    kind: axis === 'need' ? 'need.undone' : 'case.undone',
    ...(event.need_id === null ? {} : { needId: event.need_id }),
    details: { event: event.id, kind: event.kind },
  })
  return { ...(await answerCase(context, caseId, undone)), need }
}

type CaseAxis = Exclude<UndoAxis, 'need'>

const UNDO_CASE: Readonly<Record<CaseAxis, (context: CommandContext, event: CaseEventRow) => Promise<void>>> = {
  async severity({ trx, at }, { case_id, details }) {
    const opened = typeof details.openedNeed === 'number' ? await lockNeed(trx, details.openedNeed) : undefined
    if (opened?.status === 'open') {
      await writeNeed(trx, opened.id, { status: 'closed', closed_reason: 'cancelled', ended_at: at })
    }
    const was = details as Record<string, never>
    await updateCase(
      trx,
      case_id,
      {
        severity: was.from,
        severity_at: at,
        care_place: was.fromPlace,
        stage: was.fromStage,
        risk608: was.risk608,
        classification: was.classification,
        ...(was.fromPlace === was.toPlace ? {} : { care_place_at: at }),
      },
      at,
    )
  },
  async place({ trx, at }, { case_id, details }) {
    const { facility, level, fromFacility, fromLevel } = details
    if (typeof facility === 'number') await moveOneBed(trx, facility, String(level), 'occupied', 'available')
    if (typeof fromFacility === 'number') await moveOneBed(trx, fromFacility, String(fromLevel), 'cleaning', 'occupied')
    await updateCase(
      trx,
      case_id,
      {
        care_place: details.from as CaseRow['care_place'],
        care_place_at: at,
        stage: details.fromStage as CaseRow['stage'],
        facility_id: fromFacility as number | null,
        bed_level: fromLevel as CaseRow['bed_level'],
      },
      at,
    )
  },
  merge: unmerge,
  async stage(context, event) {
    const { trx, at } = context
    const { details } = event
    if (details.bedsMoved === true) {
      throw apiErrorOf({ code: 'not_possible', details: { because: 'the bed was given back; reopen the case' } })
    }
    await updateCase(
      trx,
      event.case_id,
      {
        stage: details.fromStage as CaseRow['stage'],
        closed_reason: null,
        outcome: details.fromOutcome as CaseRow['outcome'],
        ...(details.fromOutcome === details.outcome ? {} : { outcome_day: 'infinity' }),
      },
      at,
    )
    await undoClosedWith(context, event)
  },
}
