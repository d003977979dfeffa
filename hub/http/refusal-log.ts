import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { audit } from '../../db/queries/accounts-audit.ts'
import { ApiError } from '../contract/refusals/api-error.ts'
import { perMinute, REFUSALS_PER_MINUTE } from '../runtime/limits.ts'
import { authorOf } from './auth/secured.ts'
import type { AppDeps, HubEnv } from './env.ts'
import { refuse } from './errors.ts'

const ID = /^\/api\/cases\/(\d+)(?:\/|$)/

/**
 * Writes what an account was refused (403, and reveals beyond its budget) into the audit log before it hears of it. One that goes on and on is told to wait instead, so that
 * nobody fills the log.
 */
export function logsRefusals({ accounts }: AppDeps): MiddlewareHandler<HubEnv> {
  const limit = perMinute(REFUSALS_PER_MINUTE)
  return async (c, next) => {
    await next()
    if (c.res.status !== 403 && c.get('refusal') !== 'reveals_used_up') return
    const grant = await c.get('access').grant()
    if (grant === null) return
    const seconds = await limit.take(grant.account)
    if (seconds !== undefined) {
      c.res = refuse(c, new ApiError('account_too_often', { seconds }, { retryAfter: seconds }))
      return
    }
    const { method, path } = c.req
    const about = ID.exec(path)?.[1]
    // The route as it was registered: a path itself may hold a tracking code.
    const route = `${method} ${routePath(c, -1)}`
    await audit(accounts.db, {
      ...authorOf(c, grant),
      action: 'refused',
      resource: about === undefined ? `route:${route}` : `case:${about}`,
      details: { code: c.get('refusal') ?? 'forbidden', route },
    })
  }
}
