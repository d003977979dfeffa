import type { z } from 'zod'
import { type KnownFacility, knownFacilities } from '../../../db/queries/facilities.ts'
import { needsOfCases } from '../../../db/queries/needs.ts'
import { casesOfTransfers, listTransfers, type TransferRow } from '../../../db/queries/transfers.ts'
import { can } from '../../authorize/decide.ts'
import type { Grant } from '../../authorize/grant.ts'
import type { Resource } from '../../authorize/resource.ts'
import type { transfersQuery } from '../../contract/api/cases.ts'
import { provinceOf } from '../../contract/vocabulary/areas.ts'
import type { BedLevel } from '../../contract/vocabulary/beds.ts'
import type { RejectReason, TransferStep } from '../../contract/vocabulary/transfers.ts'
import { accountKey } from '../../situation/account-key.ts'
import { resourceOf } from '../cases/case-access.ts'
import { idAfter } from '../command/keyset.ts'
import type { CommandContext } from '../command/run.ts'
import { openSteps, STEPS } from './transfer-rules.ts'

/** Times: ms since 1970. */
export type TransferView = {
  id: number
  caseId: number
  district: string
  status: TransferRow['status']
  level: BedLevel
  toFacility: number | null
  toDistrict: string | null
  bedHeld: boolean
  heldUntil: number | null
  rejectedReason: RejectReason | null
  requestedBy: string
  requestedKey: string | null
  requestedAt: number
  updatedAt: number
}

export function transferView(row: TransferRow): TransferView {
  return {
    id: row.id,
    caseId: row.case_id,
    district: row.district,
    status: row.status,
    level: row.level,
    toFacility: row.to_facility,
    toDistrict: row.to_district,
    bedHeld: row.bed_held,
    heldUntil: row.held_until?.getTime() ?? null,
    rejectedReason: row.rejected_reason,
    requestedBy: row.requested_label,
    requestedKey: row.requested_by === null ? null : accountKey(row.requested_by),
    requestedAt: row.requested_at.getTime(),
    updatedAt: row.updated_at.getTime(),
  }
}

/** A bed is asked for by one and approved by another. */
export function isOwnRequest(row: Pick<TransferRow, 'requested_by'>, account: string | null): boolean {
  return row.requested_by !== null && row.requested_by === account
}

/** Whether it leads into another province, whose coordination then agrees. */
export function leadsAcross({ district, to_district }: Pick<TransferRow, 'district' | 'to_district'>): boolean {
  return to_district !== null && provinceOf(to_district) !== provinceOf(district)
}

/** Which steps of a transfer are open to somebody who may see it. @param origin its case */
export function transferSteps(grant: Grant, row: TransferRow, origin: Resource): readonly TransferStep[] {
  const { to_facility: facility, to_district: area } = row
  const may = (action: 'transfer.agree' | 'facility.report') =>
    facility !== null && area !== null && can(grant, action, { area, facility }).allowed
  const open = openSteps(row.status, {
    across: leadsAcross(row),
    places: can(grant, 'case.place', origin).allowed,
    agrees: may('transfer.agree'),
    receives: may('facility.report'),
    there: facility !== null && grant.facility === facility,
  })
  return isOwnRequest(row, grant.account) ? open.filter((step) => STEPS[step].event !== 'approve') : open
}

function namesOf(facility: KnownFacility | undefined) {
  return facility === undefined ? null : { nameTh: facility.name_th, nameEn: facility.name_en }
}

/** A page of transfers under way, each with the steps open to the reader, and with its case where they may read it. */
export async function pageOfTransfers({ trx, by, now }: CommandContext, query: z.output<typeof transfersQuery>) {
  const { grant } = by
  if (grant === null) throw new Error('a list for nobody')
  const { area, facility, list, after, limit } = query
  const rows = await listTransfers(trx, facility === undefined ? { area } : { facility }, list, after, limit)
  const caseIds = rows.map((row) => row.case_id)
  const facilities = await knownFacilities(
    trx,
    rows.flatMap(({ to_facility }) => (to_facility === null ? [] : [to_facility])),
  )
  const needs = await needsOfCases(trx, caseIds)
  const cases = await casesOfTransfers(trx, caseIds)
  const transfers = rows.map((row) => {
    const own = needs.filter((need) => need.case_id === row.case_id)
    const found = can(grant, 'case.read', { area: row.district }).allowed
      ? cases.find(({ id }) => id === row.case_id)
      : undefined
    return {
      ...transferView(row),
      to: namesOf(facilities.find(({ id }) => id === row.to_facility)),
      steps: [...transferSteps(grant, row, resourceOf(row, own, grant.account, now))],
      case: found ? { severity: found.severity, risk608: found.risk608, place: found.place ?? found.district } : null,
    }
  })
  return { transfers, cursor: idAfter(transfers, limit) }
}
