import { type CaseEventRow, happenedSince } from '../../../db/queries/case-events.ts'
import { type CaseRow, lockCase, updateCase } from '../../../db/queries/cases.ts'
import { lockNeed, refreshBoard, writeNeed } from '../../../db/queries/needs.ts'
import { record } from './history.ts'
import { notFound } from './refusals.ts'
import type { CommandContext } from './run.ts'
import { undoClosedWith } from './undo-need.ts'

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
  await undoClosedWith(context, event)
  await updateCase(
    trx,
    from.id,
    {
      stage: details.fromStage as CaseRow['stage'],
      merged_into: null,
      closed_reason: null,
      escalated_at: typeof details.escalatedAt === 'number' ? new Date(details.escalatedAt) : null,
    },
    at,
  )
  const judged = await happenedSince(trx, { ...event, case_id: intoId }, 'case')
  const raised = details.raisedFrom !== null && into.severity_at.getTime() === event.recorded_at.getTime()
  await updateCase(
    trx,
    intoId,
    {
      ...(raised ? { severity: details.raisedFrom as CaseRow['severity'], severity_at: at } : {}),
      ...(details.raised608 === true && !judged ? { risk608: false } : {}),
    },
    at,
  )
  await refreshBoard(trx, intoId)
  await record(context, {
    caseId: intoId,
    district: into.district,
    kind: 'case.separated',
    details: { from: from.id },
  })
}

function idsIn(text: unknown): readonly number[] {
  return typeof text === 'string' && text !== '' ? text.split(',').map(Number) : []
}
