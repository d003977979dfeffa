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

test('what the API answers is kept by no cache, but where a route says so; every page has the policy that needs it', async () => {
  const api = new Hono<HubEnv>()
    .use(securityHeaders(false))
    .get('/api/own', (c) => c.json({}))
    .get('/api/areas', (c) => c.json({}, 200, { 'Cache-Control': 'no-cache' }))
    .get('/', (c) => c.html('a page'))
  const get = async (path: string) =>
    (await api.request(`https://hub.test${path}`, undefined, { remoteAddress: '127.0.0.1', scheme: 'https' })).headers
  expect((await get('/api/own')).get('Cache-Control')).toBe('no-store')
  expect((await get('/api/areas')).get('Cache-Control')).toBe('no-cache')
  const page = await get('/')
  for (const part of [
    "default-src 'self'",
    "script-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ]) {
    expect(page.get('Content-Security-Policy')?.split('; ')).toContain(part)
  }
  expect(page.get('Referrer-Policy')).toBe('same-origin')
})
