import {
  callsSince,
  careEventsOf,
  careOwed,
  insertCareEvent,
  keeperOf,
  removeKeeper,
  writeKeeper,
} from '../../../db/queries/care.ts'
import { mergedCases, readCase } from '../../../db/queries/cases.ts'
import { can } from '../../authorize/decide.ts'
import { demand } from '../../authorize/demand.ts'
import type { CareStep } from '../../contract/api/care.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { CARE_ITEMS, type CareItem, isKit, type Kit } from '../../contract/vocabulary/care.ts'
import { openCase } from '../cases/case-access.ts'
import { areaOf } from '../cases/case-area.ts'
import { record } from '../command/history.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { startOfToday } from './care-list.ts'
import { isAtHome } from './check.ts'

/** Something of the plan that was done. */
type Done = { readonly at: number; readonly by: string }
export type Deeds = {
  /** contacts that reached the person today, the newest first */
  readonly calls: readonly Done[]
  /** the newest first */
  readonly events: readonly (Done & { readonly item: CareItem; readonly kind: 'done' | 'lent' | 'returned' })[]
}
type Owed = { readonly item: CareItem; readonly timesPerDay: number | null }

/** Whether a kit is with the person: what was last said of it. */
export function isLent({ events }: Pick<Deeds, 'events'>, kit: Kit): boolean {
  return events.find(({ item }) => item === kit)?.kind === 'lent'
}

/**
 * The plan of somebody at home, item by item. What has been lent stands in it until it is back, also when nobody owes it any
 * more. @param today since when a deed counts as today's, ms since 1970
 */
export function planOf(owed: readonly Owed[], deeds: Deeds, today: number) {
  const items = CARE_ITEMS.filter(
    (item) => owed.some((each) => each.item === item) || (isKit(item) && isLent(deeds, item)),
  )
  return items.map((item) => {
    const timesPerDay = owed.find((each) => each.item === item)?.timesPerDay ?? null
    const of = item === 'call' ? deeds.calls : deeds.events.filter((event) => event.item === item)
    const done = isKit(item) ? Number(isLent(deeds, item)) : count(of, timesPerDay, today)
    const [last] = of
    return {
      item,
      timesPerDay,
      done,
      due: owed.some((each) => each.item === item) && done < (timesPerDay ?? 1),
      lastAt: last?.at ?? null,
      by: last?.by ?? null,
    }
  })
}

function count(of: readonly Done[], timesPerDay: number | null, today: number): number {
  return timesPerDay === null ? of.length : of.filter(({ at }) => at >= today).length
}

async function deedsOf({ trx, now }: CommandContext, id: number): Promise<Deeds> {
  const cases = [id, ...(await mergedCases(trx, id))]
  const calls = await callsSince(trx, cases, startOfToday(now).at)
  const events = await careEventsOf(trx, cases)
  return {
    calls: calls.map(({ at, actor_label }) => ({ at: at.getTime(), by: actor_label })),
    events: events.map(({ at, actor_label, ...event }) => ({ ...event, at: at.getTime(), by: actor_label })),
  }
}

/** @throws ApiError 403, 404 */
export async function showPlan(context: CommandContext, id: number) {
  return planAfter(context, id, null)
}

async function planAfter(context: CommandContext, id: number, event: number | null) {
  const { trx, by, now } = context
  const facts = await readCase(trx, id)
  if (facts === undefined) throw notFound('case', id)
  demand(by.grant, 'case.read', { area: areaOf(facts) })
  const { day, at } = startOfToday(now)
  const atHome = isAtHome(facts)
  const owed = atHome ? await careOwed(trx, facts.district.slice(0, 2), facts.severity) : []
  const keeper = await keeperOf(trx, id)
  return {
    case: id,
    day,
    atHome,
    items: planOf(owed, await deedsOf(context, id), at.getTime()),
    keeper: keeper ? { label: keeper.label, mine: keeper.account === by.account, since: keeper.since.getTime() } : null,
    may: can(by.grant, 'case.care', { area: areaOf(facts) }).allowed,
    event,
  }
}

/** Meals brought, medicine given, a kit lent or back. @throws ApiError 409 when that cannot be */
export async function takeCareStep(context: CommandContext, id: number, { item, kind }: CareStep) {
  const { trx, by, at } = context
  const { facts } = await openCase(context, id, 'case.care')
  if (kind !== 'returned' && !isAtHome(facts)) {
    throw new ApiError('not_at_home', { stage: facts.stage, carePlace: facts.care_place })
  }
  if (kind !== 'done') {
    const lent = isLent(await deedsOf(context, id), item)
    if (lent !== (kind === 'returned')) throw new ApiError(lent ? 'kit_lent' : 'kit_not_lent', { item })
  }
  const careEvent = await insertCareEvent(trx, {
    case_id: id,
    item,
    kind,
    at,
    actor: by.account,
    actor_label: by.label,
  })
  const event = await record(context, {
    caseId: id,
    district: facts.district,
    kind: `care.${kind}`,
    details: { item, careEvent },
  })
  return planAfter(context, id, event)
}

/** Who looks after somebody at home; whoever says so last does. */
export async function keepPerson(context: CommandContext, id: number, { keep }: { readonly keep: boolean }) {
  const { trx, by, at } = context
  const { facts } = await openCase(context, id, 'case.care')
  if (keep && !isAtHome(facts)) {
    throw new ApiError('not_at_home', { stage: facts.stage, carePlace: facts.care_place })
  }
  if (keep) await writeKeeper(trx, { case_id: id, account: by.account ?? '', label: by.label, since: at })
  else await removeKeeper(trx, id)
  await record(context, { caseId: id, district: facts.district, kind: keep ? 'care.kept' : 'care.left' })
  return showPlan(context, id)
}
