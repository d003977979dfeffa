import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { AppDeps, HubEnv } from './env.ts'

const SECONDS = [0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 10]
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Gives every request an id that its log lines and its answer carry, and counts it by route, method and status. */
export function requestContext({ logger, metrics }: Pick<AppDeps, 'logger' | 'metrics'>): MiddlewareHandler<HubEnv> {
  const seconds = metrics.histogram('http_request_seconds', 'from request to answer', SECONDS, [
    'route',
    'method',
    'status',
  ])
  return async (c, next) => {
    const stop = seconds.startTimer()
    const requestId = randomUUID()
    c.set('requestId', requestId)
    c.set('log', () => logger.child({ requestId }))
    await next()
    // In place: `c.header` would copy the finished answer, body and all.
    c.res.headers.set('X-Request-Id', requestId)
    const route = routePath(c, -1)
    const method = METHODS.has(c.req.method) ? c.req.method : 'other'
    stop({ route: route.endsWith('*') ? 'other' : route, method, status: c.res.status })
  }
}
