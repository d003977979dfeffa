import { keeperOf } from '../../../db/queries/care.ts'
import { mergedCases, readCase } from '../../../db/queries/cases.ts'
import { contactsOf } from '../../../db/queries/contacts.ts'
import { openCorrectionsOf } from '../../../db/queries/corrections.ts'
import { lastTransferOf } from '../../../db/queries/transfers.ts'
import { can } from '../../authorize/decide.ts'
import { demand } from '../../authorize/demand.ts'
import { ACTIONS, type Action } from '../../contract/vocabulary/actions.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { needView } from '../needs/need.ts'
import { viewOf } from '../privacy/corrections.ts'
import { isUnderWay } from '../transfers/transfer-rules.ts'
import { transferSteps, transferView } from '../transfers/transfer-view.ts'
import { caseView } from './case.ts'
import { needsWith, resourceFor, resourceOf, withKeeper } from './case-access.ts'
import { areaOf } from './case-area.ts'
import { OUTCOME_NEXT } from './outcome.ts'

/** Contacts that a case shows; its history has them all. */
const CONTACTS_MAX = 20
/** Actions that are about one case: what `may` says. */
const CASE_ACTIONS = ACTIONS.filter((action) => action.startsWith('case.'))

/** A case without personal data, its needs, transfer and contacts, and what the commander may do. @throws ApiError 403, 404 */
export async function showCase(context: CommandContext, id: number) {
  const { trx, by, now, leases } = context
  const { grant, account } = by
  const facts = await readCase(trx, id)
  if (facts === undefined) throw notFound('case', id)
  const needs = await needsWith(context, facts)
  const resource = resourceOf(facts, needs, account, now)
  demand(grant, 'case.read', resource)
  const last = await lastTransferOf(trx, id)
  const steps = last && grant ? transferSteps(grant, last, resource) : []
  const transfer = last ? transferView(last) : null
  const underWay = last !== undefined && isUnderWay(last.status)
  const merged = await mergedCases(trx, id)
  const contacts = await contactsOf(trx, [id, ...merged], CONTACTS_MAX)
  const may: Action[] = []
  for (const action of CASE_ACTIONS) {
    const kept = await withKeeper(context, facts, action, resource)
    if (can(grant, action, resourceFor(action, facts, kept)).allowed) may.push(action)
  }
  return {
    case: caseView(facts),
    needs: needs.map((need) => needView(need, account, leases)),
    transfer: underWay ? transfer : null,
    lastTransfer: underWay ? null : transfer,
    steps: [...steps],
    outcomes: can(grant, 'case.close', resource).allowed ? [...OUTCOME_NEXT[facts.outcome]] : [],
    merged,
    corrections: (await openCorrectionsOf(trx, [id, ...merged])).map((row) => viewOf(row, now)),
    contacts: contacts.map(({ actor_label, case_id, at, ...contact }) => ({
      ...contact,
      case: case_id,
      by: actor_label,
      at: at.getTime(),
    })),
    keeps: (await keeperOf(trx, id))?.account === account,
    supervises: can(grant, 'case.release', { area: areaOf(facts) }).allowed,
    may,
  }
}
