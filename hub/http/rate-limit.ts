import type { MiddlewareHandler } from 'hono'
import { addressKey, perMinute } from '../runtime/limits.ts'
import { mustWait } from '../work/command/turns.ts'
import type { HubEnv } from './env.ts'

/**
 * Lets one address (of IPv6: one /64) make so many requests a minute in this process; more get 429 with Retry-After.
 * It stops a client gone wild, not a crowd: thousands of phones may share the address of their operator.
 */
export function rateLimit(requestsPerMinute: number): MiddlewareHandler<HubEnv> {
  const limit = perMinute(requestsPerMinute)
  return async (c, next) => {
    mustWait(await limit.take(addressKey(c.env.remoteAddress)), 'too_many_requests')
    return next()
  }
}
