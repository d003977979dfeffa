import { sql } from 'kysely'
import { readCase } from '../../../db/queries/cases.ts'
import { withAccount } from '../../../db/queries/rls.ts'
import { demand } from '../../authorize/demand.ts'
import { caseParams } from '../../contract/api/common.ts'
import { presenceAnswer } from '../../contract/api/presence.ts'
import { notFound } from '../../work/command/refusals.ts'
import { secured, signedIn } from '../auth/secured.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { fault, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

/** How long a look lasts unless it is repeated; a page that is open repeats it every 20 s. */
export const PRESENCE_SECONDS = 45

const noCase = { 404: fault('There is no such case') }

const look = secured(
  {
    method: 'put',
    path: '/api/cases/{id}/presence',
    tags: ['cases'],
    summary: 'I am looking at this case: every board of the province sees the call-sign for a while',
    request: { params: caseParams },
    responses: { 200: ok('Repeat it before the time is over', presenceAnswer), ...noCase },
  },
  'presence.share',
)

const lookAway = secured(
  {
    method: 'delete',
    path: '/api/cases/{id}/presence',
    tags: ['cases'],
    summary: 'I have looked away',
    request: { params: caseParams },
    responses: { 200: ok('No board shows it any more', presenceAnswer), ...noCase },
  },
  'presence.share',
)

export function presenceRoutes(deps: AppDeps) {
  async function share(c: HubContext, id: number, seconds: number): Promise<void> {
    const grant = await signedIn(c)
    await withAccount(deps.db, grant, async (trx) => {
      const found = await readCase(trx, id)
      if (found === undefined) throw notFound('case', id)
      demand(grant, 'presence.share', { area: found.district })
      const change =
        seconds > 0
          ? sql`select jitasa_look_at(${id}, ${grant.account}, ${grant.label}, ${seconds})`
          : sql`select jitasa_look_away(${id}, ${grant.account})`
      await change.execute(trx)
    })
  }

  return createRouter()
    .openapi(look, async (c) => {
      await share(c, c.req.valid('param').id, PRESENCE_SECONDS)
      return c.json({ forSeconds: PRESENCE_SECONDS }, 200)
    })
    .openapi(lookAway, async (c) => {
      await share(c, c.req.valid('param').id, 0)
      return c.json({ forSeconds: 0 }, 200)
    })
}
