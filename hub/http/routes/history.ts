import { z } from '@hono/zod-openapi'
import { historyAnswer } from '../../contract/api/history.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { DAY_METRICS } from '../../contract/vocabulary/metrics.ts'
import { createGate } from '../../runtime/limits.ts'
import { demandReading, open } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { HISTORY_DAYS_MAX, type History, type HistoryQuery, readHistory } from '../history.ts'
import { fault, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

/** A wall that reloads, and everyone on the same page, share one reading for so long. */
const KEEP_MS = 30_000
const KEPT_MAX = 500
/** Readings at once, and how many may wait: one of a whole nation over a year takes a core of PostgreSQL for seconds. */
const READINGS_MAX = 2
const READINGS_WAITING_MAX = 32
/** PostgreSQL's code for a statement that ran into statement_timeout */
const QUERY_CANCELED = '57014'
const RETRY_SECONDS = 10
const DAY_MS = 86_400_000

const day = z.iso.date().refine((text) => text >= '2000-01-01' && text < '2200-01-01', 'a day from 2000 to 2199')

const history = open({
  method: 'get',
  path: '/api/history',
  tags: ['situation'],
  summary: `Counts by day, of days the live window no longer holds; at most ${HISTORY_DAYS_MAX} days`,
  request: {
    query: z
      .object({
        area: z.string().regex(/^(?:TH|\d{2}|\d{4})$/, 'an area code: TH, or 2 or 4 digits'),
        metric: z.enum(DAY_METRICS),
        from: day,
        to: day,
      })
      .refine(({ from, to }) => from <= to, { path: ['to'], message: 'lies before `from`' })
      .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < HISTORY_DAYS_MAX * DAY_MS, {
        path: ['to'],
        message: `lies more than ${HISTORY_DAYS_MAX} days after \`from\``,
      }),
  },
  responses: {
    200: ok(
      'Days that are known, ascending, with their counts; a day that nobody reported is not among them, one that was reported as 0 is',
      historyAnswer,
    ),
    400: fault('The request is wrong'),
    401: fault('Nobody is signed in'),
    403: fault('The role or area does not allow it'),
    503: fault('Too many readings at once, or one that takes too long'),
  },
})

export function historyRoutes(deps: AppDeps) {
  const gate = createGate(READINGS_MAX, READINGS_WAITING_MAX)
  const read = keptFor(KEEP_MS, deps.clock.now, (query) => gate.run(() => reading(deps, query)))
  return createRouter().openapi(history, async (c) => {
    const query = c.req.valid('query')
    await demandReading(deps, c, { area: query.area })
    const found = (await read(query))?.value
    if (found === undefined || found === 'too_long') {
      throw new ApiError(found ?? 'readers_busy', undefined, { retryAfter: RETRY_SECONDS })
    }
    const days = found.days.map(({ day, value }): [string, number] => [day, value])
    const reported = found.days.map(({ day, reported }): [string, number] => [day, reported])
    return c.json({ ...query, days, reported, of: found.of }, 200, { 'Cache-Control': 'private, max-age=30' })
  })
}

async function reading({ db }: AppDeps, query: HistoryQuery): Promise<History | 'too_long'> {
  try {
    return await readHistory(db, query)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === QUERY_CANCELED) return 'too_long'
    throw error
  }
}

/** Reads the same thing once for all who ask within `ms`; a failure is not kept. */
function keptFor<T>(ms: number, now: () => number, read: (query: HistoryQuery) => Promise<{ value: T } | undefined>) {
  const kept = new Map<string, { readonly until: number; readonly value: Promise<{ value: T } | undefined> }>()
  return (query: HistoryQuery): Promise<{ value: T } | undefined> => {
    const key = JSON.stringify([query.area, query.metric, query.from, query.to])
    const held = kept.get(key)
    if (held !== undefined && held.until > now()) return held.value
    kept.delete(key)
    for (const oldest of kept.keys()) {
      if (kept.size < KEPT_MAX) break
      kept.delete(oldest)
    }
    const value = read(query)
    kept.set(key, { until: now() + ms, value })
    value.then(
      (found) => found ?? kept.delete(key),
      () => kept.delete(key),
    )
    return value
  }
}
