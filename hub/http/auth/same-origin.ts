import type { MiddlewareHandler } from 'hono'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { HubEnv } from '../env.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Whether requests of this method change nothing. */
export const isSafe = (method: string): boolean => SAFE.has(method)

export type RequestOrigin = {
  readonly method: string
  readonly origin: string | undefined
  /** Sec-Fetch-Site, which scripts cannot forge */
  readonly fetchSite: string | undefined
  readonly host: string | undefined
}

/**
 * Whether a request may change state. Browsers name the page a request comes from; a page of another origin must not
 * act with this person's cookies. A client that is no browser names none, and has no foreign page to be abused by.
 * @param publicOrigin PUBLIC_URL's; without one, the host that was asked must be the page's own
 */
export function isSameOrigin(request: RequestOrigin, publicOrigin: string | undefined): boolean {
  if (isSafe(request.method)) return true
  if (request.fetchSite !== undefined) return request.fetchSite === 'same-origin' || request.fetchSite === 'none'
  if (request.origin === undefined) return true
  if (publicOrigin !== undefined && request.origin === publicOrigin) return true
  const host = URL.parse(request.origin)?.host
  return host !== undefined && host === request.host
}

export function sameOriginOnly(publicUrl: string | undefined): MiddlewareHandler<HubEnv> {
  const publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl).origin
  return async (c, next) => {
    const request = {
      method: c.req.method,
      origin: c.req.header('origin'),
      fetchSite: c.req.header('sec-fetch-site'),
      host: c.req.header('host'),
    }
    if (isSameOrigin(request, publicOrigin)) return next()
    const { origin = 'not named' } = request
    throw new ApiError('foreign_origin', undefined, { values: { origin } })
  }
}
