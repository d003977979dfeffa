import { z } from '@hono/zod-openapi'
import { readDeadlines } from '../../../db/queries/lateness.ts'
import { FACILITY_KINDS } from '../../contract/vocabulary/facilities.ts'
import { kindsCalendar } from '../../work/facilities/deadlines.ts'
import { open } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { fault } from '../responses.ts'
import { createRouter } from '../router.ts'

/** National command seldom changes a deadline; calendars look again each hour. */
const KEEP_MS = 60_000
const CACHED = { 'Cache-Control': 'public, max-age=3600', 'Content-Type': 'text/calendar; charset=utf-8' }

const deadlines = open({
  method: 'get',
  path: '/api/deadlines.ics',
  tags: ['facilities'],
  summary: 'When reports of a kind of facility are due, as iCalendar (RFC 5545) to subscribe to',
  request: {
    query: z.object({ kind: z.enum(FACILITY_KINDS).optional().meta({ description: 'without it, all kinds' }) }),
  },
  responses: {
    200: { description: 'The calendar', content: { 'text/calendar': { schema: { type: 'string' } as const } } },
    400: fault('There is no such kind'),
  },
})

type Held = { readonly at: number; readonly rows: ReturnType<typeof readDeadlines> }

/** Of kinds, so without anybody's data; the database is asked once a minute however many subscribe. */
export function deadlineRoutes(deps: AppDeps) {
  let held: Held | undefined
  async function current(now: number): Promise<ReadonlyMap<string, number>> {
    const mine = held !== undefined && now - held.at < KEEP_MS ? held : { at: now, rows: readDeadlines(deps.db) }
    held = mine
    try {
      return await mine.rows
    } catch (error) {
      // Whoever asks next asks the database again.
      if (held === mine) held = undefined
      throw error
    }
  }
  return createRouter().openapi(deadlines, async (c) => {
    const { kind } = c.req.valid('query')
    const now = deps.clock.now()
    const calendar = kindsCalendar(await current(now), kind === undefined ? FACILITY_KINDS : [kind], now)
    return c.body(calendar, 200, CACHED) as never
  })
}
