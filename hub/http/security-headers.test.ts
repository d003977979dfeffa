import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { HubEnv } from './env.ts'
import { securityHeaders } from './security-headers.ts'

const app = new Hono<HubEnv>().use(securityHeaders(false)).get('*', (c) => c.html('a page'))

async function headersOf(path: string, destination: string): Promise<Headers> {
  const env = { remoteAddress: '127.0.0.1', scheme: 'http' }
  return (await app.request(`http://hub.test${path}`, { headers: { 'Sec-Fetch-Dest': destination } }, env)).headers
}

test.each(['/', '/board', '/admin/screens', '/kiosk', '/wallet', '/screens'])('%s stands in no frame', async (path) => {
  const headers = await headersOf(path, 'iframe')
  expect(headers.get('X-Frame-Options')).toBe('DENY')
  expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'")
  expect(headers.get('Document-Isolation-Policy')).toBeNull()
})

test.each(['/screen', '/wall', '/wall/50'])(
  '%s may stand in a frame of the hub itself, in a process of its own',
  async (path) => {
    const headers = await headersOf(path, 'iframe')
    expect(headers.get('X-Frame-Options')).toBe('SAMEORIGIN')
    expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'self'")
    expect(headers.get('Document-Isolation-Policy')).toBe('isolate-and-credentialless')
    expect((await headersOf(path, 'document')).get('Document-Isolation-Policy')).toBeNull()
  },
)
