import { aliveAnswer, readiness } from '../../contract/api/health.ts'
import { whyNotLive } from '../../source/health.ts'
import { open } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const healthz = open({
  method: 'get',
  path: '/healthz',
  tags: ['operation'],
  summary: 'The process lives',
  responses: { 200: ok('It does', aliveAnswer) },
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

export function healthRoutes(deps: Pick<AppDeps, 'sourceState' | 'clock' | 'situation' | 'fleet'>) {
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
