import { ACTIONS, type Action } from '../../hub/contract/vocabulary/actions.ts'
import { ACTION_KEY } from '../../hub/http/auth/secured.ts'
import type { TestHub } from './hub.ts'

/** Routes outside OpenAPI, and why everybody may ask for them. */
export const OPEN_ROUTES: Readonly<Record<string, string>> = {
  'GET /healthz': 'whether the process lives',
  'GET /readyz': 'whether it is ready; for load balancers',
  'GET /metrics': 'guarded by METRICS_TOKEN, not by accounts; without one, for this machine',
  'GET /api/openapi.json': 'the reference, for this machine and every account',
  'GET /api/reference': 'the reference, for this machine and every account',
}

export type Route = {
  /** `GET /api/accounts/{id}` */
  readonly name: string
  readonly action: Action | 'public' | undefined
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

/** Every route that the application answers, with the action it asks the table for; `undefined`: it asks for none. */
export function routesOf(hub: TestHub): readonly Route[] {
  const document = hub.openapi()
  const documented = new Map<string, unknown>()
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method]
      if (operation) documented.set(`${method.toUpperCase()} ${path}`, operation[ACTION_KEY])
    }
  }
  const names = new Set(documented.keys())
  for (const { method, path } of hub.routes()) {
    // Middleware stands for all methods or ends with a star; what it guards stands here by its own name.
    if (method === 'ALL' || path.endsWith('*')) continue
    names.add(`${method} ${path.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, '{$1}')}`)
  }
  return [...names].sort().map((name) => ({ name, action: actionOf(documented.get(name), name) }))
}

function actionOf(given: unknown, name: string): Route['action'] {
  if (given === 'public' || name in OPEN_ROUTES) return 'public'
  return ACTIONS.find((action) => action === given)
}
