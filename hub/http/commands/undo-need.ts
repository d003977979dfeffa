import { type CaseEventRow, closedWith } from '../../../db/queries/case-events.ts'
import { lockNeed, type NeedWithCase, writeNeed } from '../../../db/queries/needs.ts'
import { type NeedBefore, needUndone } from '../../cases/undo.ts'
import { columnsOf, needOf } from './need.ts'
import { notFound } from './refusals.ts'
import type { CommandContext } from './run.ts'

function beforeOf({ details }: CaseEventRow): NeedBefore {
  const { from, holder, label } = details
  if ((from === 'claimed' || from === 'in_progress') && typeof holder === 'string') {
    return { from, holder, label: String(label) }
  }
  return { from: 'open' }
}

/** Gives the event's need back to whoever had it before. */
export async function undoNeed(context: CommandContext, event: CaseEventRow): Promise<NeedWithCase> {
  const { trx, now, leases } = context
  const id = event.need_id ?? 0
  const row = await lockNeed(trx, id)
  if (row === undefined) throw notFound('need', id)
  const columns = columnsOf(needUndone(needOf(row), beforeOf(event), leases[row.severity], now))
  await writeNeed(trx, id, columns)
  return { ...row, ...columns }
}

/** The needs that were closed with a case go back to their holders, with a fresh lease and a new fence. */
export async function undoClosedWith(context: CommandContext, event: CaseEventRow): Promise<void> {
  for (const closed of await closedWith(context.trx, event)) {
    const row = await lockNeed(context.trx, closed.need_id ?? 0)
    if (row?.status === 'closed') await undoNeed(context, closed)
  }
}
