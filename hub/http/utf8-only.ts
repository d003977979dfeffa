import type { MiddlewareHandler } from 'hono'
import { ApiError } from '../contract/refusals/api-error.ts'
import type { HubEnv } from './env.ts'

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
    throw new ApiError('not_utf8')
  }
  return next()
}
