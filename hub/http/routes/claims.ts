import type { z } from '@hono/zod-openapi'
import { findAccount } from '../../../db/queries/accounts.ts'
import { accountOfKey, findColleagues } from '../../../db/queries/colleagues.ts'
import { needsHeldBy, readNeed } from '../../../db/queries/needs.ts'
import { withAccount } from '../../../db/queries/rls.ts'
import { can } from '../../authorize/decide.ts'
import type { Grant } from '../../authorize/grant.ts'
import { reachOf } from '../../authorize/table.ts'
import { closeNeedBody, emptyBody, fenceBody, needAnswer, needsAnswer, offerBody } from '../../contract/api/cases.ts'
import { colleaguesAnswer, colleaguesQuery } from '../../contract/api/colleagues.ts'
import { caseParams } from '../../contract/api/common.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import { ROLES } from '../../contract/vocabulary/roles.ts'
import { notFound, wrongField } from '../../work/command/refusals.ts'
import { commanderOf, runCommand } from '../../work/command/run.ts'
import { holds, moveNeed, needView } from '../../work/needs/need.ts'
import type { Holder, NeedEvent } from '../../work/needs/need-rules.ts'
import { grantOf } from '../auth/grant-rows.ts'
import { demand, secured, signedIn } from '../auth/secured.ts'
import { commandRoute, fault, json } from '../command-route.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { createRouter } from '../router.ts'

const needRoute = <P extends string, B extends z.ZodType>(name: P, action: Action, summary: string, body: B) =>
  commandRoute({
    path: `/api/needs/{id}/${name}` as const,
    action,
    tag: 'claims',
    summary,
    body,
    answer: needAnswer,
    params: caseParams,
  })

const mine = secured(
  {
    method: 'get',
    path: '/api/needs/mine',
    tags: ['claims'],
    summary: 'The needs you hold, the lease that ends first at the top',
    responses: { 200: { description: 'The needs', content: json(needsAnswer) } },
  },
  'case.claim',
)
const colleagues = secured(
  {
    method: 'get',
    path: '/api/needs/{id}/colleagues',
    tags: ['claims'],
    summary: 'Who could take this need over: call-signs and roles of the area, nothing of a person',
    request: { params: caseParams, query: colleaguesQuery },
    responses: {
      200: { description: 'Some of them', content: json(colleaguesAnswer) },
      404: fault('No such need in your area'),
    },
  },
  'case.handover',
)
const claim = needRoute(
  'claim',
  'case.claim',
  'Take a need; the loser of a race is told who has it and since when',
  emptyBody,
)
const heartbeat = needRoute(
  'heartbeat',
  'case.contact',
  'Keep a claim; every other command of its holder does so too',
  fenceBody,
)
const start = needRoute('start', 'case.contact', 'Begin', fenceBody)
const fulfil = needRoute('fulfil', 'case.contact', 'Done', fenceBody)
const release = needRoute('release', 'case.release', 'Give it back; name and phone are hidden at once', fenceBody)
const ask = needRoute('ask', 'case.claim', 'Ask the holder to hand it over', emptyBody)
const offer = needRoute(
  'offer',
  'case.handover',
  'Offer it to a colleague, or to who asked for it: by key, so that it goes to whom the holder saw',
  offerBody,
)
const withdraw = needRoute('withdraw', 'case.handover', 'Take the offer back', fenceBody)
const accept = needRoute('accept', 'case.claim', 'Take what was offered to you', emptyBody)
const reject = needRoute('reject', 'case.claim', 'Decline what was offered to you', emptyBody)
const close = needRoute('close', 'case.close', 'Close a need with a reason', closeNeedBody)
const reopen = needRoute('reopen', 'case.reopen', 'Open an ended need again', emptyBody)

const CLAIMERS = ROLES.filter((role) => reachOf(role, 'case.claim') !== 'deny')
const NO_STORE = { 'Cache-Control': 'no-store' }

export function claimRoutes(deps: AppDeps) {
  const { leases } = deps.caseWork

  async function move(c: HubContext, id: number, body: { fence?: number | undefined }, event: Event) {
    const by = commanderOf(await signedIn(c))
    const answer = await runCommand(deps, c, by, body, async (context) => ({
      status: 200,
      body: await moveNeed(context, id, event, body.fence),
    }))
    return answer.body
  }

  /** The colleague a need is offered to: they must be able to take it, and boards show only their call-sign. */
  async function colleague(grant: Grant, id: number, to: string): Promise<Holder> {
    const need = await withAccount(deps.db, grant, (trx) => readNeed(trx, id))
    if (need === undefined) throw notFound('need', id)
    const account = await accountOfKey(deps.accounts.db, to)
    const found = account === undefined ? undefined : await findAccount(deps.accounts.db, account)
    const other = found === undefined || found.disabled ? null : grantOf(found)
    if (
      other === null ||
      other.account === need.claimed_by ||
      !can(other, 'case.claim', { area: need.district }).allowed
    ) {
      throw wrongField('to', 'choice', 'There is no such account that works in this area.')
    }
    return { id: other.account, label: other.label }
  }

  return createRouter()
    .openapi(mine, async (c) => {
      const grant = await signedIn(c)
      const rows = await withAccount(deps.db, grant, (trx) => needsHeldBy(trx, grant.account))
      return c.json({ needs: rows.map((row) => needView(row, grant.account, leases)) }, 200)
    })
    .openapi(colleagues, async (c) => {
      const { id } = c.req.valid('param')
      const { text, limit } = c.req.valid('query')
      const grant = await signedIn(c)
      const need = await withAccount(deps.db, grant, (trx) => readNeed(trx, id))
      if (need === undefined) throw notFound('need', id)
      const mine = holds(need, grant.account, deps.clock.now())
      demand(grant, 'case.handover', { area: need.district, holder: mine ? grant.account : null })
      const found = await findColleagues(deps.accounts.db, {
        district: need.district,
        roles: CLAIMERS,
        except: need.claimed_by,
        text: text ?? null,
        limit: limit + 1,
      })
      return c.json({ colleagues: found.slice(0, limit), more: found.length > limit }, 200, NO_STORE)
    })
    .openapi(claim, async (c) =>
      c.json(await move(c, c.req.valid('param').id, c.req.valid('json'), { type: 'claim' }), 200),
    )
    .openapi(heartbeat, async (c) =>
      c.json(await move(c, c.req.valid('param').id, c.req.valid('json'), { type: 'heartbeat' }), 200),
    )
    .openapi(start, async (c) =>
      c.json(await move(c, c.req.valid('param').id, c.req.valid('json'), { type: 'start' }), 200),
    )
    .openapi(fulfil, async (c) =>
      c.json(await move(c, c.req.valid('param').id, c.req.valid('json'), { type: 'fulfil' }), 200),
    )
    .openapi(release, async (c) =>
      c.json(await move(c, c.req.valid('param').id, c.req.valid('json'), { type: 'release' }), 200),
    )
    .openapi(ask, async (c) =>
      c.json(await move(c, c.req.valid('param').id, c.req.valid('json'), { type: 'ask' }), 200),
    )
    .openapi(offer, async (c) => {
      const body = c.req.valid('json')
      const { id } = c.req.valid('param')
      const to = await colleague(await signedIn(c), id, body.to)
      return c.json(await move(c, id, body, { type: 'offer', to }), 200)
    })
    .openapi(withdraw, async (c) =>
      c.json(await move(c, c.req.valid('param').id, c.req.valid('json'), { type: 'withdraw' }), 200),
    )
    .openapi(accept, async (c) =>
      c.json(await move(c, c.req.valid('param').id, c.req.valid('json'), { type: 'accept' }), 200),
    )
    .openapi(reject, async (c) =>
      c.json(await move(c, c.req.valid('param').id, c.req.valid('json'), { type: 'reject' }), 200),
    )
    .openapi(close, async (c) => {
      const body = c.req.valid('json')
      return c.json(await move(c, c.req.valid('param').id, body, { type: 'close', reason: body.reason }), 200)
    })
    .openapi(reopen, async (c) =>
      c.json(await move(c, c.req.valid('param').id, c.req.valid('json'), { type: 'reopen' }), 200),
    )
}

type Event = Exclude<NeedEvent, { type: 'expire' }>
