import { type CaseEventRow, endedWith } from '../../../db/queries/case-events.ts'
import {
  lengthenLease,
  lockNeed,
  type NeedWithCase,
  type ShortenedLease,
  writeNeed,
} from '../../../db/queries/needs.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { FREED } from '../../contract/vocabulary/needs.ts'
import { type NeedBefore, needUndone } from '../cases/undo-rules.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { columnsOf, needOf, stateOf } from './need.ts'
import { isHeld } from './need-rules.ts'

function beforeOf({ details }: CaseEventRow): NeedBefore {
  const { from, holder, label, freed } = details
  if ((from === 'claimed' || from === 'in_progress') && typeof holder === 'string') {
    return { from, holder, label: String(label) }
  }
  const was = FREED.find((each) => each === freed)
  return { from: 'open', freed: was ?? null }
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

/** The needs that ended with the event go back to their holders, with a fresh lease and a new fence. */
export async function undoEndedWith(
  context: CommandContext,
  event: CaseEventRow,
  cases: readonly number[] = [event.case_id],
): Promise<void> {
  for (const closed of await endedWith(context.trx, event, cases)) {
    const row = await lockNeed(context.trx, closed.need_id ?? 0)
    if (row?.ended_at != null) await undoNeed(context, closed)
  }
}

/** Leases as an event keeps them, for the undo of a triage that shortened them. */
export function writeLeases(leases: readonly ShortenedLease[]): string {
  return leases.map(({ id, fence, until }) => [id, fence, until.getTime()].join(':')).join(',')
}

export async function undoShortened({ trx }: CommandContext, written: unknown): Promise<void> {
  if (typeof written !== 'string' || written === '') return
  for (const one of written.split(',')) {
    const [id = 0, fence = 0, until = 0] = one.split(':').map(Number)
    await lengthenLease(trx, { id, fence, until: new Date(until) })
  }
}

/** Needs that a command opened are gone with it; once somebody has taken one, it stands. */
export async function undoOpened({ trx, at }: CommandContext, ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    const row = await lockNeed(trx, id)
    if (row !== undefined && isHeld(stateOf(row))) {
      throw new ApiError('not_possible', { because: 'something_happened_since' })
    }
    if (row?.status === 'open') await writeNeed(trx, id, { status: 'closed', closed_reason: 'cancelled', ended_at: at })
  }
}

/** Ids as an event keeps them. */
export function idsIn(text: unknown): readonly number[] {
  return typeof text === 'string' && text !== '' ? text.split(',').map(Number) : []
}
