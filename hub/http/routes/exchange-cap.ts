import { z } from '@hono/zod-openapi'
import { alertMessages } from '../../../db/queries/alert-messages.ts'
import { operationIsLive } from '../../../db/queries/cases.ts'
import { demand } from '../../authorize/demand.ts'
import { boundArea, idParam } from '../../contract/api/common.ts'
import { NATION } from '../../contract/vocabulary/areas.ts'
import { notFound } from '../../work/command/refusals.ts'
import { type CapSource, capFeed, capMessages, capXml } from '../../work/exchange/cap.ts'
import { secured } from '../auth/secured.ts'
import { withCommander } from '../commands.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { fault } from '../responses.ts'
import { createRouter } from '../router.ts'

const tags = ['exchange']
/** A reader that was away for a week begins anew. */
export const CAP_DAYS = 7
export const DAY_MS = 86_400_000
/** Messages of a feed; the newest. */
export const CAP_MESSAGES_MAX = 200

export const xml = (description: string, type: string) => ({ description, content: { [type]: { schema: z.string() } } })

const feed = secured(
  {
    method: 'get',
    path: '/api/cap',
    tags,
    summary: 'CAP 1.2: the announced alerts of an area in the last 7 days as an Atom feed, newest first',
    request: { query: z.object({ area: boundArea.default(NATION) }) },
    responses: { 200: xml('The feed', 'application/atom+xml'), 400: fault('There is no such area') },
  },
  'alerts.read',
  (c) => ({ area: c.req.query('area') ?? NATION }),
)
const message = secured(
  {
    method: 'get',
    path: '/api/cap/messages/{id}',
    tags,
    summary: 'CAP 1.2: one message; in a drill its status is Exercise',
    request: { params: z.object({ id: idParam }) },
    responses: { 200: xml('The message', 'application/cap+xml'), 404: fault('There is no such message') },
  },
  'alerts.read',
)

/** @param drill nothing of it is real */
export function capSourceOf({ config }: AppDeps, c: HubContext, drill: boolean): Omit<CapSource, 'to'> {
  const base = config.publicUrl ?? new URL(c.req.url).origin
  return { sender: new URL(base).hostname, drill, base }
}

/** CAP 1.2 for cell broadcast, media and other agencies: who may read alerts may, or a key of `alerts.read`. */
export function capRoutes(deps: AppDeps) {
  const said = (c: HubContext, text: string, type: string) =>
    c.body(text, 200, { 'Content-Type': `${type}; charset=utf-8` }) as never

  return createRouter()
    .openapi(feed, async (c) => {
      const { area } = c.req.valid('query')
      const since = new Date(deps.clock.now() - CAP_DAYS * DAY_MS)
      return withCommander(deps, c, async ({ trx, at }) => {
        const source = { ...capSourceOf(deps, c, !(await operationIsLive(trx))), to: 'Restricted' as const }
        const rows = await alertMessages(trx, { area, since, max: CAP_MESSAGES_MAX })
        const self = `/api/cap?area=${area}`
        return said(c, capFeed(capMessages(rows, source), source, self, at), 'application/atom+xml')
      })
    })
    .openapi(message, async (c) => {
      const { id } = c.req.valid('param')
      return withCommander(deps, c, async ({ trx, by }) => {
        const source = { ...capSourceOf(deps, c, !(await operationIsLive(trx))), to: 'Restricted' as const }
        const rows = await alertMessages(trx, {
          area: NATION,
          since: new Date(0),
          ofMessage: id,
          max: CAP_MESSAGES_MAX,
        })
        const found = capMessages(rows, source).find(({ row }) => row.id === id)
        if (found === undefined) throw notFound('message', id)
        demand(by.grant, 'alerts.read', { area: found.row.area })
        return said(c, capXml(found, source), 'application/cap+xml')
      })
    })
}
