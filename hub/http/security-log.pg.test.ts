import { once } from 'node:events'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import WebSocket from 'ws'
import { type Browser, createPerson, SECRET, startHub, type TestHub } from '../../tests/security/hub.ts'
import { createTestDatabase, type TestDatabase } from '../../tests/support/pg.ts'
import { PROTOCOL_VERSION } from '../contract/live/version.ts'
import { type Hub, startHub as startWholeHub } from '../process/hub.ts'
import { systemClock } from '../runtime/clock.ts'
import { readConfig } from '../runtime/config.ts'
import { createLogger } from '../runtime/logger.ts'
import { createMetrics } from '../runtime/metrics.ts'

/** Somebody's name, who fills in a form wrongly: what was sent stands in no line. */
const SENT = 'Canary-of-the-security-log'

let database: TestDatabase
let office: TestHub
let hub: Hub
let volunteer: Browser
let text = ''

const lines = (): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line.includes('"security"'))
    .map((line) => JSON.parse(line))
const line = async (of: Record<string, unknown>) =>
  vi.waitFor(() => expect(lines()).toContainEqual(expect.objectContaining({ security: 'refused', ...of })))

beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query(`update operation set kind = 'drill'`)
  office = startHub(database)
  hub = await startWholeHub({
    config: readConfig({ PORT: '0', HOST: '127.0.0.1', PUZZLE_ABOVE: '1' }),
    urls: database,
    secret: SECRET,
    build: 'test',
    clock: systemClock,
    logger: createLogger('info', {
      write(written) {
        text += written
      },
    }),
    metrics: createMetrics(),
    sharedPort: false,
  })
  await vi.waitFor(() => expect(hub.source.state().kind).toBe('streaming'), { timeout: 20_000 })
  await createPerson(office, 'volunteer', 'volunteer', { areas: ['5001'] })
  volunteer = await office.signIn('volunteer')
})
afterAll(async () => {
  await hub.stop(0)
  await office.stop()
  await database.drop()
})

const url = (path: string) => `http://127.0.0.1:${hub.port}${path}`
const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url(path), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...headers },
    body: JSON.stringify(body),
  })

async function watch(scope: string, headers: Record<string, string> = {}): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${hub.port}/live?v=${PROTOCOL_VERSION}`, { headers })
  await once(socket, 'open')
  const denied = new Promise<void>((resolve) => {
    socket.on('message', (data) => JSON.parse(String(data)).t === 'deny' && resolve())
  })
  socket.send(JSON.stringify({ t: 'sub', s: scope, at: 0 }))
  await denied
  socket.terminate()
}

it('a stranger who asks for what is for accounts is logged, over HTTP and on a socket', async () => {
  expect((await fetch(url('/api/cases?area=50'))).status).toBe(401)
  await line({ code: 'unauthenticated', status: 401, route: 'GET /api/cases', address: '127.0.0.1' })
  await watch('board:50')
  await line({ code: 'unauthenticated', scope: 'board:50', address: '127.0.0.1' })
})

it('an account that asks for what is not its own is logged, with its session, over HTTP and on a socket', async () => {
  const cookie = volunteer.cookie()
  expect((await fetch(url('/api/accounts'), { headers: { cookie } })).status).toBe(403)
  await line({ code: 'forbidden', status: 403, route: 'GET /api/accounts', session: expect.stringMatching(/./) })
  await watch('board:10', { cookie })
  await line({ code: 'forbidden', scope: 'board:10', account: expect.stringMatching(/^[\w-]{36}$/) })
})

it('what goes round a check is logged: a foreign page, input that no form sends, a code that is guessed, a puzzle that is not solved', async () => {
  const origin = 'https://elsewhere.example'
  expect((await post('/api/session/sign-out', {}, { origin })).status).toBe(403)
  await line({ code: 'foreign_origin', status: 403 })
  const socket = new WebSocket(`ws://127.0.0.1:${hub.port}/live?v=${PROTOCOL_VERSION}`, { headers: { origin } })
  await once(socket, 'error')
  await vi.waitFor(() => expect(lines().filter(({ code }) => code === 'foreign_origin')).toHaveLength(2))

  expect((await post('/api/help', { name: SENT, language: 'th' })).status).toBe(400)
  await line({ code: 'invalid_input', status: 400, route: 'POST /api/help' })
  expect((await fetch(url('/api/help/status'), { headers: { 'tracking-code': 'AAAA-BBBB-CCCCC' } })).status).toBe(404)
  await line({ code: 'code_unknown', status: 404, route: 'GET /api/help/status' })

  const asked = {
    language: 'th',
    consent: { given: true, version: '2026-11' },
    needs: ['food'],
    place: { area: '5001' },
  }
  const statuses = [(await post('/api/help', asked)).status, (await post('/api/help', asked)).status]
  expect(statuses).toEqual([201, 428])
  await line({ code: 'puzzle_needed', status: 428 })
  expect((await post('/api/help', asked, { 'puzzle-solution': 'nonsense' })).status).toBe(422)
  await line({ code: 'puzzle_wrong', status: 422 })
})

it('a line holds nothing of what was sent', () => {
  expect(lines().length).toBeGreaterThan(8)
  expect(text).not.toContain(SENT)
  expect(text).not.toContain('AAAA-BBBB-CCCCC')
})
