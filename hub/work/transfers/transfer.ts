import { type CaseFacts, lockCase, updateCase } from '../../../db/queries/cases.ts'
import { readFacility } from '../../../db/queries/facilities.ts'
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
import type { BedLevel } from '../../contract/vocabulary/beds.ts'
import type { CarePlace } from '../../contract/vocabulary/severity.ts'
import { HOLD_MINUTES, type RejectReason, type TransferStatus } from '../../contract/vocabulary/transfers.ts'
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
import { holdEnds, holdsBed, TRANSFER_NEXT, TRANSFER_SIDE, type TransferAct } from './transfer-rules.ts'
import { isOwnRequest, transferView } from './transfer-view.ts'

const MINUTE_MS = 60_000

export async function requestTransfer(
  context: CommandContext,
  caseId: number,
  input: { readonly level: BedLevel; readonly facility?: number | undefined },
) {
  const { trx, by, at } = context
  const { facts, needs } = await openCase(context, caseId, 'case.place')
  nextStage(facts.stage, 'admit')
  await demandPlaceOfCare(context, input.facility)
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
  readonly event: TransferAct
  /** for `approve`: where to; replaces what was requested */
  readonly facility?: number | undefined
  readonly reason?: RejectReason | undefined
}

/** One step of a transfer, with what it does to a bed of the destination, the case and its needs. */
export async function stepTransfer(context: CommandContext, id: number, input: StepInput) {
  const { facts, row } = await openTransfer(context, id, input.event)
  const facility = (input.event === 'approve' ? input.facility : undefined) ?? row.to_facility
  const step = TRANSFER_NEXT[row.status][input.event]
  if (step === null) throw new ApiError('not_possible', { status: row.status, event: input.event })
  if (input.event === 'approve' && isOwnRequest(row, context.by.account)) {
    throw new ApiError('own_request', {})
  }
  if (input.event === 'approve' && facility === null) throw wrongField('facility', 'required')
  if (input.event === 'approve') await demandPlaceOfCare(context, facility)
  if (input.event === 'reject' && input.reason === undefined) {
    throw wrongField('reason', 'required')
  }
  if (step.bed) await moveForStep(context, { ...row, to_facility: facility }, step.bed)
  await updateTransfer(context.trx, id, {
    status: step.to,
    to_facility: facility,
    bed_held: holdsBed(step.to),
    held_until: await heldUntil(context, row, step.to, input.event, facility),
    rejected_reason: step.to === 'rejected' ? (input.reason ?? null) : null,
    updated_at: context.at,
  })
  const event = await record(context, {
    caseId: row.case_id,
    district: row.district,
    kind: input.event === 'extend' ? 'transfer.extended' : `transfer.${step.to}`,
    details: { transfer: id, from: row.status, facility, level: row.level, reason: input.reason ?? null },
  })
  if (input.event === 'arrive') await admitCase(context, facts, row, facility ?? 0)
  if (input.event === 'die') {
    const needs = await needsWith(context, facts)
    await endCase(context, facts, needs, { reason: 'died' })
  }
  return { transfer: transferView(await reread(context, id)), event }
}

/** A hold runs from when it was accepted, or made longer; on the road it has no end. */
async function heldUntil(
  { trx, now }: CommandContext,
  row: TransferRow,
  to: TransferStatus,
  event: TransferAct,
  facility: number | null,
): Promise<Date | null> {
  if (!holdEnds(to)) return null
  if (event !== 'accept' && event !== 'extend') return row.held_until
  const destination = facility === null ? undefined : await readFacility(trx, facility)
  return new Date(now + HOLD_MINUTES[destination?.kind ?? 'hospital'] * MINUTE_MS)
}

/** Locks the case, then the transfer, and asks whether the commander may take this step. */
async function openTransfer(context: CommandContext, id: number, event: TransferAct) {
  const { trx, by } = context
  const asked = await readTransfer(trx, id)
  if (asked === undefined) throw notFound('transfer', id)
  await demandStep(context, asked, event)
  // The patient's case comes with the patient: the destination may be of another area.
  await setContext(trx, { ...by, areas: [...by.areas, asked.district] })
  const facts = await lockCase(trx, asked.case_id)
  const row = await lockTransfer(trx, id)
  if (facts === undefined || row === undefined) throw notFound('case', asked.case_id)
  if (row.to_facility !== asked.to_facility) await demandStep(context, row, event)
  await heartbeat(context, facts.id)
  return { facts, row }
}

async function reread(context: CommandContext, id: number): Promise<TransferRow> {
  const row = await readTransfer(context.trx, id)
  if (row === undefined) throw new Error(`transfer ${id} vanished under its own lock`)
  return row
}

async function demandStep({ trx, by, now }: CommandContext, row: TransferRow, event: TransferAct): Promise<void> {
  const destination = row.to_facility === null ? undefined : await readFacility(trx, row.to_facility)
  const side = TRANSFER_SIDE[event]
  if (side === 'destination' && destination === undefined) {
    throw new ApiError('not_possible', { status: row.status, event })
  }
  const atDestination = destination !== undefined && by.facility === destination.id
  if (side === 'destination' || (side === 'either' && atDestination)) {
    demand(by.grant, 'facility.report', { area: destination?.district ?? '', facility: destination?.id ?? 0 })
  } else demand(by.grant, 'case.place', resourceOf(row, await needsOfCase(trx, row.case_id), by.account, now))
}

const PLACE_OF_KIND: Readonly<Record<string, CarePlace>> = {
  hospital: 'hospital',
  field: 'field',
  hospitel: 'hospitel',
  ci: 'ci',
}

/** Of a facility in another area nothing is known here; there the arrival would be refused. */
async function demandPlaceOfCare({ trx }: CommandContext, id: number | null | undefined): Promise<void> {
  const facility = id == null ? undefined : await readFacility(trx, id)
  if (facility && PLACE_OF_KIND[facility.kind] === undefined) {
    throw wrongField('facility', 'facility_unknown')
  }
  if (facility) demandActive(facility)
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
