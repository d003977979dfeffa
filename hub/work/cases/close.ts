import type { z } from 'zod'
import { type CaseFacts, operationDay, updateCase } from '../../../db/queries/cases.ts'
import { type NeedWithCase, openNeeds } from '../../../db/queries/needs.ts'
import { liveTransferOf } from '../../../db/queries/transfers.ts'
import { can } from '../../authorize/decide.ts'
import type { outcomeBody, reopenBody } from '../../contract/api/cases.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { CloseNeedReason } from '../../contract/vocabulary/needs.ts'
import type { Outcome } from '../../contract/vocabulary/outcomes.ts'
import type { CloseReason } from '../../contract/vocabulary/stages.ts'
import { leaveBed } from '../beds/beds.ts'
import { record } from '../command/history.ts'
import { allowed } from '../command/refusal.ts'
import type { CommandContext } from '../command/run.ts'
import { bedNeeds, closeNeeds } from '../needs/end-needs.ts'
import { stateOf } from '../needs/need.ts'
import { isHeld } from '../needs/need-rules.ts'
import { lockWithTarget, returnNeeds } from '../needs/return-needs.ts'
import { endTransfer } from '../transfers/transfer-end.ts'
import { answerCase, nextStage } from './case.ts'
import { openCase } from './case-access.ts'
import { areaOf } from './case-area.ts'
import { decideClose } from './close-rules.ts'
import { columnsBefore } from './columns-before.ts'
import { decideOutcome } from './outcome.ts'
import type { StageEvent } from './stage.ts'

export type CloseInput = {
  readonly reason: CloseReason
  readonly outcome?: Outcome | undefined
  readonly outcomeDay?: string | undefined
}

/**
 * Closes a case with a reason: its needs are closed, a transfer under way is cancelled, a bed is left. While others hold
 * needs of it, only a supervisor of the area may: closing would take from them what is theirs to move.
 */
export async function closeCase(context: CommandContext, id: number, input: CloseInput) {
  const { trx, by, now } = context
  const { facts, needs } = await openCase(context, id, 'case.close')
  if (!can(by.grant, 'case.release', { area: areaOf(facts) }).allowed) {
    allowed(
      decideClose(
        needs.map((need) => ({ kind: need.kind, state: stateOf(need) })),
        by.account ?? '',
        now,
      ),
    )
    // Calling a transfer off is a step of its own: a bed is held, an ambulance may be on its way.
    if (input.reason !== 'died' && (await liveTransferOf(trx, id))) {
      throw new ApiError('transfer_under_way', {})
    }
  }
  const event = await endCase(context, facts, needs, input)
  return answerCase(context, id, event)
}

/** One that nobody has confirmed was invented: for whoever triages, while it stands apart and nobody works on it. */
export async function dismissCase(context: CommandContext, id: number) {
  const { facts, needs } = await openCase(context, id, 'case.triage')
  if (!facts.unverified || facts.stage !== 'reported' || needs.some((need) => isHeld(stateOf(need))))
    throw new ApiError('not_possible', { because: 'not_unverified' })
  return answerCase(context, id, await endCase(context, facts, needs, { reason: 'invalid' }))
}

/** The closing itself, for those who were asked already. @returns the event's id */
export async function endCase(
  context: CommandContext,
  facts: CaseFacts,
  needs: readonly NeedWithCase[],
  input: CloseInput,
): Promise<number> {
  const { trx, at } = context
  const stage = nextStage(facts.stage, STAGE_OF_REASON[input.reason] ?? 'close')
  const wanted = input.outcome ?? (input.reason === 'died' ? 'died' : undefined)
  if ((input.reason === 'died') !== ((wanted ?? facts.outcome) === 'died')) {
    throw new ApiError('not_possible', { reason: input.reason, outcome: wanted ?? facts.outcome })
  }
  const outcome =
    wanted === undefined || wanted === facts.outcome
      ? {}
      : await outcomeColumns(context, facts, wanted, input.outcomeDay)
  const transfer = await liveTransferOf(trx, facts.id)
  if (transfer) await endTransfer(context, transfer, input.reason === 'died' ? 'die' : 'cancel')
  await leaveBed(context, facts)
  await closeNeeds(context, needs, input.reason === 'died' ? 'case_closed' : NEED_REASON[input.reason])
  await updateCase(
    trx,
    facts.id,
    { stage, closed_reason: input.reason, escalated_at: null, facility_id: null, bed_level: null, ...outcome },
    at,
  )
  return record(context, {
    caseId: facts.id,
    district: facts.district,
    kind: 'case.closed',
    details: {
      reason: input.reason,
      bedsMoved: transfer !== undefined || facts.facility_id !== null,
      outcome: wanted ?? facts.outcome,
      ...columnsBefore(facts, [
        'stage',
        'closed_reason',
        'escalated_at',
        'care_place',
        'care_place_at',
        'outcome',
        'outcome_day',
      ]),
    },
  })
}

const NEED_REASON: Readonly<Record<Exclude<CloseReason, 'died'>, CloseNeedReason>> = {
  helped: 'case_closed',
  no_help_wanted: 'no_help_wanted',
  done_by_others: 'done_by_others',
  out_of_scope: 'out_of_scope',
  duplicate: 'duplicate',
  unreachable: 'unreachable',
  invalid: 'case_closed',
  cancelled: 'cancelled',
}

/** Closing for these says that it never was a case of its own; numbers leave it out. */
const STAGE_OF_REASON: Partial<Record<CloseReason, StageEvent>> = { duplicate: 'mark_duplicate', invalid: 'invalidate' }

async function outcomeColumns(context: CommandContext, facts: CaseFacts, to: Outcome, day: string | undefined) {
  const today = await operationDay(context.trx)
  const decision = allowed(decideOutcome(facts.outcome, to, day, facts.report_day, today))
  return { outcome: decision.outcome, outcome_day: decision.outcomeDay }
}

/** Sets, or corrects, how a case ended, and with it the wait for a place of care; closing the case is another step. */
export async function setOutcome(
  context: CommandContext,
  id: number,
  { outcome: to, day }: z.output<typeof outcomeBody>,
) {
  const { facts, needs } = await openCase(context, id, 'case.close')
  const columns = await outcomeColumns(context, facts, to, day)
  await updateCase(context.trx, id, columns, context.at)
  if (to !== 'none') await closeNeeds(context, bedNeeds(needs), 'case_closed', 'outcome')
  const event = await record(context, {
    caseId: id,
    district: facts.district,
    kind: 'case.outcome',
    details: {
      from: facts.outcome,
      to,
      day: columns.outcome_day,
      ...columnsBefore(facts, ['care_place', 'care_place_at', 'outcome', 'outcome_day']),
    },
  })
  return answerCase(context, id, event)
}

/** Opens an ended case again, also one that was taken for a duplicate, with what was its own; its outcome is taken back unless it is a death. */
export async function reopenCase(context: CommandContext, id: number, { reason, needs }: z.output<typeof reopenBody>) {
  const { trx, at } = context
  await lockWithTarget(context, id)
  const { facts } = await openCase(context, id, 'case.reopen')
  const stage = nextStage(facts.stage, 'reopen')
  if (facts.outcome === 'died') {
    throw new ApiError('not_possible', { outcome: 'died', because: 'correct the outcome first' })
  }
  await updateCase(
    trx,
    id,
    { stage, closed_reason: null, merged_into: null, outcome: 'none', outcome_day: 'infinity' },
    at,
  )
  const returned = await returnNeeds(context, facts)
  const opened = await openNeeds(trx, id, facts.district, [...new Set(needs)], at)
  const event = await record(context, {
    caseId: id,
    district: facts.district,
    kind: 'case.reopened',
    details: {
      reason,
      from: facts.stage,
      opened: [...returned.again, ...opened.map((need) => need.id)].join(','),
      returned: returned.moved.join(','),
      ...columnsBefore(facts, ['stage', 'closed_reason', 'merged_into', 'outcome', 'outcome_day']),
    },
  })
  return answerCase(context, id, event)
}
