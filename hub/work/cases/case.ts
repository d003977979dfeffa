import type { z } from 'zod'
import { type CaseFacts, readCase, updateCase } from '../../../db/queries/cases.ts'
import { insertContact } from '../../../db/queries/contacts.ts'
import { openNeeds } from '../../../db/queries/needs.ts'
import { addPhone } from '../../../db/queries/people.ts'
import type { addNeedsBody, contactBody, escalateBody } from '../../contract/api/cases.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import type { Stage } from '../../contract/vocabulary/stages.ts'
import { record } from '../command/history.ts'
import type { CommandContext } from '../command/run.ts'
import { sourceTime } from '../command/source-time.ts'
import { msOf, msOfIso } from '../command/times.ts'
import { lockWithTarget, returnNeeds } from '../needs/return-needs.ts'
import { openCase } from './case-access.ts'
import { columnsBefore } from './columns-before.ts'
import { demandNoOutcome } from './outcome.ts'
import { STAGE_NEXT, type StageEvent } from './stage.ts'

export type CaseAnswer = { case: CaseView; event: number }

/** A case without personal data. Times: ms since 1970; days `YYYY-MM-DD`. */
export type CaseView = ReturnType<typeof caseView>

export function caseView(facts: CaseFacts) {
  return {
    id: facts.id,
    district: facts.district,
    place: facts.place ?? facts.district,
    reportDay: facts.report_day,
    classification: facts.classification,
    severity: facts.severity,
    risk608: facts.risk608,
    stage: facts.stage,
    carePlace: facts.care_place,
    facility: facts.facility_id,
    bedLevel: facts.bed_level,
    outcome: facts.outcome,
    outcomeDay: facts.outcome_day === 'infinity' ? null : facts.outcome_day,
    source: facts.source,
    reportedAt: facts.reported_at.getTime(),
    severityAt: facts.severity_at.getTime(),
    carePlaceAt: facts.care_place_at.getTime(),
    contactedAt: msOf(facts.contacted_at),
    escalatedAt: msOf(facts.escalated_at),
    heardAt: msOf(facts.heard_at),
    override: facts.override_by,
    mergedInto: facts.merged_into,
    closedReason: facts.closed_reason,
    onBoard: facts.on_board,
  }
}

export async function answerCase(context: CommandContext, id: number, event: number): Promise<CaseAnswer> {
  const facts = await readCase(context.trx, id)
  if (facts === undefined) throw new Error(`case ${id} vanished under its own lock`)
  return { case: caseView(facts), event }
}

/** @throws ApiError 409 when the stage does not allow it. */
export function nextStage(stage: Stage, event: StageEvent): Stage {
  const next = STAGE_NEXT[stage][event]
  if (next === null) throw new ApiError('not_possible', { stage, event })
  return next
}

/** Logs a contact. Only one that reached the person stops the clock since the last human contact. */
export async function contactCase(context: CommandContext, id: number, input: z.output<typeof contactBody>) {
  const { trx, by, at } = context
  const { facts, needs } = await openCase(context, id, 'case.contact')
  if (input.need !== undefined && !needs.some((need) => need.id === input.need)) {
    throw wrongField('need', 'need_unknown')
  }
  const { at: happenedAt, deviceAt } = sourceTime(msOfIso(input.sourceAt), context.now)
  const happened = new Date(happenedAt)
  const contact = await insertContact(trx, {
    caseId: id,
    needId: input.need ?? null,
    district: facts.district,
    channel: input.channel,
    result: input.result,
    actor: by.account ?? '',
    actorLabel: by.label,
    at: happened,
    recordedAt: at,
    note: input.note ?? null,
  })
  if (input.phone !== undefined) await addPhone(trx, id, input.phone)
  if (input.result === 'reached') {
    const later = facts.contacted_at !== null && facts.contacted_at > happened
    await updateCase(
      trx,
      id,
      {
        stage: nextStage(facts.stage, 'contact'),
        escalated_at: null,
        ...(later ? {} : { contacted_at: happened }),
      },
      at,
    )
  }
  const event = await record(context, {
    caseId: id,
    district: facts.district,
    kind: 'case.contacted',
    sourceAt: happened.getTime(),
    details: {
      channel: input.channel,
      result: input.result,
      note: input.note !== undefined,
      phone: input.phone !== undefined,
      contact,
      ...(deviceAt !== undefined && { deviceAt }),
      ...columnsBefore(facts, ['stage', 'contacted_at', 'escalated_at']),
    },
  })
  return answerCase(context, id, event)
}

/** Says that somebody above has to look at this, from any stage; a case that had ended is open again. */
export async function escalateCase(context: CommandContext, id: number, { reason }: z.output<typeof escalateBody>) {
  await lockWithTarget(context, id)
  const { facts } = await openCase(context, id, 'case.contact')
  const stage = nextStage(facts.stage, 'escalate')
  const reopened = stage !== facts.stage ? { closed_reason: null, merged_into: null } : {}
  await updateCase(context.trx, id, { stage, escalated_at: context.at, ...reopened }, context.at)
  const returned = await returnNeeds(context, facts)
  const event = await record(context, {
    caseId: id,
    district: facts.district,
    kind: 'case.escalated',
    details: {
      reason,
      from: facts.stage,
      opened: returned.again.join(','),
      returned: returned.moved.join(','),
      ...columnsBefore(facts, ['stage', 'escalated_at', 'closed_reason', 'merged_into']),
    },
  })
  return answerCase(context, id, event)
}

export async function verifyCase(context: CommandContext, id: number) {
  const { facts } = await openCase(context, id, 'case.triage')
  await updateCase(context.trx, id, { stage: nextStage(facts.stage, 'verify') }, context.at)
  const event = await record(context, {
    caseId: id,
    district: facts.district,
    kind: 'case.verified',
    details: { from: facts.stage, ...columnsBefore(facts, ['stage']) },
  })
  return answerCase(context, id, event)
}

/** Adds needs to a case that is under way; kinds it has already stay as they are. */
export async function addNeeds(context: CommandContext, id: number, input: z.output<typeof addNeedsBody>) {
  const kinds = [...new Set(input.needs)]
  const { facts } = await openCase(context, id, 'case.record')
  nextStage(facts.stage, 'contact')
  if (kinds.includes('bed')) demandNoOutcome(facts)
  const opened = await openNeeds(context.trx, id, facts.district, kinds, context.at)
  const event = await record(context, {
    caseId: id,
    district: facts.district,
    kind: 'case.needs_added',
    details: { needs: opened.map((need) => need.kind).join(',') },
  })
  return answerCase(context, id, event)
}
