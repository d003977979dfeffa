import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { NOTHING_LOADS } from '../runtime/answer-headers.ts'
import type { HubEnv } from './env.ts'
import { securityHeaders, styleHashes } from './security-headers.ts'

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

test('styles are the hub’s own files, and those of a document that stand in it, by their hash; no attribute is one', async () => {
  const html = '<!doctype html><style>p{color:red}</style><style>\nb{}</style><p>'
  const [first, second, ...more] = styleHashes(html)
  expect([first, more]).toEqual(["'sha256-p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64='", []])
  const page = new Hono<HubEnv>().use(securityHeaders(false)).get('/own', (c) => {
    c.set('styles', [first!, second!])
    return c.html(html)
  })
  const env = { remoteAddress: '127.0.0.1', scheme: 'http' }
  const policy = (await page.request('http://hub.test/own', {}, env)).headers.get('Content-Security-Policy') ?? ''
  expect(policy).toContain(`style-src 'self' ${first} ${second};`)
  expect(policy).not.toContain('unsafe')
})

test('every answer has a policy: a worker’s script its page’s; what is neither loads nothing; 304 leaves the page’s as it is', async () => {
  const app = new Hono<HubEnv>()
    .use(securityHeaders(false))
    .get('/assets/:name', (c) => c.body('', 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
    .get('/kept', (c) => c.body(null, 304))
    .get('/moved', (c) => c.redirect('/kept'))
    .get('/api/data', (c) => c.json({}))
  const env = { remoteAddress: '127.0.0.1', scheme: 'https' }
  const policyOf = async (path: string) =>
    (await app.request(`https://hub.test${path}`, {}, env)).headers.get('Content-Security-Policy')
  for (const name of ['map-worker-D6Le8Gi8.js', 'record-worker.js'])
    expect(await policyOf(`/assets/${name}`)).toContain("connect-src 'self'")
  expect(await policyOf('/kept')).toBeNull()
  for (const path of ['/moved', '/api/data', '/nothing-here', '/assets/main-BJqqACmb.js'])
    expect([path, await policyOf(path)]).toEqual([path, NOTHING_LOADS])
})
