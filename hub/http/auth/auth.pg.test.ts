import { hashPassword as hashOld } from 'better-auth/crypto'
import { describe, expect, test } from 'vitest'
import { FAILURES_PER_PLACE_MAX, LOCK_MS } from '../../../db/queries/accounts-lockout.ts'
import { createBrowser, createPerson, errorCode, PASSWORD, startHub } from '../../../tests/security/hub.ts'
import { hubForFile } from '../../../tests/support/for-file.ts'
import { startStopwatch } from '../../../tests/support/starved.ts'
import { ACCOUNT_REQUESTS_PER_MINUTE, SIGN_INS_PER_MINUTE } from '../../runtime/limits.ts'
import { hashPassword } from './passwords.ts'
import { STRANGERS_FREE_MAX, STRANGERS_PACE_MS } from './strangers.ts'

const clock = { at: 0, now: () => clock.at || Date.now() }

const { database, hub } = await hubForFile(() => ({ clock }))
await database.pool.query(`update operation set kind = 'drill'`)

const signIn = (login: string, password: string, address = '198.51.100.7') =>
  hub.fetch('POST', '/api/auth/sign-in', { body: { login, password }, address })

describe('sign-in', () => {
  test('by user name or e-mail address, whatever the case; the session says who and what', async () => {
    const id = await createPerson(hub, 'governor-50', 'governor', { areas: ['50'] })
    await database.pool.query(`update accounts set email = 'governor@province.example' where id = $1`, [id])
    for (const login of ['governor-50', ' Governor-50 ', 'Governor@Province.example']) {
      const response = await signIn(login, PASSWORD)
      expect(response.status, login).toBe(200)
    }
    const browser = await hub.signIn('governor-50')
    const me = await browser.me()
    expect(me).toMatchObject({
      signedIn: true,
      role: 'governor',
      areas: ['50'],
      account: { id, label: 'T governor-50' },
    })
    expect(me.may).toContain('case.reveal')
    expect(me.may).not.toContain('accounts.manage')
  })

  test('without a session: nobody, and only what everybody may', async () => {
    const me = await createBrowser(hub.fetch).me()
    expect(me).toMatchObject({ signedIn: false, role: null, account: null })
    expect(me.may).toEqual(['situation.read', 'help.request', 'help.follow'])
  })

  test('a wrong password and an unknown login get the same answer', async () => {
    await createPerson(hub, 'same-answer', 'responder', { areas: ['50'] })
    const wrong = await signIn('same-answer', 'not the password')
    const unknown = await signIn('nobody-here', 'not the password')
    expect(wrong.status).toBe(401)
    expect(unknown.status).toBe(401)
    expect(await wrong.json()).toEqual(await unknown.json())
    expect(wrong.headers.getSetCookie()).toEqual([])
  })

  test('an unknown login takes as long as a wrong password', async () => {
    const millis = async (login: string, i: number) => {
      const before = performance.now()
      await signIn(login, 'not the password', `203.0.113.${i}`)
      return performance.now() - before
    }
    await signIn('warming-up', 'not the password', '203.0.113.99')
    const known: number[] = []
    const unknown: number[] = []
    // In turns, and the quickest of each: another process on the machine slows some of them, never all.
    for (let i = 0; i < 9; i++) {
      known.push(await millis('same-answer', i))
      unknown.push(await millis(`unknown-${i}`, i))
    }
    const quickest = [Math.min(...known), Math.min(...unknown)]
    // A look-up is 1 ms and a hash 300: a short cut for unknown logins would be at least 3 times as fast.
    expect(Math.max(...quickest) / Math.min(...quickest)).toBeLessThan(1.8)
  })

  test('bad input: a field error, never a 500', async () => {
    for (const body of [
      {},
      { login: '', password: 'x' },
      { login: 'a', password: 'x'.repeat(200) },
      [],
      'text',
      null,
    ]) {
      const response = await hub.fetch('POST', '/api/auth/sign-in', { body })
      expect(response.status, JSON.stringify(body)).toBe(400)
      expect(await errorCode(response)).toBe('invalid_input')
    }
  })
})

/** ms that a check of a password takes here at its quickest: what a wait comes on top of. */
async function quickestCheck(): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 3; i++) {
    const began = performance.now()
    await hashPassword(PASSWORD)
    times.push(performance.now() - began)
  }
  return Math.min(...times)
}

/** Each of them checks dozens of passwords, at a third of a second of a quiet core. */
const MANY_CHECKS = { timeout: 240_000 }

describe('lock-out', () => {
  test('after five wrong passwords the right one is refused too, until the time it says', async () => {
    await createPerson(hub, 'locked', 'responder', { areas: ['50'] })
    clock.at = Date.now()
    for (let i = 0; i < FAILURES_PER_PLACE_MAX; i++)
      expect((await signIn('locked', 'wrong', '192.0.2.1')).status).toBe(401)
    const locked = await signIn('locked', PASSWORD, '192.0.2.1')
    expect(locked.status).toBe(429)
    const { error } = (await locked.json()) as { error: unknown }
    expect(error).toMatchObject({ code: 'locked_out', details: { until: new Date(clock.at + LOCK_MS).toISOString() } })
    expect(Number(locked.headers.get('retry-after'))).toBe(LOCK_MS / 1000)
    expect((await signIn('locked', PASSWORD, '192.0.2.2')).status, 'from another address').toBe(200)

    clock.at += LOCK_MS - 1000
    expect((await signIn('locked', PASSWORD, '192.0.2.1')).status).toBe(429)
    clock.at += 2000
    expect((await signIn('locked', PASSWORD, '192.0.2.1')).status).toBe(200)
    clock.at = 0
  })

  test('guesses in parallel cannot slip past the limit', async () => {
    await createPerson(hub, 'raced', 'responder', { areas: ['50'] })
    const answers = await Promise.all(Array.from({ length: 30 }, () => signIn('raced', 'wrong', '192.0.2.3')))
    const by = (status: number) => answers.filter((response) => response.status === status).length
    expect(by(401)).toBe(FAILURES_PER_PLACE_MAX)
    expect(by(429)).toBe(30 - FAILURES_PER_PLACE_MAX)
  })

  test('a login that does not exist is locked the same way', async () => {
    for (let i = 0; i < FAILURES_PER_PLACE_MAX; i++) await signIn('never-was', 'wrong', '192.0.2.4')
    expect((await signIn('never-was', 'wrong', '192.0.2.4')).status).toBe(429)
  })

  test('wrong passwords from one address lock nobody else out of a known login', MANY_CHECKS, async () => {
    await createPerson(hub, 'aimed-at', 'responder', { areas: ['50'] })
    const home = await hub.signIn('aimed-at')
    for (let i = 0; i < 54; i++) await signIn('aimed-at', 'wrong', '192.0.2.30')
    const check = await quickestCheck()
    const stop = startStopwatch()
    expect((await signIn('aimed-at', PASSWORD, '192.0.2.31')).status).toBe(200)
    expect(stop() - check, 'and nobody waits: the locked address stopped counting').toBeLessThan(STRANGERS_PACE_MS)
    expect((await signIn('aimed-at', PASSWORD, '192.0.2.30')).status, 'the address itself').toBe(429)
    const body = { login: 'aimed-at', password: PASSWORD }
    const known = await home.fetch('POST', '/api/auth/sign-in', { body, address: '192.0.2.30' })
    expect(known.status, 'a device that the account is known on').toBe(200)
  })

  test(
    'many addresses slow strangers down, and neither lock the login nor slow a known device',
    MANY_CHECKS,
    async () => {
      await createPerson(hub, 'swarmed', 'responder', { areas: ['50'] })
      const home = await hub.signIn('swarmed')
      for (const login of ['swarmed', 'swarmed-unknown'])
        for (let i = 0; i < STRANGERS_FREE_MAX; i++) await signIn(login, 'wrong', `192.0.2.${40 + Math.floor(i / 4)}`)
      const timed = async (work: () => Promise<Response>) => {
        const stop = startStopwatch()
        return { status: (await work()).status, ms: stop() }
      }
      // Who waits takes the pace at least, however busy the machine is.
      const waited = { ms: expect.toSatisfy((ms: number) => ms >= STRANGERS_PACE_MS - 5) }
      expect(await timed(() => signIn('swarmed', PASSWORD, '192.0.2.60'))).toEqual({ status: 200, ...waited })
      expect(await timed(() => signIn('swarmed', 'wrong', '192.0.2.61'))).toEqual({ status: 401, ...waited })
      expect(await timed(() => signIn('swarmed-unknown', 'wrong', '192.0.2.62'))).toEqual({ status: 401, ...waited })
      // Who does not is quicker than that as soon as the machine is: one of ten.
      const body = { login: 'swarmed', password: PASSWORD }
      let known = Number.POSITIVE_INFINITY
      for (let tries = 0; tries < 10 && known >= STRANGERS_PACE_MS; tries++) {
        const { status, ms } = await timed(() => home.fetch('POST', '/api/auth/sign-in', { body }))
        expect(status).toBe(200)
        known = Math.min(known, ms)
      }
      expect(known).toBeLessThan(STRANGERS_PACE_MS)
    },
  )

  test('an address is limited over all logins together', async () => {
    const codes = new Set<string>()
    // A locked login costs no hash: so the sixty attempts of the minute are quick.
    for (let i = 0; i <= SIGN_INS_PER_MINUTE; i++)
      codes.add(await errorCode(await signIn('sprayed', 'wrong', '192.0.2.10')))
    expect([...codes]).toEqual(['wrong_login', 'locked_out', 'too_many_requests'])
    expect((await signIn('another', 'wrong', '192.0.2.10')).status).toBe(429)
    expect((await signIn('another', 'wrong', '192.0.2.11')).status).toBe(401)
  })
})

describe('a session', () => {
  test('ends with sign-out; its cookies are worth nothing afterwards', async () => {
    await createPerson(hub, 'leaving', 'responder', { areas: ['50'] })
    const browser = await hub.signIn('leaving')
    const stolen = browser.cookie()
    expect((await browser.fetch('POST', '/api/session/sign-out')).status).toBe(204)
    expect(browser.cookie(), 'what stays names nobody and opens nothing').toMatch(/^jitasa\.device=[\w.-]+$/)
    expect(await (await hub.fetch('GET', '/api/session', { cookie: stolen })).json()).toMatchObject({ signedIn: false })
  })

  test('sign-out everywhere ends all of them, and no one else’s', async () => {
    await createPerson(hub, 'everywhere', 'responder', { areas: ['50'] })
    await createPerson(hub, 'bystander', 'responder', { areas: ['50'] })
    const [one, two, other] = [
      await hub.signIn('everywhere'),
      await hub.signIn('everywhere'),
      await hub.signIn('bystander'),
    ]
    expect((await one.fetch('POST', '/api/session/sign-out-everywhere')).status).toBe(204)
    expect(await two.me()).toMatchObject({ signedIn: false })
    expect(await other.me()).toMatchObject({ signedIn: true })
    const { rows } = await database.pool.query(`select details from audit_log where action = 'session.end_all'`)
    expect(rows).toEqual([{ details: { sessions: 2 } }])
  })

  test('a new password ends every other session and keeps this one', async () => {
    await createPerson(hub, 'changing', 'responder', { areas: ['50'] })
    const [mine, other] = [await hub.signIn('changing'), await hub.signIn('changing')]
    const change = (current: string) =>
      mine.fetch('POST', '/api/session/password', { body: { current, next: 'a new long password' } })
    expect((await change('wrong')).status).toBe(400)
    expect((await change(PASSWORD)).status).toBe(204)
    expect(await mine.me()).toMatchObject({ signedIn: true })
    expect(await other.me()).toMatchObject({ signedIn: false })
    await hub.signIn('changing', 'a new long password')
  })

  test('common passwords are refused where one is chosen, at the field', async () => {
    await createPerson(hub, 'choosing', 'responder', { areas: ['50'] })
    const mine = await hub.signIn('choosing')
    for (const next of ['1234567890', 'aaaaaaaaaa', 'password12']) {
      const refused = await mine.fetch('POST', '/api/session/password', { body: { current: PASSWORD, next } })
      expect([refused.status, await refused.json()]).toMatchObject([
        400,
        { error: { code: 'invalid_input', details: [{ path: 'next', key: 'password_common' }] } },
      ])
    }
  })

  test('a password of one’s own has ten characters at least, 128 of any kind at most, and is what was typed', async () => {
    await createPerson(hub, 'exact', 'responder', { areas: ['50'] })
    const mine = await hub.signIn('exact')
    const change = async (current: string, next: string) =>
      (await mine.fetch('POST', '/api/session/password', { body: { current, next } })).status
    const letters = Array.from({ length: 127 }, (_, i) => 'abcdefghijklmnopqrstuvwxyz'[(i * i * i + 7 * i) % 26]).join(
      '',
    )
    expect(await change(PASSWORD, 'wvkqzjhxr')).toBe(400)
    expect(await change(PASSWORD, `${letters}ab`)).toBe(400)
    expect(await change(PASSWORD, 'wvkqzjhxrt'), 'of small letters alone').toBe(204)
    expect(await change('wvkqzjhxrt', `${letters} `)).toBe(204)
    for (const other of [letters, `${letters} `.toUpperCase(), `${letters} `.slice(0, 72)]) {
      expect((await signIn('exact', other, '192.0.2.40')).status).toBe(401)
    }
    expect((await signIn('exact', `${letters} `, '192.0.2.40')).status).toBe(200)
  })

  test('the current password cannot be found by trying to change it', async () => {
    await createPerson(hub, 'unlocked', 'responder', { areas: ['50'] })
    const [found, elsewhere] = [await hub.signIn('unlocked'), await hub.signIn('unlocked')]
    const change = async (current: string) =>
      (await found.fetch('POST', '/api/session/password', { body: { current, next: 'a new long password' } })).status
    for (let i = 0; i < FAILURES_PER_PLACE_MAX; i++) expect(await change(`guess ${i}`)).toBe(400)
    expect(await change(PASSWORD)).toBe(429)
    expect(await elsewhere.me(), 'nobody else is locked out').toMatchObject({ signedIn: true })
    await hub.signIn('unlocked')
  })

  test('an account has at most twenty; the oldest gives way', async () => {
    await createPerson(hub, 'collector', 'responder', { areas: ['50'] })
    const first = await hub.signIn('collector')
    await database.pool.query(
      `insert into account_sessions (token, account_id, expires_at, created_at)
       select 'token ' || n, accounts.id, now() + interval '1 day', now() + n * interval '1 ms'
       from accounts, generate_series(1, 19) as n where username = 'collector'`,
    )
    expect(await first.me(), 'with twenty').toMatchObject({ signedIn: true })
    await hub.signIn('collector')
    expect(await first.me()).toMatchObject({ signedIn: false })
    const { rows } = await database.pool.query(
      `select count(*)::int as n from account_sessions join accounts on accounts.id = account_id where username = 'collector'`,
    )
    expect(rows[0].n).toBe(20)
  })

  test('every ended session stands among the revocations, as a hash', async () => {
    const { rows } = await database.pool.query('select session_hash from session_revocations')
    expect(rows.length).toBeGreaterThan(4)
    for (const row of rows) expect(row.session_hash).toMatch(/^[0-9a-f]{32}$/)
  })
})

test('an account that asks without end is told to wait, and others are not', async () => {
  const id = await createPerson(hub, 'eager', 'administrator')
  await createPerson(hub, 'careless', 'administrator')
  const [eager, other] = [await hub.signIn('eager'), await hub.signIn('careless')]
  for (let i = 0; i < ACCOUNT_REQUESTS_PER_MINUTE; i++) await hub.accounts.limits.account.take(id)
  const refused = await eager.fetch('GET', '/api/screens')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await other.fetch('GET', '/api/screens')).status).toBe(200)
})

test('a request of a foreign page changes nothing', async () => {
  await createPerson(hub, 'victim', 'responder', { areas: ['50'] })
  const browser = await hub.signIn('victim')
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
    const response = await browser.fetch('POST', '/api/session/sign-out-everywhere', { headers })
    expect(response.status).toBe(403)
    expect(await errorCode(response)).toBe('foreign_origin')
  }
  expect(await browser.me()).toMatchObject({ signedIn: true })
})

test('“do not stay signed in” leaves nothing on the disk of the browser, and a pass alone opens nothing', async () => {
  await createPerson(hub, 'borrowed', 'governor', { areas: ['50'] })
  const body = { login: 'borrowed', password: PASSWORD, remember: false }
  const cookies = (await hub.fetch('POST', '/api/auth/sign-in', { body })).headers.getSetCookie()
  expect(cookies.map((cookie) => cookie.split('=', 1)[0]).sort()).toEqual([
    'jitasa.dont_remember',
    'jitasa.pass',
    'jitasa.session_token',
  ])
  for (const cookie of cookies) expect(cookie).not.toMatch(/max-age|expires/i)
  const pairs = cookies.map((cookie) => cookie.split(';', 1)[0]!)
  const withSession = pairs.filter((pair) => !pair.startsWith('jitasa.pass'))
  const renewed = await hub.fetch('GET', '/api/session', { cookie: withSession.join('; ') })
  const pass = renewed.headers.getSetCookie().find((cookie) => cookie.startsWith('jitasa.pass'))!
  expect(pass, 'a renewed pass as well').not.toMatch(/max-age|expires/i)
  const alone = pairs.find((pair) => pair.startsWith('jitasa.pass'))!
  expect(hub.authorizer.identify(alone, Date.now())).toEqual({ kind: 'anonymous' })
  expect((await hub.fetch('POST', '/api/cases/1/reveal', { cookie: alone, body: {} })).status).toBe(401)
})

test('cookies: HttpOnly and SameSite always, Secure and __Host- under https', async () => {
  await createPerson(hub, 'careful', 'responder', { areas: ['50'] })
  const secure = startHub({ ...database, publicUrl: 'https://hub.example' })
  try {
    for (const [which, wanted] of [
      [hub, false],
      [secure, true],
    ] as const) {
      const response = await which.fetch('POST', '/api/auth/sign-in', {
        body: { login: 'careful', password: PASSWORD },
      })
      const cookies = response.headers.getSetCookie()
      expect(cookies).toHaveLength(3)
      for (const cookie of cookies) {
        expect(cookie).toMatch(/; HttpOnly/i)
        expect(cookie).toMatch(/; SameSite=Lax/i)
        expect(/; Secure/i.test(cookie)).toBe(wanted)
        expect(cookie.startsWith('__Host-jitasa.')).toBe(wanted)
        expect(cookie).toMatch(/; Path=\/(?:;|$)/)
        expect(cookie).not.toMatch(/; Domain=/i)
      }
    }
  } finally {
    await secure.stop()
  }
})

test('a session’s token is 190 random bits, new at each sign-in, and stands in no body of an answer', async () => {
  await createPerson(hub, 'tokens', 'responder', { areas: ['50'] })
  const browsers = [await hub.signIn('tokens'), await hub.signIn('tokens')]
  const { rows } = await database.pool.query<{ token: string }>(
    `select token from account_sessions join accounts on accounts.id = account_id where username = 'tokens'`,
  )
  const tokens = rows.map(({ token }) => token)
  expect(new Set(tokens).size).toBe(2)
  // log2(62 ** 32) = 190.5
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9]{32}$/)
  const bodies = [await (await signIn('tokens', PASSWORD)).text()]
  for (const path of ['/api/session', '/api/sessions', '/api/notifications', '/api/factors']) {
    bodies.push(await (await browsers[0]!.fetch('GET', path)).text())
  }
  const all = (await database.pool.query<{ token: string }>('select token from account_sessions')).rows
  for (const { token } of all) expect(bodies.join('\n')).not.toContain(token)
})

test('a password that was hashed before is taken, and its hash renewed when its owner comes in', async () => {
  const id = await createPerson(hub, 'of-before', 'responder', { areas: ['50'] })
  const old = await hashOld(PASSWORD)
  const hash = async () =>
    (await database.pool.query('select password from account_credentials where account_id = $1', [id])).rows[0].password
  await database.pool.query('update account_credentials set password = $1 where account_id = $2', [old, id])
  expect((await signIn('of-before', 'a wrong password', '192.0.2.77')).status).toBe(401)
  expect(await hash()).toBe(old)
  expect((await signIn('of-before', PASSWORD, '192.0.2.77')).status).toBe(200)
  expect(await hash()).toMatch(/^scrypt:17:8:1:/)
  const browser = await hub.signIn('of-before')
  expect(await browser.me()).toMatchObject({ signedIn: true })
})

test('a drill account signs in to a drill, and is refused and put out when the operation is live', async () => {
  await createPerson(hub, 'drill-one', 'governor', { areas: ['50'], drill: true })
  const browser = await hub.signIn('drill-one')
  await database.pool.query(`update operation set kind = 'live'`)
  try {
    const refused = await signIn('drill-one', PASSWORD, '192.0.2.20')
    expect(refused.status).toBe(403)
    expect(await errorCode(refused)).toBe('drill_account')
    expect(await browser.me()).toMatchObject({ signedIn: false })
  } finally {
    await database.pool.query(`update operation set kind = 'drill'`)
  }
})

test('the log holds no password, token, cookie or login', async () => {
  const browser = await hub.signIn('careful')
  await signIn('careful@typo.example', 'a password typed', '192.0.2.30')
  const tokens = (await database.pool.query('select token from account_sessions')).rows.map((row) => row.token)
  const secrets = [PASSWORD, 'a password typed', 'careful@typo.example', ...tokens, ...browser.cookie().split('; ')]
  for (const secret of secrets) expect(hub.log()).not.toContain(secret)
})
