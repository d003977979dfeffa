import type { MiddlewareHandler } from 'hono'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { isLoopback } from '../../runtime/loopback.ts'
import type { HubEnv } from '../env.ts'

/** Monitoring and load balancers ask a machine by its address. */
const BY_ANY_NAME = new Set(['/healthz', '/readyz', '/metrics'])

/**
 * Whether a Host header names this hub: as PUBLIC_URL does, or this machine itself. A name of somebody else's that was made to lead here
 * (DNS rebinding) would make their page one of ours to the browser. Without PUBLIC_URL every name is the hub's.
 */
export function ownHost(publicUrl: string | undefined): (host: string | undefined) => boolean {
  if (publicUrl === undefined) return () => true
  const own = new URL(publicUrl).hostname
  return (host) => {
    const hostname = URL.parse(`http://${host}`)?.hostname
    return hostname !== undefined && (hostname === own || isLoopback(hostname))
  }
}

/** @throws ApiError 421 in answer to whoever asked by another name than PUBLIC_URL's */
export function ownHostOnly(publicUrl: string | undefined): MiddlewareHandler<HubEnv> {
  const isOwn = ownHost(publicUrl)
  return (c, next) => {
    const host = c.req.header('host')
    if (isOwn(host) || BY_ANY_NAME.has(c.req.path)) return next()
    throw new ApiError('foreign_host', undefined, { values: { host: host ?? 'none', own: publicUrl } })
  }
}
