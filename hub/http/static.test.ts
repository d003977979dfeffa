import { mkdir, mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HubBindings } from './env.ts'
import { precompress } from './precompress.ts'
import { createRouter } from './router.ts'
import { contentSecurityPolicy, securityHeaders } from './security-headers.ts'
import { readFiles, staticFiles } from './static.ts'

const SECRET = 'outside of the folder'
const script = `export const text = '${'abc'.repeat(2000)}'`
const bindings: HubBindings = { remoteAddress: '192.0.2.1', scheme: 'http' }
let folder: string
let dist: string
let now = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jitasa-static-'))
  dist = join(folder, 'dist')
  await mkdir(join(dist, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), SECRET)
  await writeFile(join(dist, 'index.html'), '<!doctype html><title>Jitasa</title>')
  await writeFile(join(dist, 'icon.svg'), '<svg/>')
  await writeFile(join(dist, 'a b.txt'), 'spaced')
  await writeFile(join(dist, 'assets', 'index-B2rU558S.js'), script)
  await precompress(dist)
})
afterAll(() => rm(folder, { recursive: true }))

function server(root = dist, mapbox = false) {
  const files = staticFiles(root, { now: () => now })
  const app = createRouter()
  app.use(securityHeaders(mapbox))
  app.notFound((c) => files(c))
  return (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    app.fetch(new Request(`http://hub.test${path}`, { method, headers }), bindings)
}

describe('the built dashboard', () => {
  test('index.html stands at / and at the address of every page, and is always asked for anew', async () => {
    const get = server()
    for (const path of ['/', '/index.html', '/wall', '/province/50', '/help/AB12', '/wall/']) {
      const response = await get(path)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(response.headers.get('cache-control')).toBe('no-cache')
      expect(await response.text()).toContain('<title>Jitasa</title>')
    }
  })

  test('the pages of people in need have a document of their own, where it was built, and so have a kiosk and a board', async () => {
    const own = join(folder, 'with-help')
    await mkdir(own)
    await writeFile(join(own, 'index.html'), 'all others')
    await writeFile(join(own, 'help.html'), 'call 1669')
    await writeFile(join(own, 'kiosk.html'), 'a frame')
    await writeFile(join(own, 'board.html'), 'cards')
    const get = server(own)
    for (const path of ['/help', '/help/', '/help/AB12']) expect(await (await get(path)).text()).toBe('call 1669')
    expect(await (await get('/kiosk')).text()).toBe('a frame')
    expect(await (await get('/board?province=50')).text()).toBe('cards')
    for (const path of ['/', '/wall', '/helpdesk', '/kiosk/50', '/boards'])
      expect(await (await get(path)).text()).toBe('all others')
  })

  test('a hashed asset is kept for ever, another file is not', async () => {
    const get = server()
    expect((await get('/assets/index-B2rU558S.js')).headers.get('cache-control')).toBe(
      'public, max-age=31536000, immutable',
    )
    expect((await get('/icon.svg')).headers.get('cache-control')).toBe('no-cache')
    expect(await (await get('/a%20b.txt')).text()).toBe('spaced')
  })

  test('a file that is not there is 404, not the index', async () => {
    const get = server()
    for (const path of [
      '/assets/old-AAAAAAAA.js',
      '/favicon.png',
      '/assets/',
      '/assets/none',
      '/%zz',
      '/assets/index-B2rU558S.js/',
    ]) {
      const response = await get(path)
      expect([path, response.status]).toEqual([path, 404])
      expect(await response.json()).toMatchObject({ error: { code: 'not_found' } })
    }
  })

  test('what was compressed beforehand goes to those who take it, under a tag of its own', async () => {
    const get = server()
    const path = '/assets/index-B2rU558S.js'
    const plain = await get(path)
    const br = await get(path, { 'Accept-Encoding': 'gzip, br' })
    const gz = await get(path, { 'Accept-Encoding': 'gzip' })
    expect([plain, br, gz].map((response) => response.headers.get('content-encoding'))).toEqual([null, 'br', 'gzip'])
    expect(new Set([plain, br, gz].map((response) => response.headers.get('etag'))).size).toBe(3)
    for (const response of [plain, br, gz]) expect(response.headers.get('vary')).toBe('Accept-Encoding')
    expect(brotliDecompressSync(await br.arrayBuffer()).toString()).toBe(script)
    expect(gunzipSync(await gz.arrayBuffer()).toString()).toBe(script)
    expect((await get(`${path}.br`)).status).toBe(404)
  })

  test('If-None-Match is answered with 304 and no body; HEAD with the length and no body', async () => {
    const get = server()
    const tag = (await get('/icon.svg')).headers.get('etag') ?? ''
    expect(tag).toMatch(/^"[\w-]{22}"$/)
    const again = await get('/icon.svg', { 'If-None-Match': tag })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag])
    const head = await get('/icon.svg', {}, 'HEAD')
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '6', ''])
  })

  test('no path leads out of the folder', async () => {
    const get = server()
    const tricks = [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%5c..%5c..%5csecret.txt',
      '/%00/../../secret.txt',
      '//secret.txt',
      `${folder}/secret.txt`,
      '/....//secret.txt',
    ]
    for (const path of tricks) expect(await (await get(path)).text()).not.toContain(SECRET)
    const part = fc.constantFrom(
      '..',
      '%2e%2e',
      '/',
      '%2f',
      '\\',
      '%5c',
      '.',
      '%00',
      'secret.txt',
      'assets',
      '~',
      '%252e',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), async (parts) => {
        expect(await (await get(`/${parts.join('')}`)).text()).not.toContain(SECRET)
      }),
    )
  })

  test('a dashboard that is not built says what to do, and works once it is', async () => {
    const empty = join(folder, 'empty')
    await mkdir(empty)
    const get = server(empty)
    const missing = await get('/wall')
    expect(missing.status).toBe(503)
    expect(await missing.text()).toContain('npm run build')
    await writeFile(join(empty, 'index.html'), 'built')
    now += 2000
    expect(await (await get('/wall')).text()).toBe('built')
    await writeFile(join(empty, 'index.html'), 'built anew')
    await utimes(join(empty, 'index.html'), 2e9, 2e9)
    now += 2000
    expect(await (await get('/wall')).text()).toBe('built anew')
  })

  test('while a new build takes the place of the old, the old one is served', async () => {
    const place = join(folder, 'swapped')
    await mkdir(place)
    await writeFile(join(place, 'index.html'), 'old')
    const get = server(place)
    expect(await (await get('/')).text()).toBe('old')
    await rename(place, `${place}-old`)
    now += 2000
    expect(await (await get('/')).text()).toBe('old')
    await mkdir(place)
    await writeFile(join(place, 'index.html'), 'new')
    now += 2000
    expect(await (await get('/')).text()).toBe('new')
  })
})

describe('precompress', () => {
  test('writes siblings of what gets smaller, and only of that', async () => {
    const names = await readdir(dist, { recursive: true })
    expect(names).toContain(join('assets', 'index-B2rU558S.js.br'))
    expect(names).toContain(join('assets', 'index-B2rU558S.js.gz'))
    expect(names).not.toContain('icon.svg.br')
    expect([...(await readFiles(dist)).keys()].sort()).toEqual([
      '/a b.txt',
      '/assets/index-B2rU558S.js',
      '/icon.svg',
      '/index.html',
    ])
  })
})

describe('security headers', () => {
  test('a page may load only from the hub itself', async () => {
    const policy = (await server()('/')).headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain('ws://hub.test wss://hub.test')
    expect(policy).not.toMatch(/mapbox|https:/)
    expect(contentSecurityPolicy({ host: 'hub.test', mapbox: true })).toMatch(
      /connect-src [^;]*https:\/\/api\.mapbox\.com/,
    )
  })

  test('stand on every answer; HSTS on https only', async () => {
    const headers = (await server()('/icon.svg')).headers
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('strict-transport-security')).toBeNull()
    const app = createRouter()
    app.use(securityHeaders(false))
    app.get('/', (c) => c.text(''))
    const secure = await app.fetch(new Request('https://hub.test/'), { ...bindings, scheme: 'https' })
    expect(secure.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
  })
})
