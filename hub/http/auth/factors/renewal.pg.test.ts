import { beforeAll, describe, expect, test } from 'vitest'
import { RENEWED_MS } from '../../../../db/queries/session-standing.ts'
import { type Browser, createPerson, errorCode, PASSWORD } from '../../../../tests/security/hub.ts'
import { factorsAt } from '../../../../tests/support/factors.ts'
import { hubForFile } from '../../../../tests/support/for-file.ts'
import { totpCode } from '../../../../tests/support/totp.ts'
import { hashSession } from '../../../authorize/pass.ts'

const clock = { at: Date.now(), now: () => clock.at }
const { database, hub } = await hubForFile(() => ({ clock }))
const { byApp, byPasskey, enter, prove, setUpApp, setUpPasskey } = factorsAt(hub, clock)

beforeAll(() => database.pool.query(`update operation set kind = 'live'`))

const BY_PASSWORD = { by: 'password', password: PASSWORD }
const tokenOf = (cookie: string) => /session_token=([^.;]+)/.exec(cookie)?.[1] ?? ''
const bare = (cookie: string) => cookie.replace(/jitasa\.pass=[^;]*;?/, '')

/** The cookies of before, after a proof: what became of them. */
async function refusedWith(old: string): Promise<unknown[]> {
  const answers = [
    await hub.fetch('GET', '/api/session', { cookie: old }),
    await hub.fetch('GET', '/api/session', { cookie: bare(old) }),
    await hub.fetch('GET', '/api/sessions', { cookie: old }),
    await hub.fetch('GET', '/api/factors', { cookie: bare(old) }),
    await hub.fetch('POST', '/api/session/proof', { cookie: old, body: BY_PASSWORD }),
  ]
  // A cookie that one of them deletes would be the new one, which the browser has by then.
  expect(answers.flatMap(({ headers }) => headers.getSetCookie())).toEqual([])
  return Promise.all(answers.map(async (answer) => [answer.status, await errorCode(answer)]))
}
const RENEWED = Array.from({ length: 5 }, () => [401, 'session_renewed'])

const sessionsOf = async (login: string) =>
  (
    await database.pool.query<{ id: string; token: string; created_at: Date }>(
      `select s.id, token, s.created_at from account_sessions s join accounts on accounts.id = account_id where username = $1`,
      [login],
    )
  ).rows

describe('who has proven again who is there goes on in the same session, under a new token', () => {
  type Way = (browser: Browser) => Promise<() => Promise<Response>>
  test.each<[string, Way]>([
    ['by password', async (browser) => () => prove(browser, BY_PASSWORD)],
    [
      'by app',
      async (browser) => {
        const { key } = await setUpApp(browser)
        return () => byApp(browser, totpCode(key, clock.at))
      },
    ],
    [
      'by passkey',
      async (browser) => {
        const { passkey } = await setUpPasskey(browser)
        return () => byPasskey(browser, passkey)
      },
    ],
  ])('%s', async (how, way) => {
    const login = how.replaceAll(' ', '-')
    await createPerson(hub, login, 'responder', { areas: ['50'] })
    const browser = await enter(login)
    const proves = await way(browser)
    const old = browser.cookie()
    const [before] = await sessionsOf(login)
    clock.at += 60_000
    expect((await proves()).status).toBe(200)
    expect(tokenOf(browser.cookie())).not.toBe(tokenOf(old))
    expect(await browser.me()).toMatchObject({ signedIn: true, role: 'responder' })
    expect((await browser.fetch('GET', '/api/sessions')).status).toBe(200)
    expect(await refusedWith(old)).toEqual(RENEWED)
    const after = await sessionsOf(login)
    expect(after, 'as old as it was').toEqual([{ ...before, token: tokenOf(browser.cookie()) }])
    const { rows } = await database.pool.query(
      `select session, details->>'renewed' as renewed from audit_log where action = 'session.proven' order by id desc limit 1`,
    )
    expect(rows, 'the log leads from one to the other').toEqual([
      { session: hashSession(tokenOf(old)), renewed: hashSession(tokenOf(browser.cookie())) },
    ])
  })
})

test('a factor that is added is a proof too', async () => {
  await createPerson(hub, 'adding', 'responder', { areas: ['50'] })
  const browser = await enter('adding')
  const old = browser.cookie()
  await setUpApp(browser)
  expect(await refusedWith(old)).toEqual(RENEWED)
  expect(await browser.me()).toMatchObject({ signedIn: true })
})

test('of two proofs at once one goes on; the other is refused, and brings no cookie in the way of the first', async () => {
  await createPerson(hub, 'twice', 'responder', { areas: ['50'] })
  const browser = await enter('twice')
  const cookie = browser.cookie()
  const answers = await Promise.all(
    [1, 2, 3].map(() => hub.fetch('POST', '/api/session/proof', { cookie, body: BY_PASSWORD })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401])
  for (const answer of answers) {
    if (answer.status === 200) continue
    expect([await errorCode(answer), answer.headers.getSetCookie()]).toEqual(['session_renewed', []])
  }
  const winner = answers.find(({ status }) => status === 200)!
  const renewed = winner.headers.getSetCookie().map((line) => line.split(';', 1)[0])
  expect(await (await hub.fetch('GET', '/api/session', { cookie: renewed.join('; ') })).json()).toMatchObject({
    signedIn: true,
  })
  expect(await sessionsOf('twice')).toHaveLength(1)
})

test('a wrong proof leaves the token as it is', async () => {
  await createPerson(hub, 'mistaken', 'responder', { areas: ['50'] })
  const browser = await enter('mistaken')
  const old = browser.cookie()
  expect((await prove(browser, { by: 'password', password: 'wrong' })).status).toBe(400)
  expect(browser.cookie()).toBe(old)
  expect(await browser.me()).toMatchObject({ signedIn: true })
})

test('whoever comes with the old token later is told to sign in, and a browser forgets it', async () => {
  await createPerson(hub, 'late', 'responder', { areas: ['50'] })
  const browser = await enter('late')
  const old = browser.cookie()
  expect((await prove(browser, BY_PASSWORD)).status).toBe(200)
  await database.pool.query(
    `update session_revocations set at = at - $1 * interval '1 millisecond' where session_hash = $2`,
    [RENEWED_MS, hashSession(tokenOf(old))],
  )
  const late = await hub.fetch('GET', '/api/sessions', { cookie: old })
  expect([late.status, await errorCode(late)]).toEqual([401, 'unauthenticated'])
  const who = await hub.fetch('GET', '/api/session', { cookie: old })
  expect(await who.json()).toMatchObject({ signedIn: false })
  expect(await browser.me()).toMatchObject({ signedIn: true })
})

test('the device of a session keeps its messages over a proof, and loses them with the session', async () => {
  const account = await createPerson(hub, 'device', 'responder', { areas: ['50'] })
  const browser = await enter('device')
  const hashNow = () => hashSession(tokenOf(browser.cookie()))
  await database.pool.query(
    `insert into push_subscriptions (account, session_hash, endpoint, p256dh, auth, label, created_at)
     values ($1, $2, 'https://push.example/1', repeat('p', 87), repeat('a', 22), 'phone', now())`,
    [account, hashNow()],
  )
  const devices = async () =>
    (await database.pool.query<{ session_hash: string }>(`select session_hash from push_subscriptions`)).rows
  expect((await prove(browser, BY_PASSWORD)).status).toBe(200)
  expect(await devices()).toEqual([{ session_hash: hashNow() }])
  await browser.fetch('POST', '/api/session/sign-out')
  expect(await devices()).toEqual([])
})
