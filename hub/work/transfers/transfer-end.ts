import { type TransferRow, updateTransfer } from '../../../db/queries/transfers.ts'
import type { BedEvent } from '../beds/bed-rules.ts'
import { moveBed, takeBed } from '../beds/beds.ts'
import { record } from '../command/history.ts'
import type { CommandContext } from '../command/run.ts'
import { TRANSFER_NEXT } from './transfer-rules.ts'

/** Ends a transfer because its case ends. */
export async function endTransfer(context: CommandContext, row: TransferRow, event: 'cancel' | 'die'): Promise<void> {
  const step = TRANSFER_NEXT[row.status][event]
  if (step === null) return
  if (step.bed) await moveForStep(context, row, step.bed)
  await updateTransfer(context.trx, row.id, {
    status: step.to,
    bed_held: false,
    held_until: null,
    updated_at: context.at,
  })
  await record(context, {
    caseId: row.case_id,
    district: row.district,
    kind: `transfer.${step.to}`,
    details: { transfer: row.id, from: row.status, with: 'case' },
  })
}

/** A hold needs a bed that is available; giving one back must not fail because the facility has since reported none held. */
export async function moveForStep(context: CommandContext, row: TransferRow, event: BedEvent): Promise<void> {
  const facility = row.to_facility ?? 0
  if (event === 'hold') return takeBed(context, facility, row.level, 'hold')
  await moveBed(context, facility, row.level, event)
}
