import { type CaseFacts, updateCase } from '../../../db/queries/cases.ts'
import { readFacility } from '../../../db/queries/facilities.ts'
import { openNeeds, shortenLeases } from '../../../db/queries/needs.ts'
import { liveTransferOf } from '../../../db/queries/transfers.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import type { BedLevel } from '../../contract/vocabulary/beds.ts'
import type { CarePlace, MilderReason, Severity } from '../../contract/vocabulary/severity.ts'
import { leaveBed, takeBed } from '../beds/beds.ts'
import { record } from '../command/history.ts'
import { allowed } from '../command/refusal.ts'
import type { CommandContext } from '../command/run.ts'
import { bedNeeds, closeNeeds, meetNeeds } from '../needs/end-needs.ts'
import { leaseUntil } from '../needs/lease.ts'
import { writeLeases } from '../needs/undo-need.ts'
import { decidePlace, NEEDS_BED } from './care-place.ts'
import { answerCase, nextStage } from './case.ts'
import { openCase } from './case-access.ts'
import { columnsBefore } from './columns-before.ts'
import { saidOf } from './complaint.ts'
import { decideTriage, wantsReason } from './severity.ts'
import type { StageEvent } from './stage.ts'

export type TriageInput = {
  readonly severity: Severity
  readonly risk608?: boolean | undefined
  readonly classification?: CaseFacts['classification'] | undefined
  readonly override?: string | undefined
  /** why somebody with danger signs is milder than red */
  readonly reason?: MilderReason | undefined
}

/** Re-triage, both ways. A red case at home goes to the queue for beds, with a need for one, unless somebody overrides it. */
export async function triageCase(context: CommandContext, id: number, input: TriageInput) {
  const { trx, at, now, leases } = context
  const { facts } = await openCase(context, id, 'case.triage')
  const stage = nextStage(facts.stage, 'triage')
  const current = { severity: facts.severity, severityAt: facts.severity_at.getTime() }
  if (input.reason === undefined && wantsReason(current, input.severity, await saidOf(context, id))) {
    throw new ApiError('reason_needed', { from: facts.severity, to: input.severity })
  }
  const decision = allowed(
    decideTriage({ severity: facts.severity, carePlace: facts.care_place }, input.severity, input.override ?? null),
  )
  const moved = decision.carePlace !== facts.care_place
  await updateCase(
    trx,
    id,
    {
      severity: decision.severity,
      severity_at: at,
      stage: decision.move ? nextStage(stage, 'queue') : stage,
      override_by: decision.override,
      ...(moved ? { care_place: decision.carePlace, care_place_at: at } : {}),
      ...(input.risk608 === undefined ? {} : { risk608: input.risk608 }),
      ...(input.classification === undefined ? {} : { classification: input.classification }),
    },
    at,
  )
  const [opened] = decision.move ? await openNeeds(trx, id, facts.district, ['bed'], at) : []
  const shortened = await shortenLeases(trx, id, new Date(leaseUntil(leases, decision.severity, now)))
  const event = await record(context, {
    caseId: id,
    district: facts.district,
    kind: 'case.triaged',
    details: {
      from: facts.severity,
      to: decision.severity,
      fromPlace: facts.care_place,
      toPlace: decision.carePlace,
      override: decision.override !== null,
      reason: input.reason ?? null,
      openedNeed: opened?.id ?? null,
      shortened: writeLeases(shortened),
      ...columnsBefore(facts, ['stage', 'severity', 'severity_at', 'risk608', 'classification', 'override_by']),
      ...(moved ? columnsBefore(facts, ['care_place', 'care_place_at']) : {}),
    },
  })
  return answerCase(context, id, event)
}

export type PlaceInput = {
  readonly place: CarePlace
  readonly facility?: number | undefined
  readonly level?: BedLevel | undefined
  readonly override?: string | undefined
}

const STAGE_OF_PLACE: Partial<Record<CarePlace, StageEvent>> = {
  waiting: 'queue',
  hi: 'monitor',
  discharged: 'monitor',
}

/**
 * Puts a case in a place of care, which ends the needs that it meets. Where beds are reported by level, one that is
 * available becomes occupied, or 409. `waiting` is a place where nobody is cared for: it comes with the need for a bed.
 */
export async function placeCase(context: CommandContext, id: number, input: PlaceInput) {
  const { trx, at } = context
  const { facts, needs } = await openCase(context, id, 'case.place')
  const bed = input.facility !== undefined && input.level !== undefined
  const decision = allowed(
    decidePlace({ severity: facts.severity, carePlace: facts.care_place }, input.place, input.override ?? null, bed),
  )
  if (await liveTransferOf(trx, id)) {
    throw new ApiError('transfer_under_way', {})
  }
  const stage = nextStage(facts.stage, STAGE_OF_PLACE[input.place] ?? 'admit')
  const takesBed = NEEDS_BED[input.place] || (input.place === 'ci' && bed)
  if (takesBed) await takeBed(context, await facilityFor(context, input), input.level ?? '0', 'admit_direct')
  await leaveBed(context, facts)
  await updateCase(
    trx,
    id,
    {
      care_place: decision.carePlace,
      care_place_at: at,
      stage,
      override_by: decision.override,
      facility_id: takesBed ? (input.facility ?? null) : null,
      bed_level: takesBed ? (input.level ?? null) : null,
    },
    at,
  )
  await meetNeeds(context, needs, decision.carePlace, takesBed ? (input.level ?? null) : null)
  if (input.place === 'discharged') await closeNeeds(context, bedNeeds(needs), 'case_closed', 'place')
  const [opened] = input.place === 'waiting' ? await openNeeds(trx, id, facts.district, ['bed'], at) : []
  const event = await record(context, {
    caseId: id,
    district: facts.district,
    kind: 'case.placed',
    details: {
      from: facts.care_place,
      to: decision.carePlace,
      facility: takesBed ? (input.facility ?? null) : null,
      level: takesBed ? (input.level ?? null) : null,
      openedNeed: opened?.id ?? null,
      unsuitable: decision.unsuitable,
      override: decision.override !== null,
      ...columnsBefore(facts, ['stage', 'care_place', 'care_place_at', 'facility_id', 'bed_level', 'override_by']),
    },
  })
  return answerCase(context, id, event)
}

/** The facility must be of the kind that the place of care says. */
async function facilityFor(context: CommandContext, input: PlaceInput): Promise<number> {
  const facility = await readFacility(context.trx, input.facility ?? 0)
  if (facility === undefined || !facility.active || facility.kind !== input.place) {
    throw wrongField('facility', 'facility_unknown')
  }
  return facility.id
}
