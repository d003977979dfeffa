import { keeperOf } from '../../../db/queries/care.ts'
import { type CaseFacts, lockCase } from '../../../db/queries/cases.ts'
import { type NeedRow, type NeedWithCase, needsOfCase } from '../../../db/queries/needs.ts'
import { demand } from '../../authorize/demand.ts'
import type { Resource } from '../../authorize/resource.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { heartbeat, holds } from '../needs/need.ts'
import { areaOf } from './case-area.ts'
import { hasEnded } from './stage.ts'

export type OpenedCase = { readonly facts: CaseFacts; readonly needs: readonly NeedWithCase[] }

/**
 * Locks a case, and asks the table whether the commander may do this to it: as holder of one of its needs, or in their
 * area. What they hold of it is kept by that.
 */
export async function openCase(context: CommandContext, id: number, action: Action): Promise<OpenedCase> {
  const facts = await lockCase(context.trx, id)
  if (facts === undefined) throw notFound('case', id)
  const needs = await needsWith(context, facts)
  const resource = resourceOf(facts, needs, context.by.account, context.now)
  demand(context.by.grant, action, resourceFor(action, facts, await withKeeper(context, facts, action, resource)))
  await heartbeat(context, id)
  return { facts, needs }
}

/** What whoever looks after somebody at home needs: to call them, and to know how they were. */
const KEEPING: readonly Action[] = ['case.reveal', 'case.complaint', 'case.contact', 'case.correct']

/** Who looks after a person at home stands as their last holder would, for as long as the case is under way. */
export async function withKeeper(
  { trx, by }: Pick<CommandContext, 'trx' | 'by'>,
  { id, stage }: Pick<CaseFacts, 'id' | 'stage'>,
  action: Action,
  resource: Resource,
): Promise<Resource> {
  if (!KEEPING.includes(action) || by.account === null || hasEnded(stage)) return resource
  const keeper = await keeperOf(trx, id)
  return keeper?.account === by.account ? { ...resource, lastHolder: by.account } : resource
}

export async function needsWith(
  { trx }: CommandContext,
  { id, place, severity, stage, outcome }: CaseFacts,
): Promise<NeedWithCase[]> {
  return (await needsOfCase(trx, id)).map((need) => ({ ...need, place, severity, stage, outcome }))
}

/**
 * The case as the authorisation table sees it: its holder is whoever holds one of its needs now, and when nothing is
 * needed any more, its last holder who held a need last.
 * @param facts without a stage, nobody is asked to close it
 */
export function resourceOf(
  facts: Pick<CaseFacts, 'district'> & Partial<Pick<CaseFacts, 'place' | 'stage'>>,
  needs: readonly NeedRow[],
  account: string | null,
  now: number,
): Resource {
  const mine = needs.some((need) => holds(need, account, now))
  const underWay = facts.stage !== undefined && !hasEnded(facts.stage)
  return { area: areaOf(facts), holder: mine ? account : null, lastHolder: underWay ? lastHolderOf(needs) : null }
}

/** Who held it last sees the person for as long as there is something to do for them: until the outcome is recorded. */
export function resourceFor(action: Action, { outcome }: Pick<CaseFacts, 'outcome'>, resource: Resource): Resource {
  const sees = action === 'case.reveal' || action === 'case.complaint'
  return sees && outcome !== 'none' ? { ...resource, lastHolder: null } : resource
}

function lastHolderOf(needs: readonly NeedRow[]): string | null {
  if (needs.some((need) => need.ended_at === null)) return null
  const held = needs.filter((need) => need.held_last !== null)
  held.sort((a, b) => (b.ended_at?.getTime() ?? 0) - (a.ended_at?.getTime() ?? 0))
  return held[0]?.held_last ?? null
}
