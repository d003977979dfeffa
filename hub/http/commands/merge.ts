import { lockCases, updateCase } from '../../../db/queries/cases.ts'
import { refreshBoard, writeNeed } from '../../../db/queries/needs.ts'
import { liveTransferOf } from '../../../db/queries/transfers.ts'
import { hasEnded } from '../../cases/stage.ts'
import { urgencyClass } from '../../wire/urgency.ts'
import { answerCase, nextStage } from './case.ts'
import { openCase } from './case-access.ts'
import { closeNeeds } from './close.ts'
import { record } from './history.ts'
import { apiErrorOf, wrongField } from './refusals.ts'
import type { CommandContext } from './run.ts'

/**
 * Merges a duplicate into the case it repeats. Live needs go along, with their holders; kinds the other has already
 * are closed as duplicates. The history stays where it was made and is read together. The more urgent severity stands.
 */
export async function mergeCase(context: CommandContext, fromId: number, intoId: number) {
  const { trx, at } = context
  if (fromId === intoId) throw wrongField('into', 'wrong', 'A case cannot be merged into itself.')
  await lockCases(trx, [fromId, intoId])
  const from = await openCase(context, fromId, 'case.merge')
  const into = await openCase(context, intoId, 'case.merge')
  if (hasEnded(into.facts.stage)) {
    throw apiErrorOf({ code: 'not_possible', details: { into: intoId, stage: into.facts.stage } })
  }
  if (await liveTransferOf(trx, fromId)) {
    throw apiErrorOf({ code: 'not_possible', details: { because: 'a transfer is under way' } })
  }
  const stage = nextStage(from.facts.stage, 'mark_duplicate')
  const live = from.needs.filter((need) => need.ended_at === null)
  const taken = new Set(into.needs.filter((need) => need.ended_at === null).map((need) => need.kind))
  await closeNeeds(
    context,
    live.filter((need) => taken.has(need.kind)),
    'duplicate',
  )
  const moved = live.filter((need) => !taken.has(need.kind))
  for (const need of moved) await writeNeed(trx, need.id, { case_id: intoId, district: into.facts.district })
  await updateCase(trx, fromId, { stage, merged_into: intoId, closed_reason: 'duplicate', escalated_at: null }, at)
  const moreUrgent = urgencyClass({ ...from.facts, risk608: true }) < urgencyClass({ ...into.facts, risk608: true })
  await updateCase(
    trx,
    intoId,
    {
      risk608: from.facts.risk608 || into.facts.risk608,
      ...(moreUrgent ? { severity: from.facts.severity, severity_at: at } : {}),
      heard_at: later(from.facts.heard_at, into.facts.heard_at),
    },
    at,
  )
  await refreshBoard(trx, fromId)
  await refreshBoard(trx, intoId)
  const needs = moved.map((need) => need.kind).join(',')
  await record(context, {
    caseId: intoId,
    district: into.facts.district,
    kind: 'case.absorbed',
    details: { from: fromId, needs, fromSeverity: into.facts.severity },
  })
  const event = await record(context, {
    caseId: fromId,
    district: from.facts.district,
    kind: 'case.merged',
    details: {
      into: intoId,
      needs,
      moved: moved.map((need) => need.id).join(','),
      fromStage: from.facts.stage,
      escalatedAt: from.facts.escalated_at?.getTime() ?? null,
      raisedFrom: moreUrgent ? into.facts.severity : null,
      raised608: from.facts.risk608 && !into.facts.risk608,
    },
  })
  return answerCase(context, fromId, event)
}

/** What the person said last stays news, whichever of the two cases they said it to. */
function later(a: Date | null, b: Date | null): Date | null {
  return a === null || (b !== null && b > a) ? b : a
}
