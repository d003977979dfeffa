import { type NeedWithCase, writeNeed } from '../../../db/queries/needs.ts'
import type { BedLevel } from '../../contract/vocabulary/beds.ts'
import type { CloseNeedReason } from '../../contract/vocabulary/needs.ts'
import type { CarePlace } from '../../contract/vocabulary/severity.ts'
import { record } from '../command/history.ts'
import { allowed } from '../command/refusal.ts'
import type { CommandContext } from '../command/run.ts'
import { isMetBy } from './met.ts'
import { before, columnsOf, heldLast, needOf, recordLapse } from './need.ts'
import { decideNeed, NEED_EVENTS } from './need-rules.ts'

type End = { readonly type: 'close'; readonly reason: CloseNeedReason } | { readonly type: 'transfer' }
/** What ended them, for the undo of it: the case, its outcome, or the place the person has come to. */
type With = 'case' | 'outcome' | 'place'

/** Ends what is live; whether that may be taken from its holders has been asked, so this acts as their supervisor. */
async function endNeeds(
  context: CommandContext,
  needs: readonly NeedWithCase[],
  end: End,
  together: With,
): Promise<void> {
  const { trx, by, now } = context
  for (const row of needs) {
    if (row.ended_at !== null) continue
    const need = needOf(row)
    const actor = { id: by.account ?? '', label: by.label, supervises: true }
    const ended = allowed(decideNeed(need, end, actor, 0, now))
    if (ended.lapsed) await recordLapse(context, row, ended.lapsed)
    await writeNeed(trx, row.id, {
      ...columnsOf(ended.need),
      asked_at: null,
      asked_by: null,
      asked_label: null,
      held_last: heldLast(row, ended.need, ended.lapsed),
    })
    await record(context, {
      caseId: row.case_id,
      needId: row.id,
      district: row.district,
      kind: NEED_EVENTS[end.type].history,
      details: {
        need: row.kind,
        ...(end.type === 'close' ? { reason: end.reason } : {}),
        ...(ended.lapsed ? { from: 'open' } : before(need.state)),
        with: together,
      },
    })
  }
}

/** What makes somebody wait for a place of care. */
export const bedNeeds = (needs: readonly NeedWithCase[]) => needs.filter(({ kind }) => kind === 'bed')

export function closeNeeds(
  context: CommandContext,
  needs: readonly NeedWithCase[],
  reason: CloseNeedReason,
  together: With = 'case',
): Promise<void> {
  return endNeeds(context, needs, { type: 'close', reason }, together)
}

/** The person has come to a place of care: what is there is no need any more. */
export function meetNeeds(
  context: CommandContext,
  needs: readonly NeedWithCase[],
  place: CarePlace,
  level: BedLevel | null,
): Promise<void> {
  const met = needs.filter(({ kind }) => isMetBy(kind, place, level))
  return endNeeds(context, met, { type: 'transfer' }, 'place')
}
