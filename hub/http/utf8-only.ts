import type { MiddlewareHandler } from 'hono'
import type { HubEnv } from './env.ts'
import { apiError } from './errors.ts'

const strict = new TextDecoder('utf-8', { fatal: true })

/**
 * JSON is UTF-8 (RFC 8259). A body in another encoding, or cut within a letter, would be read with U+FFFD where a name
 * was, and kept so. Hono keeps the bytes for who reads the body next.
 */
export const utf8Only: MiddlewareHandler<HubEnv> = async (c, next) => {
  if (!c.req.header('content-type')?.toLowerCase().includes('json')) return next()
  const bytes = await c.req.arrayBuffer()
  try {
    strict.decode(bytes)
  } catch {
    return apiError(c, 400, 'not_utf8', 'The body is not UTF-8. Send JSON in UTF-8; nothing was saved.')
  }
  return next()
}
