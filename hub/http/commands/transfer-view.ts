import type { Transaction } from 'kysely'
import { readFacility } from '../../../db/queries/facilities.ts'
import type { TransferRow } from '../../../db/queries/transfers.ts'
import type { Database } from '../../../db/schema.ts'
import { can, type Grant, type Resource } from '../../authorize/index.ts'
import { openSteps, type RejectReason, type TransferStep } from '../../cases/transfer.ts'
import type { BedLevel } from '../../wire/metrics.ts'

/** Times: ms since 1970. */
export type TransferView = {
  id: number
  caseId: number
  district: string
  status: TransferRow['status']
  level: BedLevel
  toFacility: number | null
  bedHeld: boolean
  rejectedReason: RejectReason | null
  requestedBy: string
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
    bedHeld: row.bed_held,
    rejectedReason: row.rejected_reason,
    requestedBy: row.requested_label,
    requestedAt: row.requested_at.getTime(),
    updatedAt: row.updated_at.getTime(),
  }
}

/** Which steps of a transfer are open to somebody who may see its case. */
export async function transferSteps(
  trx: Transaction<Database>,
  grant: Grant,
  row: TransferRow,
  origin: Resource,
): Promise<readonly TransferStep[]> {
  const destination = row.to_facility === null ? undefined : await readFacility(trx, row.to_facility)
  const receives =
    destination !== undefined &&
    can(grant, 'facility.report', { area: destination.district, facility: destination.id }).allowed
  const there = destination !== undefined && grant.facility === destination.id
  return openSteps(row.status, { places: can(grant, 'case.place', origin).allowed, receives, there })
}
