import type { Authorizer } from '../authorize/authorizer.ts'
import { authorizeScope, can } from '../authorize/decide.ts'
import { isProvince } from '../contract/vocabulary/areas.ts'
import { ownHostOnly } from './auth/own-host.ts'
import { dashboardPages } from './dashboard-pages.ts'
import type { AppDeps, HubContext, ReadRequest, Verdict } from './env.ts'
import { onError } from './errors.ts'
import { oldAddresses } from './old-addresses.ts'
import { createUpstream } from './pass-on.ts'
import { rateLimit } from './rate-limit.ts'
import { requestContext } from './request-context.ts'
import { createRouter } from './router.ts'
import { feedRoutes } from './routes/feed.ts'
import { healthRoutes } from './routes/health.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { situationRoutes } from './routes/situation.ts'
import { securityHeaders } from './security-headers.ts'
import { logsSecurity } from './security-log.ts'

export type ScreensDeps = Pick<
  AppDeps,
  | 'config'
  | 'clock'
  | 'logger'
  | 'metrics'
  | 'situation'
  | 'publicFeed'
  | 'sockets'
  | 'sourceState'
  | 'dashboardDir'
  | 'metricsText'
  | 'fleet'
> & { readonly authorizer: Authorizer; readonly apiOrigin: string }

/** What a hub without a database serves: pages, what it holds of the situation, and everything else from `apiOrigin`. */
export function createScreensApp(deps: ScreensDeps) {
  const { config, authorizer, clock, sourceState, apiOrigin } = deps
  const upstream = createUpstream(apiOrigin)

  /** Whoever this hub cannot tell, the other one can: it is asked for the same, and only its verdict is read. */
  async function mayRead(c: HubContext, what: ReadRequest): Promise<Verdict> {
    const identity = authorizer.identify(c.req.header('cookie'), clock.now())
    const followed = sourceState().kind === 'streaming'
    const told = identity.kind === 'anonymous' || (identity.kind === 'known' && followed)
    if (!told || c.req.header('authorization') !== undefined) return upstream.verdict(c)
    const grant = identity.kind === 'known' ? identity.grant : null
    const decision =
      'scope' in what ? authorizeScope(grant, what.scope) : can(grant, 'province.read', { area: what.area })
    return decision.allowed ? 'allowed' : decision.code
  }

  const app = createRouter()
  app.onError(onError)
  app.notFound(dashboardPages(deps))
  app.use(requestContext(deps), securityHeaders(config.mapboxToken !== undefined))
  app.use(logsSecurity(deps), ownHostOnly(config.publicUrl), oldAddresses)
  app.use('/api/*', rateLimit(config.requestsPerMinute))
  app
    .route('/', healthRoutes(deps))
    .route('/', metricsRoutes(deps))
    .route('/', situationRoutes({ ...deps, mayRead }, { isProvince: async (code) => isProvince(code) }))
    .route('/', feedRoutes(deps))
    .all('/api/*', (c) => upstream.passOn(c))
  return Object.assign(app, { close: () => upstream.close() })
}
