import type { TransferRow } from '../../../db/queries/transfers.ts'
import type { RejectReason } from '../../cases/transfer.ts'
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
