import { beforeAll, describe, expect, test, vi } from 'vitest'
import { readSession } from '../../../db/queries/session-standing.ts'
import { endSessionsOver } from '../../../db/queries/sessions-end.ts'
import { type Browser, createBrowser, createPerson, errorCode, PASSWORD } from '../../../tests/security/hub.ts'
import { hubForFile } from '../../../tests/support/for-file.ts'
import { standingOf } from './standing.ts'
import { NOTE_USE_MS } from './uses.ts'

const clock = { at: Date.now(), now: () => clock.at }
const { database, hub } = await hubForFile(() => ({ clock }))
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

type Session = { id: string; here: boolean; device: string | null; address: string | null; usedAt: string }

async function enter(login: string, address: string, device: string): Promise<Browser> {
  const browser = createBrowser((method, path, options = {}) =>
    hub.fetch(method, path, { address, ...options, headers: { 'user-agent': device, ...options.headers } }),
  )
  const body = { login, password: PASSWORD }
  expect((await browser.fetch('POST', '/api/auth/sign-in', { body })).status).toBe(200)
  return browser
}
const sessionsOf = async (browser: Browser) =>
  ((await (await browser.fetch('GET', '/api/sessions')).json()) as { sessions: Session[] }).sessions
const isIn = async (browser: Browser) => (await browser.me()).signedIn
const over = () => endSessionsOver(database.jobs, clock.at)

describe('the list of one’s sessions', () => {
  test('says device, address and last use; each can be ended, and all others at once', async () => {
    await createPerson(hub, 'lister', 'responder', { areas: ['50'] })
    const phone = await enter('lister', '192.0.2.1', 'Phone/1')
    clock.at += MINUTE_MS
    const desk = await enter('lister', '192.0.2.2', 'Desk/1')
    const third = await enter('lister', '192.0.2.3', 'Third/1')
    const seen = (await sessionsOf(desk)).map(({ here, device, address }) => ({ here, device, address }))
    expect(seen).toEqual(
      expect.arrayContaining([
        { here: true, device: 'Desk/1', address: '192.0.2.2' },
        { here: false, device: 'Third/1', address: '192.0.2.3' },
        { here: false, device: 'Phone/1', address: '192.0.2.1' },
      ]),
    )
    const other = (await sessionsOf(desk)).find(({ device }) => device === 'Phone/1')!
    expect((await desk.fetch('DELETE', `/api/sessions/${other.id}`)).status).toBe(204)
    expect([await isIn(phone), await isIn(desk), await isIn(third)]).toEqual([false, true, true])
    const ended = await desk.fetch('POST', '/api/sessions/end-others')
    expect([await ended.json(), await isIn(desk), await isIn(third)]).toEqual([{ sessions: 1 }, true, false])
    const { rows } = await database.pool.query(
      `select action, details, address from audit_log where action in ('session.end_one', 'session.end_others') order by id`,
    )
    expect(rows).toEqual([
      { action: 'session.end_one', details: { sessions: 1 }, address: '192.0.2.2' },
      { action: 'session.end_others', details: { sessions: 1 }, address: '192.0.2.2' },
    ])
  })

  test('is ended only by who has shown within ten minutes that it is them', async () => {
    await createPerson(hub, 'away', 'responder', { areas: ['50'] })
    const [desk, phone] = [await enter('away', '192.0.2.1', 'Desk/2'), await enter('away', '192.0.2.2', 'Phone/2')]
    const other = (await sessionsOf(desk)).find(({ here }) => !here)!
    clock.at += 11 * MINUTE_MS
    for (const refused of [
      await desk.fetch('DELETE', `/api/sessions/${other.id}`),
      await desk.fetch('POST', '/api/sessions/end-others'),
    ]) {
      expect([refused.status, await errorCode(refused)]).toEqual([403, 'proof_needed'])
    }
    expect(await isIn(phone)).toBe(true)
  })

  test('a session of somebody else is none of one’s own', async () => {
    await createPerson(hub, 'owner', 'responder', { areas: ['50'] })
    await createPerson(hub, 'stranger', 'responder', { areas: ['50'] })
    const owner = await enter('owner', '192.0.2.1', 'A')
    const [mine] = await sessionsOf(owner)
    const refused = await (await enter('stranger', '192.0.2.9', 'B')).fetch('DELETE', `/api/sessions/${mine!.id}`)
    expect([refused.status, await errorCode(refused)]).toEqual([404, 'unknown_session'])
    expect(await isIn(owner)).toBe(true)
  })
})

describe('a session', () => {
  beforeAll(() =>
    database.pool.query(`update sign_in_rules set idle_minutes = 60, life_hours = 12 where role = 'governor'`),
  )

  test('that nobody uses ends when its role says; reading is no use, doing something is', async () => {
    await createPerson(hub, 'idler', 'governor', { areas: ['50'] })
    const [reading, doing] = [await enter('idler', '192.0.2.1', 'A'), await enter('idler', '192.0.2.1', 'B')]
    clock.at += 40 * MINUTE_MS
    expect((await reading.fetch('GET', '/api/notifications')).status).toBe(200)
    expect((await doing.fetch('POST', '/api/session/here')).status).toBe(204)
    const used = async () =>
      (await sessionsOf(doing)).find(({ here }) => here)!.usedAt === new Date(clock.at).toISOString()
    await vi.waitFor(async () => expect(await used()).toBe(true))
    clock.at += 20 * MINUTE_MS
    expect(await isIn(reading)).toBe(false)
    expect(await isIn(doing)).toBe(true)
    const { rows } = await database.pool.query(
      `select role, (session is not null) as of_session from audit_log where action = 'session.idle'`,
    )
    expect(rows).toEqual([{ role: 'governor', of_session: true }])
  })

  test('its use is written at most once a minute', async () => {
    await createPerson(hub, 'busy', 'governor', { areas: ['50'] })
    const browser = await enter('busy', '192.0.2.1', 'A')
    const usedAt = async () => (await sessionsOf(browser))[0]!.usedAt
    clock.at += 1000
    await browser.fetch('POST', '/api/session/here')
    const first = new Date(clock.at).toISOString()
    await vi.waitFor(async () => expect(await usedAt()).toBe(first))
    clock.at += NOTE_USE_MS - 1
    await browser.fetch('POST', '/api/session/here')
    expect(await usedAt()).toBe(first)
    clock.at += 1
    await browser.fetch('POST', '/api/session/here')
    await vi.waitFor(async () => expect(await usedAt()).toBe(new Date(clock.at).toISOString()))
  })

  test('of its whole life ends, used or not', async () => {
    await createPerson(hub, 'lasting', 'governor', { areas: ['50'] })
    const browser = await enter('lasting', '192.0.2.1', 'A')
    for (let hour = 0; hour < 23; hour++) {
      clock.at += HOUR_MS / 2
      await database.pool.query('update account_sessions set used_at = $1', [new Date(clock.at)])
      await over()
      expect(await isIn(browser)).toBe(true)
    }
    clock.at += HOUR_MS / 2
    await over()
    expect(await isIn(browser)).toBe(false)
  })

  test('of a screen ends by neither', async () => {
    await createPerson(hub, 'hall', 'screen', { areas: ['50'] })
    const browser = await enter('hall', '192.0.2.1', 'A')
    clock.at += 6 * 24 * HOUR_MS
    await over()
    expect(await isIn(browser)).toBe(true)
  })
})

test('the job ends exactly what standing.ts calls over, whatever the session', async () => {
  await database.pool.query('delete from account_sessions')
  await database.pool.query(`update sign_in_rules set factor_from = $1 where role = 'national'`, [new Date(clock.at)])
  await database.pool.query(`update sign_in_rules set factor_from = $1 where role = 'auditor'`, [
    new Date(clock.at + 1),
  ])
  let n = 0
  const tokens: string[] = []
  for (const role of ['national', 'auditor', 'governor', 'screen', null] as const) {
    for (const drill of [false, true]) {
      for (const kinds of [[], ['totp']] as const) {
        const areas = role === 'governor' || role === 'screen' ? ['50'] : ['TH']
        const account = await createPerson(hub, `made-${n++}`, role, { areas, drill })
        for (const _ of kinds) {
          await database.pool.query(
            `insert into account_factors (account_id, kind, name, secret, created_at, confirmed_at) values ($1, 'totp', 'x', 'x', now(), now())`,
            [account],
          )
        }
        for (const minutes of [0, 29, 30, 59, 60, 479, 480, 719, 720, 1439, 1440, 4319, 4320]) {
          for (const [created, used, proven, factor] of [
            [minutes, minutes, minutes, null],
            [minutes, 0, minutes, null],
            [minutes, minutes, minutes, 'totp'],
            [minutes, 0, 0, 'totp'],
          ] as const) {
            const ago = (m: number) => new Date(clock.at - m * MINUTE_MS)
            const token = `made ${n++}`
            tokens.push(token)
            await database.pool.query(
              `insert into account_sessions (token, account_id, expires_at, created_at, used_at, proven_at, factor, factor_at)
               values ($1, $2, now() + interval '400 days', $3, $4, $5, $6, $7)`,
              [token, account, ago(created), ago(used), ago(proven), factor, factor && ago(proven)],
            )
          }
        }
      }
    }
  }
  for (const kind of ['drill', 'live']) {
    await database.pool.query('update operation set kind = $1', [kind])
    const wanted = new Set<string>()
    for (const token of tokens) {
      const row = await readSession(hub.accounts.db, { token })
      if (row !== undefined && standingOf(row, clock.at).kind !== 'over') wanted.add(token)
    }
    for (let ended = 1; ended > 0; ) ended = await over()
    const { rows } = await database.pool.query<{ token: string }>('select token from account_sessions')
    expect(new Set(rows.map(({ token }) => token))).toEqual(wanted)
    expect(wanted.size).toBeGreaterThan(100)
  }
})
