import { once } from 'node:events'
import path from 'node:path'
import { expect, test } from 'vitest'
import WebSocket from 'ws'
import { type Browser, createPerson, errorCode, SECRET, startHub } from '../../../tests/security/hub.ts'
import { addDatabase, forFile } from '../../../tests/support/for-file.ts'
import { startProduction } from '../../../tests/support/production.ts'
import type { AnswerOf as Answer } from '../../contract/api/routes.ts'
import type { ClientMessage, Delta, Hello, HubMessage } from '../../contract/live/messages.ts'
import { type RowObject, rowObjects } from '../../contract/live/rows.ts'
import type { Scope } from '../../contract/live/scopes.ts'
import { PROTOCOL_VERSION } from '../../contract/live/version.ts'
import { buildDashboard } from '../../process/build.ts'

/** For what is only waited for. */
const WAIT = { timeout: 20_000, interval: 50 }
const NAMED_MS_MAX = 3000

/** Two workers, so that what a screen says to one is asked of the other; and an office that signs people in. */
const { database, office, url } = await forFile(async (add) => {
  await buildDashboard(path.resolve(import.meta.dirname, '../../..'))
  const database = await addDatabase(add)
  await database.pool.query(`update operation set kind = 'drill'`)
  const office = startHub(database)
  add(() => office.stop())
  const hub = await startProduction(database, { HUB_WORKERS: '2' }, SECRET)
  add(() => hub.kill('SIGKILL'))
  return { database, office, url: hub.url }
})

const SCOPES: readonly Scope[] = ['province:50', 'command:50', 'command:TH']

const screenOf = (login: string, area: string) => createPerson(office, login, 'screen', { areas: [area] })
const ids = {
  left: await screenOf('hall-left', '50'),
  right: await screenOf('hall-right', '50'),
  far: await screenOf('far-wall', '51'),
}
await createPerson(office, 'governor', 'governor', { areas: ['50'] })
await createPerson(office, 'responder', 'responder', { areas: ['50'] })
const governor = await office.signIn('governor')
const responder = await office.signIn('responder')

/** A request to the hub, over its port: any of its workers answers. */
function request(by: Browser, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${url}${path}`, {
    method,
    headers: {
      cookie: by.cookie(),
      origin: new URL(url).origin,
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** A wall that paints what it gets, at once, until it is frozen: its socket lives, and it says nothing. */
async function openWall(cookie: string, scopes: readonly Scope[]) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/live?v=${PROTOCOL_VERSION}`, { headers: { cookie } })
  let hello: Hello | undefined
  let frozen = false
  const rows = new Map<string, RowObject<'order'>>()
  const say = (message: ClientMessage) => socket.send(JSON.stringify(message))
  const paint = ({ s, to, at, r, x }: Delta) => {
    for (const order of rowObjects(r, 'order')) rows.set(order.id, order)
    for (const key of x) rows.delete(key.split('/')[1] ?? '')
    if (frozen || !hello) return
    say({ t: 'painted', e: hello.e, p: [[s, to, Math.max(0, Date.now() - at)]] })
  }
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as HubMessage
    if (message.t === 'hello') hello = message
    if (message.t === 'delta') paint(message)
  })
  await once(socket, 'open')
  for (const s of scopes) say({ t: 'sub', s, at: 0 })
  say({ t: 'screen', scene: 'Chiang Mai', build: 'an older one', fps: 60, ms: 90, w: 1920, h: 1080 })
  return {
    rows,
    freeze: () => {
      frozen = true
    },
    leave: () => socket.close(),
  }
}

type Receipt = Answer<'GET /api/receipts'>
const receiptOf = async (by: Browser, path: string): Promise<Receipt> => {
  const response = await request(by, 'GET', `/api/receipts?${path}`)
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as Receipt
}
const listed = async (id: string) => {
  const { screens } = (await (await request(governor, 'GET', '/api/screens')).json()) as Answer<'GET /api/screens'>
  return screens.find((screen) => screen.id === id)
}
const order = (by: Browser, body: object) => request(by, 'POST', '/api/screens/orders', body)
const say = async (text: string): Promise<string> => {
  const until = new Date(Date.now() + 3_600_000).toISOString()
  const response = await request(governor, 'POST', '/api/command-messages', { area: '50', text, until })
  const { message } = (await response.json()) as Answer<'POST /api/command-messages'>
  return `scope=command:50&row=message/${message.id}`
}

const cookieOf = async (login: string) => (await office.signIn(login)).cookie()
const left = await openWall(await cookieOf('hall-left'), [...SCOPES, `screen:${ids.left}`])
const right = await openWall(await cookieOf('hall-right'), SCOPES)
/** nobody's screen: a page that a person has opened */
await openWall((await office.signIn('responder')).cookie(), SCOPES)

test('a message from command says on how many screens it is painted, and how long the last took', async () => {
  const asked = await say('Open hall 5')
  await expect
    .poll(() => receiptOf(governor, asked), WAIT)
    .toMatchObject({ screens: { of: 2, painted: 2 }, missing: [], others: { of: 1, painted: 1 } })
  const { screens } = await receiptOf(responder, asked)
  expect(screens.lastMs).toBeGreaterThanOrEqual(0)
  expect(screens.lastMs).toBeLessThan(WAIT.timeout)
})

test('each screen says of itself what it shows; a page of another build is marked', async () => {
  await expect
    .poll(() => listed(ids.left), WAIT)
    .toMatchObject({
      link: {
        ...{ goneSince: null, behindSince: null, scene: 'Chiang Mai', fps: 60, latencyMs: 90, isOld: true },
        ...{ width: 1920, height: 1080 },
      },
      order: null,
    })
  expect(await listed(ids.far)).toBeUndefined()
})

test('an order comes to its screen alone, and is taken when the screen has painted it', async () => {
  const given = await order(governor, {
    screens: [ids.left],
    kind: 'message',
    text: 'Shift change at 19:00',
    minutes: 5,
  })
  expect(given.status).toBe(201)
  await expect
    .poll(() => [...left.rows.values()], WAIT)
    .toMatchObject([{ kind: 'message', text: 'Shift change at 19:00' }])
  await expect.poll(async () => (await listed(ids.left))?.order?.takenAt, WAIT).toEqual(expect.any(Number))
  expect(right.rows.size).toBe(0)
  await order(governor, { screens: [ids.left], kind: 'message', text: 'Shift change at 20:00', minutes: 5 })
  await expect.poll(() => [...left.rows.values()].map(({ text }) => text), WAIT).toEqual(['Shift change at 20:00'])
  const { rows } = await database.pool.query(`select resource, area from audit_log where action = 'screen.message'`)
  expect(rows).toEqual(Array(2).fill({ resource: `account:${ids.left}`, area: '50' }))
})

test('a screen is told to go to a scene of its list', async () => {
  const scenes = [{ place: '50', view: 'vaccination', seconds: 30, hours: null }]
  expect((await request(governor, 'PUT', `/api/screens/${ids.right}/scenes`, { scenes })).status).toBe(200)
  const given = await order(governor, { screens: [ids.right], kind: 'scene', text: '50 vaccination' })
  expect(given.status).toBe(201)
  expect((await listed(ids.right))?.order).toMatchObject({ kind: 'scene', text: '50 vaccination' })
})

test('an order that no screen takes ends, and is shown as not taken', async () => {
  expect((await order(governor, { screens: [ids.right], kind: 'identify' })).status).toBe(201)
  await database.pool.query(`update screen_orders set until = at + interval '1 ms' where screen_id = $1`, [ids.right])
  await expect.poll(async () => (await listed(ids.right))?.order, WAIT).toMatchObject({ state: 'ended', takenAt: null })
})

test.each([
  ['for a screen of another province', 'unknown_screen', () => ({ screens: [ids.left, ids.far], kind: 'identify' })],
  ['for nobody’s screen', 'unknown_screen', () => ({ screens: [crypto.randomUUID()], kind: 'reload' })],
  [
    'with a phone number',
    'personal_number',
    () => ({ screens: [ids.left], kind: 'message', text: 'Call 081-234-5678' }),
  ],
  ['without its text', 'invalid_input', () => ({ screens: [ids.left], kind: 'message' })],
  ['with a text that it has no use for', 'invalid_input', () => ({ screens: [ids.left], kind: 'reload', text: 'now' })],
  ['for no screen', 'invalid_input', () => ({ screens: [], kind: 'reload' })],
  ['to a scene that is none', 'invalid_input', () => ({ screens: [ids.left], kind: 'scene', text: '50 nonsense' })],
  [
    'to a scene that it does not play',
    'scene_unplayed',
    () => ({ screens: [ids.left], kind: 'scene', text: '50 vaccination' }),
  ],
])('an order %s is refused, and nobody is told', async (_, code, body) => {
  const count = async () => (await database.pool.query('select from screen_orders')).rowCount
  const before = await count()
  expect(await errorCode(await order(governor, body()))).toBe(code)
  expect((await order(responder, body())).status).toBe(403)
  expect(await count()).toBe(before)
})

test('a screen that stands still is named within three seconds, and one that is gone, with since when', async () => {
  left.freeze()
  const at = Date.now()
  const asked = await say('Hall 5 is full')
  const missing = () => receiptOf(governor, asked).then((receipt) => receipt.missing)
  await expect.poll(() => receiptOf(governor, asked), WAIT).toMatchObject({ screens: { of: 2, painted: 1 } })
  const [still] = await missing()
  expect(still).toMatchObject({ name: 'Test hall-left', isDark: false })
  expect(Math.abs((still?.since ?? 0) - at)).toBeLessThan(NAMED_MS_MAX)
  expect((await receiptOf(responder, asked)).missing).toMatchObject([{ name: null, isDark: false }])
  left.leave()
  await expect.poll(missing, WAIT).toMatchObject([{ name: 'Test hall-left', isDark: true }])
  expect((await missing())[0]?.since).toBeGreaterThanOrEqual(at)
  expect((await listed(ids.left))?.link).toMatchObject({ goneSince: expect.any(Number), scene: 'Chiang Mai' })
})

test.each([
  ['scope=province:99&position=1', 'unknown_scope'],
  [`scope=screen:${ids.left}&position=1`, 'invalid_input'],
  ['scope=command:50&row=message/999999', 'not_in_scope'],
  ['scope=command:51&position=1', 'forbidden'],
  ['scope=nation', 'invalid_input'],
  ['scope=nation&row=case/1', 'invalid_input'],
  ['scope=nation&position=-1', 'invalid_input'],
])('a receipt for %s is refused: %s', async (query, code) => {
  expect(await errorCode(await request(governor, 'GET', `/api/receipts?${query}`))).toBe(code)
})
