import { z } from '@hono/zod-openapi'
import { whyNotLive } from '../../source/health.ts'
import { open } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const readiness = z
  .object({
    ready: z.boolean(),
    source: z.enum(['starting', 'streaming', 'broken']),
    /** end LSN of the newest folded commit, bytes */
    position: z.number().int(),
    /** WAL written and not yet folded, bytes */
    lagBytes: z.number().int(),
    /** ms since PostgreSQL was last heard; `null` before the first time */
    silenceMs: z.number().nullable(),
    why: z.string().nullable(),
    /** pids of PostgreSQL's sessions whose open transactions hold up the change feed */
    heldUpBy: z.array(z.number().int()),
    /** of several workers; the others serve while one is started again */
    workers: z.object({ wanted: z.number().int(), serving: z.number().int(), why: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Readiness' })

const healthz = open({
  method: 'get',
  path: '/healthz',
  tags: ['operation'],
  summary: 'The process lives',
  responses: { 200: ok('It does', z.object({ alive: z.literal(true) })) },
})

const readyz = open({
  method: 'get',
  path: '/readyz',
  tags: ['operation'],
  summary: 'Ready: the change feed is live, by the rule by which screens call themselves live',
  responses: {
    200: ok('Ready', readiness),
    503: ok('Not ready; `why` says what is waited for', readiness),
  },
})

export function healthRoutes(deps: AppDeps) {
  return createRouter()
    .openapi(healthz, (c) => c.json({ alive: true as const }, 200))
    .openapi(readyz, (c) => {
      const state = deps.sourceState()
      const { kind, lagBytes, heardAt } = state
      const why = whyNotLive(state, deps.clock.now())
      const ready = why === null
      const body = {
        ready,
        source: kind,
        position: deps.situation.position,
        lagBytes,
        silenceMs: heardAt === 0 ? null : deps.clock.now() - heardAt,
        why,
        heldUpBy: [...(state.heldUpBy ?? [])],
        workers: deps.fleet?.() ?? null,
      }
      c.header('Cache-Control', 'no-store')
      return ready ? c.json(body, 200) : c.json(body, 503)
    })
}
