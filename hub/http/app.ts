import { randomUUID } from 'node:crypto'
import { identifies } from './auth/access.ts'
import { sameOriginOnly } from './auth/same-origin.ts'
import type { AppDeps } from './env.ts'
import { notFound, onError } from './errors.ts'
import { createRouter } from './router.ts'
import { accountRoutes } from './routes/accounts.ts'
import { auditRoutes } from './routes/audit.ts'
import { healthRoutes } from './routes/health.ts'
import { invitationRoutes } from './routes/invitations.ts'
import { screenRoutes } from './routes/screens.ts'
import { sessionRoutes } from './routes/session.ts'

export type { AppDeps } from './env.ts'

/** Everything the hub serves over HTTP, as one Fetch-API application. Needs the bindings of HubBindings. */
export function createApp(deps: AppDeps) {
  const app = createRouter()
  app.onError(onError)
  app.notFound(notFound)
  app.use(async (c, next) => {
    const requestId = randomUUID()
    c.set('requestId', requestId)
    c.set('logger', deps.logger.child({ requestId }))
    c.header('X-Request-Id', requestId)
    await next()
  })
  app.use('/api/*', sameOriginOnly(deps.config.publicUrl), identifies(deps))
  return app
    .route('/', healthRoutes(deps))
    .route('/', sessionRoutes(deps))
    .route('/', accountRoutes(deps))
    .route('/', invitationRoutes(deps))
    .route('/', screenRoutes(deps))
    .route('/', auditRoutes(deps))
}

/** For the dashboard's typed client. */
export type Api = ReturnType<typeof createApp>
