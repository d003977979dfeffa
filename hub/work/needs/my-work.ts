import { type EndedRow, endedBy } from '../../../db/queries/my-work.ts'
import { ENDED_MAX } from '../../contract/api/my-work.ts'
import type { AnswerOf } from '../../contract/api/routes.ts'
import type { CloseNeedReason } from '../../contract/vocabulary/needs.ts'
import type { CloseReason } from '../../contract/vocabulary/stages.ts'
import { bangkokDay } from '../command/days.ts'
import type { CommandContext } from '../command/run.ts'
import { needsOfMine } from './need.ts'

type MyWork = AnswerOf<'GET /api/my-work'>
type Ended = MyWork['ended'][number]

const HOW = { 'need.fulfilled': 'fulfilled', 'need.transferred': 'transferred', 'need.closed': 'closed' } as const

function endedOf({ event, case_id: caseId, at, kind, need, reason }: EndedRow): Ended {
  const what = { event, caseId, at: at.getTime() }
  if (kind === 'case.closed') return { what: 'case', ...what, reason: reason as CloseReason }
  if (need === null) throw new Error(`event ${event} ended a need that is gone`)
  return { what: 'need', ...what, kind: need, how: HOW[kind], reason: reason as CloseNeedReason | null }
}

/** What the commander holds, and what they have ended since midnight in Bangkok. */
export async function workOfMine(context: CommandContext): Promise<MyWork> {
  const { trx, by, now } = context
  const day = bangkokDay(now)
  const since = new Date(`${day}T00:00:00+07:00`)
  const rows = by.account === null ? [] : await endedBy(trx, by.account, { since, limit: ENDED_MAX })
  const { needs } = await needsOfMine(context)
  return { day, held: needs, ended: rows.map(endedOf), total: rows[0]?.total ?? 0 }
}
