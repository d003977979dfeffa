import { z } from '@hono/zod-openapi'
import { audit } from '../../../db/queries/accounts-audit.ts'
import { endOtherSessions, endSession, listSessions, type SessionRow } from '../../../db/queries/session-standing.ts'
import { endedSessionsAnswer, sessionsAnswer } from '../../contract/api/factors.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { provenly, secured, trailOf } from '../auth/secured.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { fault, NO_STORE, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const tags = ['session']

const list = secured(
  {
    method: 'get',
    path: '/api/sessions',
    tags,
    summary: 'Where I am signed in: device, address, last use',
    responses: { 200: ok('The last used first', sessionsAnswer) },
  },
  'factors.own',
)

const end = provenly(
  {
    method: 'delete',
    path: '/api/sessions/{id}',
    tags,
    summary: 'End one of my sessions; its screens close within a second',
    request: { params: z.object({ id: z.uuid() }) },
    responses: { 204: { description: 'Ended' }, 404: fault('You have none of this id') },
  },
  'factors.own',
)

const endOthers = provenly(
  {
    method: 'post',
    path: '/api/sessions/end-others',
    tags,
    summary: 'End all my sessions but this one',
    responses: { 200: ok('How many there were', endedSessionsAnswer) },
  },
  'factors.own',
)

async function ownSession(c: HubContext): Promise<SessionRow> {
  const session = await c.get('access').session()
  if (session === null) throw new ApiError('unauthenticated')
  return session
}

/** One's own sessions, wherever they are. */
export function sessionsRoutes({ accounts: { db }, clock }: AppDeps) {
  const note = (c: HubContext, { account, role }: SessionRow, action: string, sessions: number) => ({
    actor: account,
    role,
    action,
    resource: `account:${account}`,
    ...trailOf(c),
    details: { sessions },
  })
  return createRouter()
    .openapi(list, async (c) => {
      const mine = await ownSession(c)
      const sessions = await listSessions(db, mine.account, new Date(clock.now()))
      const said = sessions.map(({ id, userAgent, address, createdAt, usedAt, factor }) => ({
        id,
        here: id === mine.id,
        device: userAgent,
        address,
        createdAt: createdAt.toISOString(),
        usedAt: usedAt.toISOString(),
        factor,
      }))
      return c.json({ sessions: said }, 200, NO_STORE)
    })
    .openapi(end, async (c) => {
      const mine = await ownSession(c)
      await db.transaction().execute(async (trx) => {
        if (!(await endSession(trx, mine.account, c.req.valid('param').id))) throw new ApiError('unknown_session')
        await audit(trx, note(c, mine, 'session.end_one', 1))
      })
      return c.body(null, 204)
    })
    .openapi(endOthers, async (c) => {
      const mine = await ownSession(c)
      const sessions = await db.transaction().execute(async (trx) => {
        const ended = await endOtherSessions(trx, mine.account, mine.id)
        await audit(trx, note(c, mine, 'session.end_others', ended))
        return ended
      })
      return c.json({ sessions }, 200)
    })
}
