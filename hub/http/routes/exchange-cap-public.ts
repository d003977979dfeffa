import { z } from '@hono/zod-openapi'
import { publicAlertMessages } from '../../../db/queries/alert-messages.ts'
import { operationIsLive } from '../../../db/queries/cases.ts'
import { idParam } from '../../contract/api/common.ts'
import { notFound } from '../../work/command/refusals.ts'
import { type CapMessage, capFeed, capMessages, capXml, publicRows } from '../../work/exchange/cap.ts'
import { open } from '../auth/secured.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { PUBLIC_HEADERS } from '../numbers.ts'
import { fault } from '../responses.ts'
import { createRouter } from '../router.ts'
import { CAP_DAYS, CAP_MESSAGES_MAX, capSourceOf, DAY_MS, xml } from './exchange-cap.ts'

const PATH = '/api/cap/public'
/** The database is asked so often, however many read. */
const KEEP_MS = 10_000
const tags = ['exchange']

const feed = open({
  method: 'get',
  path: PATH,
  tags,
  summary: 'CAP 1.2 for everybody: what was announced of the nation and its provinces in the last 7 days, newest first',
  responses: { 200: xml('The feed', 'application/atom+xml') },
})
const message = open({
  method: 'get',
  path: `${PATH}/messages/{id}`,
  tags,
  summary: 'CAP 1.2 for everybody: one message; of what is no real operation its status is Exercise',
  request: { params: z.object({ id: idParam }) },
  responses: {
    200: xml('The message', 'application/cap+xml'),
    404: fault('There is no such message, or not for everybody, or it is older than 7 days'),
  },
})

type Said = { readonly rows: ReturnType<typeof publicRows>; readonly isLive: boolean }
type Held = { readonly at: number; readonly said: Promise<Said> }

/** Without an account: of the nation and whole provinces, in the words of the dictionary. */
export function publicCapRoutes(deps: AppDeps) {
  let held: Held | undefined

  async function read(now: number): Promise<Said> {
    const since = new Date(now - CAP_DAYS * DAY_MS)
    const [rows, isLive] = await Promise.all([
      publicAlertMessages(deps.db, { since, max: CAP_MESSAGES_MAX }),
      operationIsLive(deps.db),
    ])
    return { rows: publicRows(rows), isLive }
  }

  async function current(now: number): Promise<Said> {
    const mine = held !== undefined && now - held.at < KEEP_MS ? held : { at: now, said: read(now) }
    held = mine
    try {
      return await mine.said
    } catch (error) {
      // Whoever asks next asks the database again.
      if (held === mine) held = undefined
      throw error
    }
  }

  async function messagesFor(c: HubContext, now: number) {
    const { rows, isLive } = await current(now)
    const source = { ...capSourceOf(deps, c, !isLive), to: 'Public' as const }
    return { source, messages: capMessages(rows, source) }
  }
  const said = (c: HubContext, text: string, type: string) =>
    c.body(text, 200, { ...PUBLIC_HEADERS, 'Content-Type': `${type}; charset=utf-8` }) as never

  return createRouter()
    .openapi(feed, async (c) => {
      const now = deps.clock.now()
      const { source, messages } = await messagesFor(c, now)
      return said(c, capFeed(messages, source, PATH, new Date(now)), 'application/atom+xml')
    })
    .openapi(message, async (c) => {
      const { id } = c.req.valid('param')
      const { source, messages } = await messagesFor(c, deps.clock.now())
      const found: CapMessage | undefined = messages.find(({ row }) => row.id === id)
      if (found === undefined) throw notFound('message', id)
      return said(c, capXml(found, source), 'application/cap+xml')
    })
}
