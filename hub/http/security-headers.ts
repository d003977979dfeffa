import type { MiddlewareHandler } from 'hono'
import type { HubEnv } from './env.ts'

const MAPBOX = 'https://api.mapbox.com https://*.tiles.mapbox.com https://events.mapbox.com'

/**
 * What a page of the hub may load: itself. Workers from blobs are maplibre's; styles within elements are the charts'.
 * @param host as asked for; old Safari does not read 'self' as covering WebSockets of the same host
 * @param framed a page of the hub may hold it
 * @param mapbox the agency has a token of its own: Mapbox's hosts, and nothing else of the internet
 */
export function contentSecurityPolicy(host: string, mapbox: boolean, framed = false): string {
  const also = mapbox ? ` ${MAPBOX}` : ''
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob:${also}`,
    "font-src 'self' data:",
    `connect-src 'self' ws://${host} wss://${host}${also}`,
    "worker-src 'self' blob:",
    "child-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${framed ? "'self'" : "'none'"}`,
  ].join('; ')
}

const ALWAYS = Object.entries({
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'geolocation=(self), camera=(), microphone=(), payment=(), usb=()',
})
/** What /kiosk holds, and no other page. */
const IN_KIOSK = /^\/(?:screen|wall)(?:\/|$)/
/** A process of its own for what stands in a frame: /kiosk goes on when the wall in it hangs. */
const OWN_PROCESS = 'isolate-and-credentialless'
const ONE_YEAR_S = 31_536_000

/** Set on the finished answer in place: `c.header` would copy it, body and all. */
export function securityHeaders(mapbox: boolean): MiddlewareHandler<HubEnv> {
  return async (c, next) => {
    await next()
    const { headers } = c.res
    const framed = IN_KIOSK.test(c.req.path)
    for (const [name, value] of ALWAYS) headers.set(name, value)
    headers.set('X-Frame-Options', framed ? 'SAMEORIGIN' : 'DENY')
    if (framed && c.req.header('Sec-Fetch-Dest') === 'iframe') headers.set('Document-Isolation-Policy', OWN_PROCESS)
    if (c.env.scheme === 'https') headers.set('Strict-Transport-Security', `max-age=${ONE_YEAR_S}; includeSubDomains`)
    if (c.req.path.startsWith('/api/') && !headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
    if (headers.get('Content-Type')?.startsWith('text/html') && !headers.has('Content-Security-Policy')) {
      headers.set('Content-Security-Policy', contentSecurityPolicy(new URL(c.req.url).host, mapbox, framed))
    }
  }
}
