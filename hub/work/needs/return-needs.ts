import { lastMergeOf } from '../../../db/queries/case-events.ts'
import { type CaseFacts, lockCases, readCase } from '../../../db/queries/cases.ts'
import { lockNeed, readNeed, writeNeed } from '../../../db/queries/needs.ts'
import type { CommandContext } from '../command/run.ts'
import { idsIn } from './undo-need.ts'

/** Holds a case together with the one it was merged into, in the order of every command on two. */
export async function lockWithTarget({ trx }: CommandContext, id: number): Promise<void> {
  const target = (await readCase(trx, id))?.merged_into
  if (target != null) await lockCases(trx, [id, target])
}

/** What was a duplicate's comes back to it when it turns out to be none. `again`: opened anew, by its events' undo closed. */
export type Returned = { readonly moved: readonly number[]; readonly again: readonly number[] }

/**
 * The needs that a merge took along return, with their holders and how they have ended since; those that it closed as
 * duplicates, because the other case had such a need too, are open again.
 * @param facts the case as it was while merged
 */
export async function returnNeeds({ trx }: CommandContext, facts: CaseFacts): Promise<Returned> {
  const merge = facts.merged_into === null ? undefined : await lastMergeOf(trx, facts.id)
  if (merge === undefined) return { moved: [], again: [] }
  const moved: number[] = []
  for (const id of idsIn(merge.details.moved)) {
    const need = await lockNeed(trx, id)
    if (need?.case_id !== facts.merged_into) continue
    await writeNeed(trx, id, { case_id: facts.id, district: facts.district })
    moved.push(id)
  }
  const again: number[] = []
  for (const id of merge.closed) {
    const need = await readNeed(trx, id)
    if (need?.case_id !== facts.id || need.status !== 'closed' || need.closed_reason !== 'duplicate') continue
    await writeNeed(trx, id, {
      status: 'open',
      freed: 'reopened',
      ended_at: null,
      closed_reason: null,
      held_last: null,
    })
    again.push(id)
  }
  return { moved, again }
}

/** The reopening is taken back: they are the other case's again. */
export async function handNeedsOver({ trx }: CommandContext, ids: readonly number[], to: number): Promise<void> {
  const target = await readCase(trx, to)
  if (target === undefined) return
  for (const id of ids) await writeNeed(trx, id, { case_id: to, district: target.district })
}
