import type { Transaction } from 'kysely'
import type { z } from 'zod'
import { facilitiesOf } from '../../../db/queries/facilities.ts'
import { needsOfCases } from '../../../db/queries/needs.ts'
import { casesOfTransfers, listTransfers, type TransferRow } from '../../../db/queries/transfers.ts'
import type { Database } from '../../../db/schema.ts'
import { can } from '../../authorize/decide.ts'
import type { Grant } from '../../authorize/grant.ts'
import type { Resource } from '../../authorize/resource.ts'
import type { transfersQuery } from '../../contract/api/cases.ts'
import type { BedLevel } from '../../contract/vocabulary/beds.ts'
import type { RejectReason, TransferStep } from '../../contract/vocabulary/transfers.ts'
import { accountKey } from '../../situation/account-key.ts'
import { resourceOf } from '../cases/case-access.ts'
import { idAfter } from '../command/keyset.ts'
import type { CommandContext } from '../command/run.ts'
import { openSteps } from './transfer-rules.ts'

/** Times: ms since 1970. */
export type TransferView = {
  id: number
  caseId: number
  district: string
  status: TransferRow['status']
  level: BedLevel
  toFacility: number | null
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

type Destination = { readonly id: number; readonly district: string }

function stepsOf(
  grant: Grant,
  row: TransferRow,
  origin: Resource,
  destination: Destination | undefined,
): readonly TransferStep[] {
  const receives =
    destination !== undefined &&
    can(grant, 'facility.report', { area: destination.district, facility: destination.id }).allowed
  const there = destination !== undefined && grant.facility === destination.id
  const open = openSteps(row.status, { places: can(grant, 'case.place', origin).allowed, receives, there })
  return isOwnRequest(row, grant.account) ? open.filter((step) => step !== 'approve') : open
}

/** Which steps of a transfer are open to somebody who may see its case. */
export async function transferSteps(
  trx: Transaction<Database>,
  grant: Grant,
  row: TransferRow,
  origin: Resource,
): Promise<readonly TransferStep[]> {
  const destinations = await facilitiesOf(trx, row.to_facility === null ? [] : [row.to_facility])
  return stepsOf(grant, row, origin, destinations[0])
}

/** A page of transfers under way, each with the steps open to the reader, and with its case where they may read it. */
export async function pageOfTransfers({ trx, by, now }: CommandContext, query: z.output<typeof transfersQuery>) {
  const { grant } = by
  if (grant === null) throw new Error('a list for nobody')
  const { area, facility, list, after, limit } = query
  const rows = await listTransfers(trx, facility === undefined ? { area } : { facility }, list, after, limit)
  const caseIds = rows.map((row) => row.case_id)
  const facilities = await facilitiesOf(
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
      steps: [
        ...stepsOf(
          grant,
          row,
          resourceOf(row, own, grant.account, now),
          facilities.find(({ id }) => id === row.to_facility),
        ),
      ],
      case: found ? { severity: found.severity, risk608: found.risk608, place: found.place ?? found.district } : null,
    }
  })
  return { transfers, cursor: idAfter(transfers, limit) }
}
