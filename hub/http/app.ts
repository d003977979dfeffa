import { randomUUID } from 'node:crypto'
import type { AppDeps } from './env.ts'
import { identifies } from './auth/access.ts'
import { sameOriginOnly } from './auth/same-origin.ts'
import { notFound, onError } from './errors.ts'
import { createRouter } from './router.ts'
import { healthRoutes } from './routes/health.ts'

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
  return app.route('/', healthRoutes(deps))
}

/** For the dashboard's typed client. */
export type Api = ReturnType<typeof createApp>
