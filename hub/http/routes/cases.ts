import { z } from '@hono/zod-openapi'
import { type EventDetails, listCaseEvents } from '../../../db/queries/case-events.ts'
import { countCases, listCases, mergedCases, readCase } from '../../../db/queries/cases.ts'
import { contactsOf } from '../../../db/queries/contacts.ts'
import { needsOfCase } from '../../../db/queries/needs.ts'
import { withAccount } from '../../../db/queries/rls.ts'
import { lastTransferOf } from '../../../db/queries/transfers.ts'
import { can } from '../../authorize/decide.ts'
import {
  caseAnswer,
  casesAnswer,
  casesQuery,
  complaintAnswer,
  eventsAnswer,
  revealAnswer,
} from '../../contract/api/cases.ts'
import { caseParams, pageSize } from '../../contract/api/common.ts'
import { searchAnswer, searchBody } from '../../contract/api/search.ts'
import { ACTIONS } from '../../contract/vocabulary/actions.ts'
import { accountKey } from '../../situation/account-key.ts'
import { caseView } from '../../work/cases/case.ts'
import { resourceFor, resourceOf } from '../../work/cases/case-access.ts'
import { caseFilter, cursorAfter, readCaseCursor } from '../../work/cases/case-list.ts'
import { withoutBefore } from '../../work/cases/columns-before.ts'
import { readComplaint } from '../../work/cases/complaint.ts'
import { OUTCOME_NEXT } from '../../work/cases/outcome.ts'
import { revealCase } from '../../work/cases/reveal.ts'
import { searchCases } from '../../work/cases/search.ts'
import { notFound } from '../../work/command/refusals.ts'
import { type CommandContext, commanderOf } from '../../work/command/run.ts'
import { needView } from '../../work/needs/need.ts'
import { isUnderWay } from '../../work/transfers/transfer-rules.ts'
import { transferSteps, transferView } from '../../work/transfers/transfer-view.ts'
import { demand, secured, signedIn } from '../auth/secured.ts'
import { fault, json } from '../command-route.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { createRouter } from '../router.ts'

/** Contacts that a case shows; its history has them all. */
const CONTACTS_MAX = 20
/** Actions that are about one case: what `may` says. */
const CASE_ACTIONS = ACTIONS.filter((action) => action.startsWith('case.'))
const NO_STORE = { 'Cache-Control': 'no-store' }

const list = secured(
  {
    method: 'get',
    path: '/api/cases',
    tags: ['cases'],
    summary: 'Cases of an area without personal data: a board, or the list behind a number; pages by cursor',
    request: { query: casesQuery },
    responses: { 200: { description: 'A page', content: json(casesAnswer) }, 400: fault('The request is wrong') },
  },
  'case.read',
  (c) => ({ area: c.req.query('area') ?? '' }),
)

const read = secured(
  {
    method: 'get',
    path: '/api/cases/{id}',
    tags: ['cases'],
    summary: 'One case without personal data, its needs, transfer and contacts, and what you may do',
    request: { params: caseParams },
    responses: { 200: { description: 'The case', content: json(caseAnswer) }, 404: fault('No such case in your area') },
  },
  'case.read',
)

const events = secured(
  {
    method: 'get',
    path: '/api/cases/{id}/events',
    tags: ['cases'],
    summary: 'The history of a case and of those merged into it, oldest or newest first; pages by cursor',
    request: {
      params: caseParams,
      query: z.object({
        order: z.enum(['oldest', 'newest']).default('oldest'),
        after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
        limit: pageSize,
      }),
    },
    responses: { 200: { description: 'A page', content: json(eventsAnswer) }, 404: fault('No such case in your area') },
  },
  'case.read',
)

const reveal = secured(
  {
    method: 'post',
    path: '/api/cases/{id}/reveal',
    tags: ['cases'],
    summary: 'Name, phone, papers, exact place, notes: for the holder or their supervisor; each time an audit row',
    request: { params: caseParams },
    responses: {
      200: { description: 'The personal data', content: json(revealAnswer) },
      404: fault('No such case in your area'),
    },
  },
  'case.reveal',
)

const search = secured(
  {
    method: 'post',
    path: '/api/cases/search',
    tags: ['cases'],
    summary: 'Cases of your area by tracking code or phone; each time an audit row',
    request: { body: { required: true, content: json(searchBody) } },
    responses: {
      200: { description: 'What was found', content: json(searchAnswer) },
      400: fault('It is neither a tracking code nor a phone number'),
    },
  },
  'case.search',
)

const complaint = secured(
  {
    method: 'post',
    path: '/api/cases/{id}/complaint',
    tags: ['cases'],
    summary: 'Symptoms, oxygen saturation, risks, age: for those who triage or hold; each time an audit row',
    request: { params: caseParams },
    responses: {
      200: { description: 'What the person said', content: json(complaintAnswer) },
      404: fault('No such case in your area'),
    },
  },
  'case.complaint',
)

export function caseRoutes(deps: AppDeps) {
  const { leases } = deps.caseWork
  /** A look that leaves a row in the audit log: one transaction, and no key, for it may be repeated. */
  async function withCommander<T>(c: HubContext, work: (context: CommandContext) => Promise<T>): Promise<T> {
    const by = commanderOf(await signedIn(c))
    const now = deps.clock.now()
    const requestId = c.get('requestId')
    return withAccount(deps.db, by, (trx) =>
      work({ trx, by, now, at: new Date(now), key: requestId, requestId, leases }),
    )
  }
  return createRouter()
    .openapi(list, async (c) => {
      const { order, cursor, limit, ...query } = c.req.valid('query')
      const grant = await signedIn(c)
      const filter = caseFilter(query)
      const after = readCaseCursor(cursor)
      const { rows, total } = await withAccount(deps.db, grant, async (trx) => ({
        rows: await listCases(trx, filter, order, after, limit),
        total: after === undefined ? await countCases(trx, filter) : null,
      }))
      const last = rows.at(-1)
      const cases = rows.map((row) => ({ ...caseView(row), needs: row.needs as Listed[] }))
      return c.json({ cases, cursor: last && rows.length === limit ? cursorAfter(last) : null, total }, 200)
    })
    .openapi(read, async (c) => {
      const { id } = c.req.valid('param')
      const grant = await signedIn(c)
      const now = deps.clock.now()
      const answer = await withAccount(deps.db, grant, async (trx) => {
        const facts = await readCase(trx, id)
        if (facts === undefined) throw notFound('case', id)
        const rows = await needsOfCase(trx, id)
        const resource = resourceOf(facts, rows, grant.account, now)
        demand(grant, 'case.read', resource)
        const last = await lastTransferOf(trx, id)
        const steps = last ? await transferSteps(trx, grant, last, resource) : []
        const transfer = last ? transferView(last) : null
        const underWay = last !== undefined && isUnderWay(last.status)
        const merged = await mergedCases(trx, id)
        const contacts = await contactsOf(trx, [id, ...merged], CONTACTS_MAX)
        return {
          case: caseView(facts),
          needs: rows.map((row) =>
            needView(
              { ...row, severity: facts.severity, stage: facts.stage, outcome: facts.outcome },
              grant.account,
              leases,
            ),
          ),
          transfer: underWay ? transfer : null,
          lastTransfer: underWay ? null : transfer,
          steps: [...steps],
          outcomes: can(grant, 'case.close', resource).allowed ? [...OUTCOME_NEXT[facts.outcome]] : [],
          merged,
          contacts: contacts.map(({ actor_label, case_id, at, ...contact }) => ({
            ...contact,
            case: case_id,
            by: actor_label,
            at: at.getTime(),
          })),
          supervises: can(grant, 'case.release', { area: facts.district }).allowed,
          may: CASE_ACTIONS.filter((action) => can(grant, action, resourceFor(action, facts, resource)).allowed),
        }
      })
      return c.json(answer, 200, NO_STORE)
    })
    .openapi(events, async (c) => {
      const { id } = c.req.valid('param')
      const page = c.req.valid('query')
      const grant = await signedIn(c)
      const now = deps.clock.now()
      const { rows, health } = await withAccount(deps.db, grant, async (trx) => {
        const facts = await readCase(trx, id)
        if (facts === undefined) throw notFound('case', id)
        demand(grant, 'case.read', { area: facts.district })
        const resource = resourceOf(facts, await needsOfCase(trx, id), grant.account, now)
        const health = resourceFor('case.complaint', facts, resource)
        return {
          rows: await listCaseEvents(trx, id, page),
          health: can(grant, 'case.complaint', health).allowed,
        }
      })
      const shown = rows.map((row) => ({
        id: row.id,
        case: row.case_id,
        need: row.need_id,
        kind: row.kind,
        by: row.actor_label,
        yours: row.actor === grant.account,
        sourceAt: row.source_at.getTime(),
        recordedAt: row.recorded_at.getTime(),
        details: shownDetails(row.details, health),
      }))
      const last = rows.at(-1)
      return c.json({ events: shown, cursor: last && rows.length === page.limit ? last.id : null }, 200, NO_STORE)
    })
    .openapi(search, async (c) => {
      const { text } = c.req.valid('json')
      return c.json(await withCommander(c, (context) => searchCases(context, deps.caseWork, text)), 200, NO_STORE)
    })
    .openapi(complaint, async (c) => {
      const { id } = c.req.valid('param')
      const answer = await withCommander(c, (context) => readComplaint(context, id))
      return c.json(answer, 200, NO_STORE)
    })
    .openapi(reveal, async (c) => {
      const { id } = c.req.valid('param')
      const person = await withCommander(c, (context) => revealCase(context, id))
      return c.json(person, 200, NO_STORE)
    })
}

type Listed = z.infer<typeof casesAnswer>['cases'][number]['needs'][number]

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
