import { type EventDetails, listCaseEvents } from '../../../db/queries/case-events.ts'
import { readCase } from '../../../db/queries/cases.ts'
import { needsOfCase } from '../../../db/queries/needs.ts'
import { can } from '../../authorize/decide.ts'
import { demand } from '../../authorize/demand.ts'
import { accountKey } from '../../situation/account-key.ts'
import { idAfter } from '../command/keyset.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { resourceFor, resourceOf } from './case-access.ts'
import { areaOf } from './case-area.ts'
import { withoutBefore } from './columns-before.ts'

type Page = Parameters<typeof listCaseEvents>[2]

/** A page of what happened to a case and to those merged into it. @throws ApiError 403, 404 */
export async function historyOf({ trx, by, now }: CommandContext, id: number, page: Page) {
  const facts = await readCase(trx, id)
  if (facts === undefined) throw notFound('case', id)
  demand(by.grant, 'case.read', { area: areaOf(facts) })
  const resource = resourceOf(facts, await needsOfCase(trx, id), by.account, now)
  const health = can(by.grant, 'case.complaint', resourceFor('case.complaint', facts, resource)).allowed
  const rows = await listCaseEvents(trx, id, page)
  const events = rows.map((row) => ({
    id: row.id,
    case: row.case_id,
    need: row.need_id,
    kind: row.kind,
    by: row.actor_label,
    yours: row.actor === by.account,
    sourceAt: row.source_at.getTime(),
    recordedAt: row.recorded_at.getTime(),
    details: shownDetails(row.details, health),
  }))
  return { events, cursor: idAfter(rows, page.limit) }
}

/**
 * The history keeps who held a need and how a case stood, for an undo; what leaves the hub is the key that boards show.
 * @param health whether what the person said of their condition is shown too
 */
function shownDetails(all: EventDetails, health: boolean): EventDetails {
  const { holder, symptoms, risks, spo2, ...rest } = withoutBefore(all)
  const said = Object.entries({ symptoms, risks, spo2 }).filter(([, value]) => health && value !== undefined)
  const details = { ...rest, ...(Object.fromEntries(said) as EventDetails) }
  return typeof holder === 'string' ? { ...details, holder: accountKey(holder) } : details
}
