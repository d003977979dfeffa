import { expect, test } from 'vitest'
import { type Browser, createBrowser, createPerson, errorCode } from '../../../tests/security/hub.ts'
import { hubForFile } from '../../../tests/support/for-file.ts'
import { PASS_MS } from '../../authorize/pass.ts'
import { WALL_CLIENT } from './better-auth.ts'

const clock = { at: 0, now: () => clock.at || Date.now() }

const { database, hub } = await hubForFile(() => ({ clock }))
await createPerson(hub, 'governor', 'governor', { areas: ['50'] })
const governor = await hub.signIn('governor')

type Codes = { device_code: string; user_code: string; verification_uri: string; interval: number }

async function askForCode(wall: Browser): Promise<Codes> {
  const response = await wall.fetch('POST', '/api/auth/device/code', { body: { client_id: WALL_CLIENT } })
  expect(response.status).toBe(200)
  return (await response.json()) as Codes
}

const token = (wall: Browser, code: string) =>
  wall.fetch('POST', '/api/auth/device/token', {
    body: {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: code,
      client_id: WALL_CLIENT,
    },
  })
/** So that the wall may ask again at once. */
const forgetPoll = () => database.pool.query('update device_codes set last_polled_at = null')
const approve = (code: string, area = '50') =>
  governor.fetch('POST', '/api/screens', { body: { code, name: 'War room 1', area } })

test('a wall shows a code, a governor approves it, and the wall is signed in as a screen of that area', async () => {
  const wall = createBrowser(hub.fetch)
  const codes = await askForCode(wall)
  expect(new URL(codes.verification_uri).pathname).toBe('/admin/screens')
  const early = await token(wall, codes.device_code)
  expect(early.status).toBe(400)
  expect(await errorCode(early)).toBe('authorization_pending')
  expect(await errorCode(await token(wall, codes.device_code))).toBe('slow_down')
  expect(await wall.me()).toMatchObject({ signedIn: false })

  const typed = `${codes.user_code.slice(0, 4)}-${codes.user_code.slice(4)}`.toLowerCase()
  expect((await approve(typed)).status).toBe(201)
  await forgetPoll()
  expect((await token(wall, codes.device_code)).status).toBe(200)
  expect(await wall.me()).toMatchObject({ role: 'screen', areas: ['50'], account: { label: 'War room 1' } })
  await forgetPoll()
  expect((await token(wall, codes.device_code)).status, 'a code works once').toBe(400)
})

test('the session of a wall outlives months; its pass is renewed by itself', async () => {
  const wall = createBrowser(hub.fetch)
  const codes = await askForCode(wall)
  await approve(codes.user_code)
  const signedIn = await token(wall, codes.device_code)
  const session = signedIn.headers.getSetCookie().find((line) => line.includes('session_token'))
  expect(session).toMatch(/Max-Age=34560000/)
  const { rows } = await database.pool.query(
    `select extract(day from expires_at - now())::int as days from account_sessions order by created_at desc limit 1`,
  )
  expect(rows[0].days).toBeGreaterThan(398)
  clock.at = Date.now() + PASS_MS + 1
  const before = wall.cookie()
  expect(await wall.me()).toMatchObject({ role: 'screen' })
  expect(wall.cookie()).not.toBe(before)
  clock.at = 0
})

test('a governor approves screens of the own province only, and sees only those', async () => {
  const wall = createBrowser(hub.fetch)
  const { user_code } = await askForCode(wall)
  expect((await approve(user_code, '51')).status).toBe(403)
  expect((await approve(user_code, 'TH')).status).toBe(403)
  await createPerson(hub, 'admin', 'administrator')
  const admin = await hub.signIn('admin')
  expect(
    (await admin.fetch('POST', '/api/screens', { body: { code: user_code, name: 'Nation', area: 'TH' } })).status,
  ).toBe(201)
  type List = { screens: { id: string; area: string }[] }
  const own = (await (await governor.fetch('GET', '/api/screens')).json()) as List
  const all = (await (await admin.fetch('GET', '/api/screens')).json()) as List
  expect(new Set(own.screens.map((screen) => screen.area))).toEqual(new Set(['50']))
  expect(new Set(all.screens.map((screen) => screen.area))).toEqual(new Set(['50', 'TH']))
  const foreign = all.screens.find((screen) => screen.area === 'TH')
  expect((await governor.fetch('DELETE', `/api/screens/${foreign?.id}`)).status).toBe(404)
})

test('a screen that is switched off is out at its next request', async () => {
  const wall = createBrowser(hub.fetch)
  const codes = await askForCode(wall)
  const { id } = (await (await approve(codes.user_code)).json()) as { id: string }
  await token(wall, codes.device_code)
  expect(await wall.me()).toMatchObject({ role: 'screen' })
  expect((await governor.fetch('DELETE', `/api/screens/${id}`)).status).toBe(204)
  expect(await wall.me()).toMatchObject({ signedIn: false })
})

test('unknown, expired and foreign codes: a clear word', async () => {
  expect(await errorCode(await approve('ABCD-EFGH'))).toBe('unknown_code')
  const wall = createBrowser(hub.fetch)
  const codes = await askForCode(wall)
  await database.pool.query(`update device_codes set expires_at = now() - interval '1 s'`)
  expect((await approve(codes.user_code)).status).toBe(404)
  expect(await errorCode(await token(wall, codes.device_code))).toBe('expired_token')
  expect(await errorCode(await token(wall, 'no-such-code'))).toBe('invalid_grant')
  const stranger = await wall.fetch('POST', '/api/auth/device/code', { body: { client_id: 'something else' } })
  expect(await errorCode(stranger)).toBe('invalid_client')
})

/** A wall of province 50, signed in. */
async function pairedWall(): Promise<{ wall: Browser; id: string }> {
  const wall = createBrowser(hub.fetch)
  const codes = await askForCode(wall)
  const { id } = (await (await approve(codes.user_code)).json()) as { id: string }
  await token(wall, codes.device_code)
  return { wall, id }
}

type Screen = { id: string; area: string; on: boolean; seenAt: string | null }

async function listed(id: string): Promise<Screen | undefined> {
  const { screens } = (await (await governor.fetch('GET', '/api/screens')).json()) as { screens: Screen[] }
  return screens.find((screen) => screen.id === id)
}

test('a screen is on while it asks, and dark two minutes and a half after; until then it was never seen', async () => {
  const { wall, id } = await pairedWall()
  expect(await listed(id)).toMatchObject({ on: false, seenAt: null })
  clock.at = Date.now()
  const began = clock.at
  await wall.me()
  expect(await listed(id)).toMatchObject({ on: true, seenAt: new Date(began).toISOString() })
  clock.at = began + 49_000
  await wall.me()
  expect(await listed(id), 'written once a minute').toMatchObject({ seenAt: new Date(began).toISOString() })
  clock.at = began + 151_000
  expect(await listed(id)).toMatchObject({ on: false, seenAt: new Date(began).toISOString() })
  await wall.me()
  expect(await listed(id)).toMatchObject({ on: true, seenAt: new Date(clock.at).toISOString() })
  clock.at = 0
})

test('a screen moves to another area, by who may manage it in both; it and the audit log say so', async () => {
  const { wall, id } = await pairedWall()
  const move = (browser: Browser, area: string) => browser.fetch('PUT', `/api/screens/${id}/area`, { body: { area } })
  expect((await move(governor, '51')).status).toBe(403)
  await createPerson(hub, 'governor-51', 'governor', { areas: ['51'] })
  expect(await errorCode(await move(await hub.signIn('governor-51'), '51'))).toBe('unknown_screen')
  await createPerson(hub, 'mover', 'administrator')
  const admin = await hub.signIn('mover')
  expect(await errorCode(await move(admin, '99'))).toBe('unknown_area')
  expect((await move(admin, '51')).status).toBe(204)
  expect(await wall.me()).toMatchObject({ role: 'screen', areas: ['51'], account: { label: 'War room 1' } })
  const { rows } = await database.pool.query(`select area from audit_log where action = 'screen.move'`)
  expect(rows).toEqual([{ area: '51' }])
})

const KEY = 'screen_key'
const back = (wall: Browser, key: string) => wall.fetch('POST', '/api/auth/device/return', { body: { [KEY]: key } })

/** A wall of province 50, signed in, with the key that its page keeps. */
async function wallWithKey(): Promise<{ wall: Browser; id: string; key: string }> {
  const wall = createBrowser(hub.fetch)
  const codes = await askForCode(wall)
  const { id } = (await (await approve(codes.user_code)).json()) as { id: string }
  const { [KEY]: key } = (await (await token(wall, codes.device_code)).json()) as { [KEY]: string }
  return { wall, id, key }
}

test('a screen that has lost its cookies comes back by its key, as the same screen, for as long; the log says so', async () => {
  const { id, key } = await wallWithKey()
  const emptied = createBrowser(hub.fetch)
  expect(await emptied.me()).toMatchObject({ signedIn: false })
  const answer = await back(emptied, key)
  expect(answer.status).toBe(200)
  expect(answer.headers.getSetCookie().find((line) => line.includes('session_token'))).toMatch(/Max-Age=34560000/)
  expect(await emptied.me()).toMatchObject({ role: 'screen', areas: ['50'], account: { id, label: 'War room 1' } })
  const { rows } = await database.pool.query(
    `select action, area from audit_log where resource = $1 and action in ('screen.return', 'session.begin') order by id desc limit 2`,
    [`account:${id}`],
  )
  expect(rows).toEqual([
    { action: 'session.begin', area: null },
    { action: 'screen.return', area: '50' },
  ])
})

test('of two that have the key of one screen, the one that came last shows it', async () => {
  const { wall, key } = await wallWithKey()
  const other = createBrowser(hub.fetch)
  await back(other, key)
  expect([(await wall.me()).signedIn, (await other.me()).signedIn]).toEqual([false, true])
})

test('the key of a screen that was switched off, that is none any more, of nobody, and of no shape: a clear word', async () => {
  const { id, key } = await wallWithKey()
  const kept = await wallWithKey()
  await database.pool.query(`update account_grants set role = 'governor' where account_id = $1`, [kept.id])
  expect((await governor.fetch('DELETE', `/api/screens/${id}`)).status).toBe(204)
  for (const gone of [key, kept.key, 'A'.repeat(43)]) {
    const answer = await back(createBrowser(hub.fetch), gone)
    expect([answer.status, await errorCode(answer)]).toEqual([404, 'unknown_screen'])
  }
  expect((await back(createBrowser(hub.fetch), 'short')).status).toBe(400)
})

test('what the hub keeps of a key opens nothing', async () => {
  const { id, key } = await wallWithKey()
  const { rows } = await database.pool.query('select screen_key from accounts where id = $1', [id])
  const stored = (rows[0] as { screen_key: Buffer }).screen_key
  expect(stored.length).toBe(32)
  expect(stored.toString('base64url')).not.toBe(key)
  expect((await back(createBrowser(hub.fetch), stored.toString('base64url'))).status).toBe(404)
})
