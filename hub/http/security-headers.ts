import { createHash } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { EVERY_ANSWER, HTTPS_ONLY, NOTHING_LOADS } from '../runtime/answer-headers.ts'
import type { HubEnv } from './env.ts'

const MAPBOX = 'https://api.mapbox.com https://*.tiles.mapbox.com https://events.mapbox.com'

type Policy = {
  /** as asked for; old Safari does not read 'self' as covering WebSockets of the same host */
  readonly host: string
  /** the agency has a token of its own: Mapbox's hosts, and nothing else of the internet */
  readonly mapbox: boolean
  /** a page of the hub may hold it */
  readonly framed?: boolean
  /** of the style sheets that stand in the document (`styleHashes`); a style attribute is never taken */
  readonly styles?: readonly string[]
}

/** What a page of the hub may load: itself. Workers from blobs are maplibre's. */
export function contentSecurityPolicy({ host, mapbox, framed = false, styles = [] }: Policy): string {
  const also = mapbox ? ` ${MAPBOX}` : ''
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src ${["'self'", ...styles].join(' ')}`,
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

/** Of each `<style>` of a document that the hub writes, as a policy names it. */
export function styleHashes(html: string): readonly string[] {
  return [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(
    ([, css = '']) => `'sha256-${createHash('sha256').update(css).digest('base64')}'`,
  )
}

/** What /kiosk holds, and no other page. */
const IN_KIOSK = /^\/(?:screen|wall)(?:\/|$)/
/** A process of its own for what stands in a frame: /kiosk goes on when the wall in it hangs. */
const OWN_PROCESS = 'isolate-and-credentialless'
const PAGE = /^text\/html/
/** A worker is bound by the policy of its script, and needs what its page needs; to other scripts theirs is a weight on a thin line. */
const WORKER = /worker[^/]*\.js$/

/** Set on the finished answer in place: `c.header` would copy it, body and all. */
export function securityHeaders(mapbox: boolean): MiddlewareHandler<HubEnv> {
  return async (c, next) => {
    await next()
    const { headers } = c.res
    const framed = IN_KIOSK.test(c.req.path)
    for (const [name, value] of EVERY_ANSWER) headers.set(name, value)
    headers.set('X-Frame-Options', framed ? 'SAMEORIGIN' : 'DENY')
    if (framed && c.req.header('Sec-Fetch-Dest') === 'iframe') headers.set('Document-Isolation-Policy', OWN_PROCESS)
    if (c.env.scheme === 'https') headers.set(...HTTPS_ONLY)
    if (c.req.path.startsWith('/api/') && !headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
    // 304 brings no type, and a policy with it would take the place of the one that the browser keeps with the page.
    if (c.res.status === 304 || headers.has('Content-Security-Policy')) return
    const { host } = new URL(c.req.url)
    headers.set(
      'Content-Security-Policy',
      PAGE.test(headers.get('Content-Type') ?? '') || WORKER.test(c.req.path)
        ? contentSecurityPolicy({ host, mapbox, framed, styles: c.get('styles') ?? [] })
        : NOTHING_LOADS,
    )
  }
}
