import type { AppDeps } from '../env.ts'
import { createRouter } from '../router.ts'

export function healthRoutes(deps: AppDeps) {
  return createRouter()
    .get('/healthz', (c) => c.json({ status: 'alive' as const }))
    .get('/readyz', (c) => {
      const state = deps.sourceState()
      return state.kind === 'streaming' ? c.json({ status: 'ready' as const }) : c.json({ status: state.kind }, 503)
    })
}
