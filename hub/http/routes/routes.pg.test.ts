import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exchange, request } from '../../../tests/http/raw.ts'
import { type ServedHub, serveHub } from '../../../tests/http/served-hub.ts'
import { createPerson, startHub } from '../../../tests/security/hub.ts'
import { applyDelta, emptyScope } from '../../contract/live/apply.ts'
import type { Delta } from '../../contract/live/messages.ts'
import { createMetrics } from '../../runtime/metrics.ts'
import { SILENCE_MS_MAX } from '../../source/health.ts'
import { LEASE_MS, warningTimes } from '../../work/needs/lease.ts'
import { createApp } from '../app.ts'

let served: ServedHub
const get: ServedHub['get'] = (...asked) => served.get(...asked)

beforeAll(async () => {
  served = await serveHub()
})
afterAll(() => served.stop())

describe('before the first snapshot', () => {
  test('the process lives but is not ready, and says what it waits for', async () => {
    expect((await get('/healthz')).status).toBe(200)
    const ready = await get('/readyz')
    expect([ready.status, ready.json()]).toMatchObject([
      503,
      { ready: false, source: 'starting', why: 'waiting for a slot', silenceMs: null },
    ])
    const early = await get('/api/situation')
    expect([early.status, early.header('retry-after'), early.json()]).toMatchObject([
      503,
      '1',
      { error: { code: 'not_ready' } },
    ])
  })
})

describe('the situation', () => {
  beforeAll(() => served.takeSnapshot())

  test('is since(0): a client that folds it holds its checksum', async () => {
    const answer = await get('/api/situation?scope=nation')
    expect(answer.status).toBe(200)
    expect(answer.header('x-situation-epoch')).toBe('e1')
    const delta = answer.json() as unknown as Delta
    expect([delta.from, delta.to]).toEqual([0, 900])
    const scope = emptyScope('nation')
    expect(applyDelta(scope, delta).outcome).toBe('replaced')
    expect(scope.cells.get('cases@2021-11-11|10')).toBe(5)
  })

  test('its tag is position and checksum, and answers 304 until a commit', async () => {
    const first = await get('/api/situation?scope=public:10')
    const tag = first.header('etag') ?? ''
    expect(tag).toMatch(/^"900-[0-9a-f]+"$/)
    const again = await get('/api/situation?scope=public:10', [`If-None-Match: ${tag}`])
    expect([again.status, again.body.length, again.header('etag')]).toEqual([304, 0, tag])
    served.situation.apply({
      position: 950,
      at: 1_636_600_001_000,
      changes: [
        {
          kind: 'insert',
          table: 'cases',
          row: {
            id: '9',
            district: '1001',
            report_day: '2021-11-11',
            classification: 'confirmed',
            severity: 'green',
            stage: 'waiting',
            care_place: 'waiting',
            outcome: 'none',
            outcome_day: 'infinity',
            waiting: 't',
          },
        },
      ],
    })
    const moved = await get('/api/situation?scope=public:10', [`If-None-Match: ${tag}`])
    expect([moved.status, (moved.json() as unknown as Delta).to]).toEqual([200, 950])
  })

  test('goes out compressed to those who take it', async () => {
    served.situation.reset({
      epoch: 'e1',
      position: 960,
      at: 0,
      groups: Array.from({ length: 900 }, (_, i) => ({
        table: 'cases',
        metric: 0,
        row: {
          district: `10${String(i % 50).padStart(2, '0')}`,
          report_day: `2021-11-${String(1 + (i % 11)).padStart(2, '0')}`,
          classification: 'confirmed',
        },
        n: i + 1,
      })),
      rows: [{ table: 'operation', row: { id: '1', day: '2021-11-11', kind: 'live', title_th: '', title_en: '' } }],
    })
    const plain = await get('/api/situation?scope=public:10')
    const zipped = await get('/api/situation?scope=public:10', ['Accept-Encoding: gzip'])
    expect(zipped.header('content-encoding')).toBe('gzip')
    expect(gunzipSync(zipped.body).toString()).toBe(plain.text)
    expect(zipped.body.length).toBeLessThan(plain.body.length / 2)
  })

  test.each([
    'foo',
    'province:',
    'province:99',
    'board:99',
    'presence:1',
    'nation ',
    'province:10:1',
    '%00',
    'constructor',
  ])('scope %s is unknown', async (scope) => {
    const before = served.situation.size().scopes
    const answer = await get(`/api/situation?scope=${encodeURIComponent(scope)}`)
    expect([answer.status, answer.json()]).toMatchObject([400, { error: { code: 'unknown_scope' } }])
    expect(served.situation.size().scopes).toBe(before)
  })

  test('a scope of 41 characters is invalid input, and says where', async () => {
    const answer = await get(`/api/situation?scope=${'x'.repeat(41)}`)
    expect([answer.status, answer.json()]).toMatchObject([
      400,
      { error: { code: 'invalid_input', details: [{ in: 'query', path: 'scope' }] } },
    ])
  })

  test('open cases are not for everyone', async () => {
    expect([
      (await get('/api/situation?scope=board:10')).status,
      (await get('/api/situation?scope=public:10')).status,
    ]).toEqual([401, 200])
    await createPerson(served.hub, 'responder.10', 'responder', { areas: ['10'] })
    const browser = await served.hub.signIn('responder.10')
    expect((await get('/api/situation?scope=board:10', [`Cookie: ${browser.cookie()}`])).status).toBe(200)
    expect((await get('/api/situation?scope=board:50', [`Cookie: ${browser.cookie()}`])).status).toBe(403)
  })
})

describe('areas', () => {
  type Areas = { parent: string; areas: { code: string; nameTh: string; level: string }[] }
  const below = async (parent: string) => (await get(`/api/areas?parent=${parent}`)).json() as unknown as Areas

  test('provinces, districts of a province, sub-districts of a district', async () => {
    const provinces = (await get('/api/areas')).json() as unknown as Areas
    expect(provinces.areas.filter(({ level }) => level === 'province').length).toBe(77)
    expect(provinces.areas.find(({ code }) => code === '10')?.nameTh).toBe('กรุงเทพมหานคร')
    expect((await below('50')).areas.every(({ code }) => code.startsWith('50') && code.length === 4)).toBe(true)
    expect((await below('5001')).areas.every(({ code }) => code.length === 6)).toBe(true)
  })

  test('carry a tag, and 304 for it', async () => {
    const tag = (await get('/api/areas')).header('etag') ?? ''
    expect((await get('/api/areas', [`If-None-Match: ${tag}`])).status).toBe(304)
  })

  test('that are none: 404, or 400 when it is no code', async () => {
    expect([(await get('/api/areas?parent=99')).status, (await get('/api/areas?parent=x')).status]).toEqual([404, 400])
  })

  test('the shapes are TopoJSON, compressed to a third', async () => {
    const shapes = await get('/api/areas/provinces.topo.json', ['Accept-Encoding: gzip'])
    expect(shapes.body.length).toBeLessThan(40_000)
    expect(JSON.parse(gunzipSync(shapes.body).toString())).toMatchObject({ type: 'Topology' })
  })
})

describe('the operation of the hub', () => {
  test('ready says position and lag', async () => {
    served.takeSnapshot()
    const ready = await get('/readyz')
    expect([ready.status, ready.json()]).toMatchObject([
      200,
      { ready: true, source: 'streaming', lagBytes: 0, why: null },
    ])
    expect(ready.json().position).toBe(served.situation.position)
  })

  test('a PostgreSQL that has gone silent is not ready, from the moment that screens say so', async () => {
    served.silence(SILENCE_MS_MAX + 1500)
    const silent = await get('/readyz')
    expect([silent.status, silent.json()]).toMatchObject([
      503,
      { ready: false, source: 'streaming', why: expect.stringContaining('silent for 7 s') },
    ])
    served.takeSnapshot()
    expect((await get('/readyz')).status).toBe(200)
  })

  test('the configuration of the dashboard, and nothing else of it', async () => {
    expect((await get('/api/config')).json()).toEqual({
      mapboxToken: null,
      build: 'test-1',
      languages: ['th', 'en', 'my', 'lo', 'km'],
      leaseMs: LEASE_MS,
      leaseWarnMs: warningTimes(LEASE_MS),
    })
  })

  test('metrics count requests by route', async () => {
    const text = (await get('/metrics')).text
    expect(text).toMatch(/jitasa_http_request_seconds_count\{route="\/api\/areas",method="GET",status="200"\} \d+/)
    expect(text).not.toMatch(/route="[^"]*(?:nothing|parent)/)
  })

  test('metrics want the bearer when there is one', async () => {
    const config = { ...served.hub.deps.config, metricsToken: 'a-token-of-the-test' }
    const app = createApp({ ...served.freshDeps(), config })
    const ask = (headers: Record<string, string>) =>
      app.fetch(new Request('http://hub.test/metrics', { headers }), { remoteAddress: '192.0.2.1', scheme: 'http' })
    expect((await ask({})).status).toBe(401)
    expect((await ask({ Authorization: 'Bearer wrong' })).status).toBe(401)
    expect((await ask({ Authorization: 'Bearer a-token-of-the-test' })).status).toBe(200)
  })

  test('the API describes itself, as a document and as a page that needs nothing else', async () => {
    const document = (await get('/api/openapi.json')).json() as unknown as { openapi: string; paths: object }
    expect(document.openapi).toBe('3.1.0')
    for (const path of ['/api/situation', '/api/history', '/api/areas', '/healthz', '/readyz', '/metrics']) {
      expect(document.paths).toHaveProperty([path])
    }
    const page = await get('/api/reference')
    expect(page.header('content-type')).toBe('text/html; charset=utf-8')
    expect(page.header('content-security-policy')).toMatch(/default-src 'none'/)
    for (const path of Object.keys(document.paths)) expect(page.text).toContain(path)
    expect(page.text).not.toMatch(/<script|src=|@import/)
  })

  test('every answer carries a request id and the security headers', async () => {
    for (const path of ['/healthz', '/api/areas', '/api/nothing', '/wall', '/api/situation?scope=x']) {
      const answer = await get(path)
      expect(answer.header('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
      expect(answer.header('x-content-type-options')).toBe('nosniff')
    }
  })
})

test('a fault of the hub itself is a 500 that says nothing of it, and a line of the log with its cause and the request’s id', async () => {
  const since = () => {
    throw new Error('a bug that nobody knew')
  }
  const app = createApp({ ...served.freshDeps(), situation: Object.assign(Object.create(served.situation), { since }) })
  const answer = await app.fetch(new Request('http://hub.test/api/situation', { headers: { host: 'hub.test' } }), {
    remoteAddress: '192.0.2.1',
    scheme: 'http',
  })
  const text = await answer.text()
  expect([answer.status, text.includes('a bug')]).toEqual([500, false])
  const line = served.hub
    .log()
    .split('\n')
    .find((one) => one.includes('a bug that nobody knew'))
  expect(line).toContain(answer.headers.get('x-request-id'))
  expect(line).toMatch(/"level":(?:50|"error")/)
  expect(line).toContain('"stack"')
})

test('a database that is away: 503 for what needs it, while the situation is still shown', async () => {
  served.takeSnapshot()
  const lost = startHub({ apiUrl: 'postgres://nobody@127.0.0.1:1/none', authUrl: 'postgres://nobody@127.0.0.1:1/none' })
  const app = createApp({ ...lost.deps, situation: served.situation, metrics: createMetrics() })
  const ask = (path: string) =>
    app.fetch(new Request(`http://localhost${path}`, { headers: { host: 'localhost' } }), {
      remoteAddress: '192.0.2.1',
      scheme: 'http',
    })
  const areas = await ask('/api/areas')
  expect([areas.status, areas.headers.get('retry-after'), await areas.json()]).toMatchObject([
    503,
    '5',
    { error: { code: 'database_away' } },
  ])
  expect((await ask('/api/situation')).status).toBe(200)
  await lost.stop()
})

describe('bad input', () => {
  const post = async (path: string, lines: readonly string[], body: string | Buffer) => {
    const bytes = Buffer.from(body)
    const head = Buffer.from(request(`POST ${path}`, [`Content-Length: ${bytes.length}`, ...lines]))
    const { answers } = await exchange(served.port, Buffer.concat([head, bytes]))
    return { status: answers[0]?.status, error: JSON.parse(answers[0]?.body.toString() ?? '{}').error }
  }
  const JSON_TYPE = ['Content-Type: application/json']
  const SIGN_IN = '/api/auth/sign-in'

  test('JSON that is none, JSON of another shape, bytes that are no UTF-8, another type: 400 or 415, said where', async () => {
    for (const body of ['{"login":', '[]', 'null', '{"login":5}']) {
      expect(await post(SIGN_IN, JSON_TYPE, body)).toMatchObject({ status: 400, error: { code: 'invalid_input' } })
    }
    const bytes = Buffer.from([0xff, 0xfe, 0x7b])
    expect(await post(SIGN_IN, JSON_TYPE, bytes)).toMatchObject({ status: 400, error: { code: 'not_utf8' } })
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/json; charset=utf-16',
    ]) {
      const { status } = await post(SIGN_IN, [`Content-Type: ${type}`], 'login=a')
      expect([400, 415]).toContain(status)
    }
  })

  test('a body over the limit: 413 before it is read', async () => {
    expect(await post(SIGN_IN, JSON_TYPE, 'x'.repeat(5000))).toMatchObject({
      status: 413,
      error: { code: 'body_too_large' },
    })
    const { answers } = await exchange(served.port, request(`POST ${SIGN_IN}`, ['Content-Length: 1073741824']))
    expect(answers[0]?.status).toBe(413)
  })

  test('a field named __proto__ or constructor changes nothing of any object, and is refused as unknown', async () => {
    const raw = '{"language":"en","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'
    const lines = [`Content-Length: ${raw.length}`, 'Content-Type: application/json', 'Idempotency-Key: proto-12345']
    const { answers } = await exchange(served.port, request('POST /api/help', lines, raw))
    expect(answers[0]?.status).toBe(400)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('a parameter that is given twice is refused, and named: nobody has to know which of them counts', async () => {
    for (const path of ['/api/areas?parent=50&parent=51', '/api/areas?parent=50&parent=50']) {
      const twice = await get(path)
      expect([twice.status, twice.text.includes('"parent"')]).toEqual([400, true])
    }
  })

  test('paths of garbage: 404 or 400 in the one shape', async () => {
    for (const path of [
      '/api/%00',
      '/api/%zz',
      '/api/%ff%fe',
      `/api/${'a/'.repeat(3000)}`,
      '/api//situation',
      '/api/..%2f..%2fetc/passwd',
      '/api/constructor',
    ]) {
      const answer = await get(path)
      expect([path, answer.status]).toEqual([path, 404])
      expect(answer.json()).toMatchObject({ error: { code: 'not_found' } })
    }
  })

  test.each(['DELETE /api/situation', 'POST /wall'])('a method nobody serves: %s', async (line) => {
    const { answers } = await exchange(served.port, request(line))
    expect(answers[0]?.status).toBe(404)
  })

  test('the log names no body, no cookie and no address of it all', () => {
    expect(served.hub.log()).not.toMatch(/session_token|login=a/)
  })
})
