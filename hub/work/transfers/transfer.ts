import { type CaseFacts, lockCase, updateCase } from '../../../db/queries/cases.ts'
import { type KnownFacility, knownFacilities, readFacility } from '../../../db/queries/facilities.ts'
import { readHoldMinutes } from '../../../db/queries/hold-minutes.ts'
import { needsOfCase } from '../../../db/queries/needs.ts'
import { setContext } from '../../../db/queries/rls.ts'
import {
  insertTransfer,
  lockTransfer,
  readTransfer,
  type TransferRow,
  updateTransfer,
} from '../../../db/queries/transfers.ts'
import { demand } from '../../authorize/demand.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import { provinceOf } from '../../contract/vocabulary/areas.ts'
import type { BedLevel } from '../../contract/vocabulary/beds.ts'
import type { BedKind } from '../../contract/vocabulary/facilities.ts'
import type { CarePlace } from '../../contract/vocabulary/severity.ts'
import type { RejectReason, TransferStatus, TransferStep } from '../../contract/vocabulary/transfers.ts'
import { leaveBed } from '../beds/beds.ts'
import { nextStage } from '../cases/case.ts'
import { needsWith, openCase, resourceOf } from '../cases/case-access.ts'
import { endCase } from '../cases/close.ts'
import { record } from '../command/history.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { demandActive } from '../facilities/active.ts'
import { meetNeeds } from '../needs/end-needs.ts'
import { heartbeat } from '../needs/need.ts'
import { moveForStep } from './transfer-end.ts'
import { holdEnds, holdsBed, STEPS, TRANSFER_NEXT, type TransferEvent } from './transfer-rules.ts'
import { isOwnRequest, leadsAcross, transferView } from './transfer-view.ts'

const MINUTE_MS = 60_000

export async function requestTransfer(
  context: CommandContext,
  caseId: number,
  input: { readonly level: BedLevel; readonly facility?: number | undefined },
) {
  const { trx, by, at } = context
  const { facts, needs } = await openCase(context, caseId, 'case.place')
  nextStage(facts.stage, 'admit')
  if (input.facility !== undefined) await demandPlaceOfCare(context, input.facility)
  const bed = needs.find((need) => need.kind === 'bed' && need.ended_at === null)
  const id = await insertTransfer(trx, {
    case_id: caseId,
    need_id: bed?.id ?? null,
    district: facts.district,
    level: input.level,
    to_facility: input.facility ?? null,
    requested_by: by.account,
    requested_label: by.label,
    requested_at: at,
    updated_at: at,
  })
  if (id === undefined) {
    throw new ApiError('transfer_under_way', {})
  }
  const event = await record(context, {
    caseId,
    district: facts.district,
    kind: 'transfer.requested',
    details: { transfer: id, level: input.level, facility: input.facility ?? null },
  })
  return { transfer: transferView(await reread(context, id)), event }
}

export type StepInput = {
  readonly step: TransferStep
  /** for `approve`, `agree` and `redirect`: where to; replaces what was requested */
  readonly facility?: number | undefined
  readonly reason?: RejectReason | undefined
}

/** One step of a transfer, with what it does to a bed of the destination, the case and its needs. */
export async function stepTransfer(context: CommandContext, id: number, input: StepInput) {
  const { event: act } = STEPS[input.step]
  const { facts, row } = await openTransfer(context, id, input.step)
  const leads = act === 'approve' || act === 'redirect'
  const facility = (leads ? input.facility : undefined) ?? row.to_facility
  const step = TRANSFER_NEXT[row.status][act]
  if (step === null) throw new ApiError('not_possible', { status: row.status, event: act })
  if (act === 'approve' && isOwnRequest(row, context.by.account)) {
    throw new ApiError('own_request', {})
  }
  if (leads) await demandDestination(context, row, input.step, facility)
  if (act === 'reject' && input.reason === undefined) {
    throw wrongField('reason', 'required')
  }
  if (step.bed) await moveForStep(context, { ...row, to_facility: facility }, step.bed)
  await updateTransfer(context.trx, id, {
    status: step.to,
    to_facility: facility,
    bed_held: holdsBed(step.to),
    held_until: await heldUntil(context, row, step.to, act, facility),
    rejected_reason: step.to === 'rejected' ? (input.reason ?? null) : null,
    updated_at: context.at,
  })
  const event = await record(context, {
    caseId: row.case_id,
    district: row.district,
    kind: `transfer.${EVENT_NAME[act] ?? step.to}`,
    details: { transfer: id, from: row.status, facility, level: row.level, reason: input.reason ?? null },
  })
  if (act === 'arrive') await admitCase(context, facts, row, facility ?? 0)
  if (act === 'die') {
    const needs = await needsWith(context, facts)
    await endCase(context, facts, needs, { reason: 'died' })
  }
  return { transfer: transferView(await reread(context, id)), event }
}

/** Steps that leave the state as it was have a name of their own in the history. */
const EVENT_NAME: Readonly<Partial<Record<TransferEvent, string>>> = { extend: 'extended', redirect: 'redirected' }

/** A hold runs from when it was accepted, or made longer; on the road it has no end. */
async function heldUntil(
  { trx, now }: CommandContext,
  row: TransferRow,
  to: TransferStatus,
  event: TransferEvent,
  facility: number | null,
): Promise<Date | null> {
  if (!holdEnds(to)) return null
  if (event !== 'accept' && event !== 'extend') return row.held_until
  const destination = facility === null ? undefined : await readFacility(trx, facility)
  const minutes = (await readHoldMinutes(trx)).find(({ kind }) => kind === destination?.kind)?.minutes
  if (minutes === undefined) throw wrongField('facility', 'facility_unknown')
  return new Date(now + minutes * MINUTE_MS)
}

/** Locks the case, then the transfer, and asks whether the commander may take this step. */
async function openTransfer(context: CommandContext, id: number, step: TransferStep) {
  const { trx, by } = context
  const asked = await readTransfer(trx, id)
  if (asked === undefined) throw notFound('transfer', id)
  await demandStep(context, asked, step)
  // The patient's case comes with the patient: the destination may be of another area.
  await setContext(trx, { ...by, areas: [...by.areas, asked.district] })
  const facts = await lockCase(trx, asked.case_id)
  const row = await lockTransfer(trx, id)
  if (facts === undefined || row === undefined) throw notFound('case', asked.case_id)
  if (row.to_facility !== asked.to_facility) await demandStep(context, row, step)
  await heartbeat(context, facts.id)
  return { facts, row }
}

async function reread(context: CommandContext, id: number): Promise<TransferRow> {
  const row = await readTransfer(context.trx, id)
  if (row === undefined) throw new Error(`transfer ${id} vanished under its own lock`)
  return row
}

async function demandStep({ trx, by, now }: CommandContext, row: TransferRow, step: TransferStep): Promise<void> {
  const { event, side } = STEPS[step]
  if (side === 'origin') {
    return demand(by.grant, 'case.place', resourceOf(row, await needsOfCase(trx, row.case_id), by.account, now))
  }
  if (row.to_facility === null || row.to_district === null || (side === 'receiver' && !leadsAcross(row))) {
    throw new ApiError('not_possible', { status: row.status, event })
  }
  const there = { area: row.to_district, facility: row.to_facility }
  demand(by.grant, side === 'receiver' ? 'transfer.agree' : 'facility.report', there)
}

/** Where to is said by whoever may: into another province by its own coordination alone. */
async function demandDestination(
  context: CommandContext,
  row: TransferRow,
  step: TransferStep,
  id: number | null,
): Promise<void> {
  if (id === null) throw wrongField('facility', 'required')
  const facility = await demandPlaceOfCare(context, id)
  if (step === 'approve' && provinceOf(facility.district) !== provinceOf(row.district)) {
    throw new ApiError('other_province_agrees', {})
  }
  if (step === 'agree') demand(context.by.grant, 'transfer.agree', { area: facility.district })
}

const PLACES: Readonly<Record<BedKind, CarePlace>> = {
  hospital: 'hospital',
  field: 'field',
  hospitel: 'hospitel',
  ci: 'ci',
}
const PLACE_OF_KIND: Readonly<Partial<Record<string, CarePlace>>> = PLACES

async function demandPlaceOfCare({ trx }: CommandContext, id: number): Promise<KnownFacility> {
  const [facility] = await knownFacilities(trx, [id])
  if (facility === undefined || PLACE_OF_KIND[facility.kind] === undefined) {
    throw wrongField('facility', 'facility_unknown')
  }
  demandActive(facility)
  return facility
}

async function admitCase(context: CommandContext, facts: CaseFacts, row: TransferRow, facilityId: number) {
  const { trx, at } = context
  const facility = await readFacility(trx, facilityId)
  const place = PLACE_OF_KIND[facility?.kind ?? '']
  if (place === undefined) throw wrongField('facility', 'facility_unknown')
  await leaveBed(context, facts)
  await updateCase(
    trx,
    facts.id,
    {
      care_place: place,
      care_place_at: at,
      stage: nextStage(facts.stage, 'admit'),
      facility_id: facilityId,
      bed_level: row.level,
      override_by: null,
    },
    at,
  )
  await meetNeeds(context, await needsWith(context, facts), place, row.level)
}
