import { beforeAll, describe, expect, test } from 'vitest'
import { FAILURES_PER_PLACE_MAX, LOCK_MS } from '../../../../db/queries/accounts-lockout.ts'
import { type Browser, createBrowser, createPerson, errorCode, PASSWORD } from '../../../../tests/security/hub.ts'
import { createAuthenticator } from '../../../../tests/support/authenticator.ts'
import { hubForFile } from '../../../../tests/support/for-file.ts'
import { totpCode } from '../../../../tests/support/totp.ts'
import { CHALLENGE_MS } from './passkeys.ts'

const clock = { at: Date.now(), now: () => clock.at }
const { database, hub } = await hubForFile(() => ({ clock }))

/** What is demanded of a new installation; the tests' own demands nothing. */
beforeAll(() =>
  database.pool.query(
    `update sign_in_rules set factor_from = '2020-01-01' where role in ('administrator', 'auditor', 'national', 'governor')`,
  ),
)

const MINUTE_MS = 60_000
type Body = Record<string, never>
const json = async <T = Body>(response: Response) => (await response.json()) as T

async function enter(login: string, address = '198.51.100.1'): Promise<Browser> {
  const browser = createBrowser(hub.fetch)
  const response = await browser.fetch('POST', '/api/auth/sign-in', { body: { login, password: PASSWORD }, address })
  expect(response.status).toBe(200)
  return browser
}

const half = async (browser: Browser) =>
  (await json<{ half: unknown }>(await browser.fetch('GET', '/api/session'))).half

async function setUpApp(browser: Browser) {
  const { key } = await json<{ key: string }>(
    await browser.fetch('POST', '/api/factors/totp', { body: { name: 'my phone' } }),
  )
  const confirmed = await browser.fetch('POST', '/api/factors/totp/confirm', {
    body: { code: totpCode(key, clock.at) },
  })
  expect(confirmed.status).toBe(200)
  return { key, ...(await json<{ recoveryCodes: string[] }>(confirmed)) }
}

async function setUpPasskey(browser: Browser, where = {}) {
  const passkey = createAuthenticator(where)
  const { options } = await json<{ options: { challenge: string } }>(
    await browser.fetch('POST', '/api/factors/passkey/options'),
  )
  const body = { name: 'my laptop', response: passkey.create(options) }
  return { passkey, response: await browser.fetch('POST', '/api/factors/passkey', { body }) }
}

const prove = (browser: Browser, body: unknown) => browser.fetch('POST', '/api/session/proof', { body })
const byApp = (browser: Browser, code: string) => prove(browser, { by: 'totp', code })
async function byPasskey(browser: Browser, passkey: ReturnType<typeof createAuthenticator>) {
  const asked = await browser.fetch('POST', '/api/session/proof/passkey/options')
  const { options } = await json<{ options: { challenge: string } }>(asked)
  return browser.fetch('POST', '/api/session/proof/passkey', { body: { response: passkey.get(options) } })
}
/** The next code that was not used before. */
const nextStep = () => {
  clock.at += 30_000
}

describe('a role that needs a second factor', () => {
  test('is led to set one up, and nothing else is open until then', async () => {
    await createPerson(hub, 'chief', 'governor', { areas: ['50'] })
    const browser = await enter('chief')
    expect(await browser.me()).toMatchObject({
      signedIn: false,
      role: null,
      half: { owes: 'set_up', ways: ['password'] },
    })
    expect(browser.cookie(), 'without a pass no socket opens').not.toContain('jitasa.pass')
    for (const [method, path] of [
      ['GET', '/api/cases?area=50'],
      ['POST', '/api/cases/1/reveal'],
      ['GET', '/api/audit'],
      ['GET', '/api/sessions'],
      ['POST', '/api/session/here'],
    ] as const) {
      const refused = await browser.fetch(method, path, method === 'POST' ? { body: {} } : {})
      expect([path, refused.status, await errorCode(refused)]).toEqual([path, 403, 'factor_owed'])
    }
    const before = browser.cookie()
    const { recoveryCodes } = await setUpApp(browser)
    expect(recoveryCodes).toHaveLength(8)
    expect(await browser.me()).toMatchObject({ signedIn: true, role: 'governor', half: null })
    const old = await json<{ signedIn: boolean }>(await hub.fetch('GET', '/api/session', { cookie: before }))
    expect(old.signedIn, 'the token of before is worth nothing').toBe(false)
  })

  test('then shows it at every sign-in, whatever the way in', async () => {
    await createPerson(hub, 'twice', 'auditor')
    const { key } = await setUpApp(await enter('twice'))
    const browser = await enter('twice')
    expect(await half(browser)).toEqual({ owes: 'prove', ways: ['totp', 'recovery'] })
    expect(await errorCode(await browser.fetch('GET', '/api/audit'))).toBe('factor_needed')
    for (const path of ['/api/factors/totp', '/api/factors/recovery-codes', '/api/factors/passkey/options']) {
      const refused = await browser.fetch('POST', path, { body: { name: 'another' } })
      expect([path, await errorCode(refused)], 'who has a password alone adds no factor').toEqual([
        path,
        'factor_needed',
      ])
    }
    nextStep()
    expect((await byApp(browser, totpCode(key, clock.at))).status).toBe(200)
    expect((await browser.fetch('GET', '/api/audit')).status).toBe(200)
  })

  test('does not before the date of grace, and in an exercise only where that is practised', async () => {
    await createPerson(hub, 'later', 'national')
    const owes = async () => (await half(await enter('later'))) !== null
    expect(await owes()).toBe(true)
    await database.pool.query(`update operation set kind = 'drill'`)
    expect(await owes()).toBe(false)
    await database.pool.query(`update sign_in_settings set in_drill = true`)
    expect(await owes()).toBe(true)
    await database.pool.query(`update operation set kind = 'live'`)
    await database.pool.query(`update sign_in_settings set in_drill = false`)
    await database.pool.query(`update sign_in_rules set factor_from = $1 where role = 'national'`, [
      new Date(clock.at + MINUTE_MS),
    ])
    expect(await owes()).toBe(false)
    clock.at += MINUTE_MS
    expect(await owes()).toBe(true)
  })
})

describe('an authenticator app', () => {
  test('opens with a code once; the same code again is refused, for a step-up as for a sign-in', async () => {
    await createPerson(hub, 'app', 'responder', { areas: ['50'] })
    const { key } = await setUpApp(await enter('app'))
    nextStep()
    const code = totpCode(key, clock.at)
    const [first, second] = [await enter('app'), await enter('app')]
    expect((await byApp(first, code)).status).toBe(200)
    for (const browser of [first, second]) {
      const again = await byApp(browser, code)
      expect([again.status, await errorCode(again)]).toEqual([400, 'wrong_factor_code'])
    }
    // An older code that nobody has used is no longer taken either.
    expect((await byApp(second, totpCode(key, clock.at - 30_000))).status).toBe(400)
  })

  test('guesses in parallel from many addresses get five, and lock the right code out too; a known device goes on', async () => {
    await createPerson(hub, 'guessed', 'responder', { areas: ['50'] })
    const home = await enter('guessed')
    const { key } = await setUpApp(home)
    nextStep()
    const thief = await enter('guessed', '192.0.2.9')
    const strange = thief.cookie().replace(/; jitasa\.device=[^;]+|^jitasa\.device=[^;]+; /, '')
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        hub.fetch('POST', '/api/session/proof', {
          cookie: strange,
          address: `192.0.2.${i}`,
          body: { by: 'totp', code: String(100_000 + i) },
        }),
      ),
    )
    const by = (status: number) => guesses.filter((response) => response.status === status).length
    expect([by(400), by(429)]).toEqual([FAILURES_PER_PLACE_MAX, 12 - FAILURES_PER_PLACE_MAX])
    const right = { by: 'totp', code: totpCode(key, clock.at) }
    const locked = await hub.fetch('POST', '/api/session/proof', { cookie: strange, body: right })
    expect([locked.status, await errorCode(locked)]).toEqual([429, 'factor_locked'])
    expect((await prove(home, right)).status, 'where the account is known').toBe(200)
    clock.at += LOCK_MS + 1000
    const later = await hub.fetch('POST', '/api/session/proof', {
      cookie: strange,
      body: { by: 'totp', code: totpCode(key, clock.at) },
    })
    expect(later.status).toBe(200)
  })

  test('its key stands in no answer but the first, not in the log, and sealed in the database', async () => {
    await createPerson(hub, 'sealed', 'responder', { areas: ['50'] })
    const browser = await enter('sealed')
    const { key, recoveryCodes } = await setUpApp(browser)
    const shown = await (await browser.fetch('GET', '/api/factors')).text()
    const { rows } = await database.pool.query(
      `select encode(secret, 'escape') as kept from account_factors union all select encode(code_hash, 'escape') from account_recovery_codes`,
    )
    for (const secret of [key, ...recoveryCodes]) {
      expect(shown).not.toContain(secret)
      expect(hub.log()).not.toContain(secret)
      expect(JSON.stringify(rows)).not.toContain(secret)
    }
  })
})

describe('a passkey', () => {
  test('opens a session that is half', async () => {
    await createPerson(hub, 'keyed', 'governor', { areas: ['50'] })
    const { passkey, response } = await setUpPasskey(await enter('keyed'))
    expect(response.status).toBe(200)
    const browser = await enter('keyed')
    expect(await half(browser)).toEqual({ owes: 'prove', ways: ['passkey', 'recovery'] })
    expect((await byPasskey(browser, passkey)).status).toBe(200)
    expect(await browser.me()).toMatchObject({ signedIn: true, role: 'governor' })
  })

  test.each([
    ['of another site', { origin: 'https://evil.example' }],
    ['of another name', { party: 'evil.example' }],
  ])('%s is not taken', async (name, where) => {
    const login = `keyed-${name.split(' ').at(-1)}`
    await createPerson(hub, login, 'responder', { areas: ['50'] })
    const browser = await enter(login)
    const { response } = await setUpPasskey(browser, where)
    expect([response.status, await errorCode(response)]).toEqual([400, 'wrong_passkey'])
    expect(await json(await browser.fetch('GET', '/api/factors'))).toMatchObject({ factors: [] })
  })

  test('an answer is taken once, in its session, within five minutes; a copy that counts backwards never', async () => {
    await createPerson(hub, 'replayed', 'responder', { areas: ['50'] })
    const { passkey } = await setUpPasskey(await enter('replayed'))
    const [mine, other] = [await enter('replayed'), await enter('replayed')]
    const ask = async (browser: Browser) =>
      (
        await json<{ options: { challenge: string } }>(
          await browser.fetch('POST', '/api/session/proof/passkey/options'),
        )
      ).options
    const answer = async (browser: Browser, response: unknown) =>
      (await browser.fetch('POST', '/api/session/proof/passkey', { body: { response } })).status
    const late = passkey.get(await ask(mine))
    clock.at += CHALLENGE_MS
    expect(await answer(mine, late)).toBe(400)
    const stolen = passkey.get(await ask(mine))
    await ask(other)
    expect(await answer(other, stolen), 'in another session').toBe(400)
    expect(await answer(mine, stolen)).toBe(200)
    expect(await answer(mine, stolen), 'again').toBe(400)
    const options = await ask(other)
    passkey.setBack(2)
    expect(await answer(other, passkey.get(options)), 'a copy').toBe(400)
  })

  test('belongs to one account', async () => {
    const passkey = createAuthenticator()
    const add = async (login: string) => {
      await createPerson(hub, login, 'responder', { areas: ['50'] })
      const browser = await enter(login)
      const asked = await browser.fetch('POST', '/api/factors/passkey/options')
      const { options } = await json<{ options: { challenge: string } }>(asked)
      return browser.fetch('POST', '/api/factors/passkey', { body: { name: 'x', response: passkey.create(options) } })
    }
    expect((await add('first-owner')).status).toBe(200)
    expect(await errorCode(await add('second-owner'))).toBe('passkey_taken')
  })
})

describe('who has lost a factor', () => {
  test('comes in by a recovery code once, adds another and removes the lost one; other sessions end', async () => {
    await createPerson(hub, 'lost', 'governor', { areas: ['50'] })
    const { recoveryCodes } = await setUpApp(await enter('lost'))
    const [code = ''] = recoveryCodes
    const browser = await enter('lost')
    const typed = code.toUpperCase().replaceAll('-', ' ')
    expect((await prove(browser, { by: 'recovery', code: typed })).status).toBe(200)
    const other = await enter('lost')
    expect((await prove(other, { by: 'recovery', code })).status, 'a code that was used').toBe(400)
    const list = async () =>
      json<{ factors: { id: string; kind: string }[]; recoveryCodes: number }>(
        await browser.fetch('GET', '/api/factors'),
      )
    const lost = (await list()).factors[0]!
    const refused = await browser.fetch('DELETE', `/api/factors/${lost.id}`)
    expect([refused.status, await errorCode(refused)], 'its only one').toEqual([409, 'last_factor'])
    expect((await setUpPasskey(browser)).response.status).toBe(200)
    expect((await browser.fetch('DELETE', `/api/factors/${lost.id}`)).status).toBe(204)
    expect(await list()).toMatchObject({ factors: [{ kind: 'passkey' }], recoveryCodes: 7 })
    expect(await half(other), 'no session is left of it').toBeNull()
  })

  test('new recovery codes make the old ones worthless', async () => {
    await createPerson(hub, 'renewed', 'responder', { areas: ['50'] })
    const browser = await enter('renewed')
    const { recoveryCodes: old } = await setUpApp(browser)
    const { recoveryCodes } = await json<{ recoveryCodes: string[] }>(
      await browser.fetch('POST', '/api/factors/recovery-codes'),
    )
    const back = await enter('renewed')
    expect((await prove(back, { by: 'recovery', code: old[0] })).status).toBe(400)
    expect((await prove(back, { by: 'recovery', code: recoveryCodes[0] })).status).toBe(200)
  })

  test('an administrator’s reset leads back to set-up, ends the sessions, and is in the audit log', async () => {
    const id = await createPerson(hub, 'stranded', 'governor', { areas: ['50'] })
    const before = await enter('stranded')
    await setUpApp(before)
    await createPerson(hub, 'boss', 'administrator')
    const boss = await enter('boss')
    await setUpApp(boss)
    const reset = await boss.fetch('POST', `/api/accounts/${id}/reset-factors`)
    expect([reset.status, await reset.json()]).toEqual([200, { factors: 1 }])
    expect(await before.me()).toMatchObject({ signedIn: false, half: null })
    expect(await half(await enter('stranded'))).toMatchObject({ owes: 'set_up' })
    const { rows } = await database.pool.query(
      `select role, resource, details, address from audit_log where action = 'account.reset_factors'`,
    )
    expect(rows).toEqual([
      { role: 'administrator', resource: `account:${id}`, details: { factors: 1 }, address: '198.51.100.1' },
    ])
  })
})

describe('what may not be done on a screen that somebody has left', () => {
  const role = { role: 'responder', areas: ['51'] }

  test('asks again after ten minutes, by the factor, and then lets it through', async () => {
    const id = await createPerson(hub, 'subject', 'responder', { areas: ['50'] })
    await createPerson(hub, 'office', 'administrator')
    const browser = await enter('office')
    const { key } = await setUpApp(browser)
    const asks = async () => {
      const created = { name: 'New', username: `new-${clock.at}`, role: 'responder', areas: ['50'] }
      const answers = [
        await browser.fetch('PUT', `/api/accounts/${id}/role`, { body: role }),
        await browser.fetch('POST', '/api/accounts', { body: created }),
        await browser.fetch('POST', `/api/accounts/${id}/password`),
        await browser.fetch('POST', `/api/accounts/${id}/reset-factors`),
        await browser.fetch('POST', '/api/invitations', { body: { ...role, label: 'L' } }),
        await browser.fetch('POST', '/api/keys', {
          body: { label: 'L', actions: ['report.read'], areas: ['50'], facilities: [], days: 1 },
        }),
        await browser.fetch('PUT', '/api/sign-in-rules/settings', {
          body: { inDrill: false, proofMinutes: 10, manyReveals: 10 },
        }),
        await browser.fetch('POST', '/api/factors/recovery-codes'),
      ]
      return answers.map(({ status }) => status)
    }
    const done = [204, 201, 200, 200, 201, 201, 200, 200]
    expect(await asks()).toEqual(done)
    clock.at += 10 * MINUTE_MS
    expect(await asks()).toEqual(done.map(() => 403))
    const refused = await browser.fetch('PUT', `/api/accounts/${id}/role`, { body: role })
    expect(await errorCode(refused)).toBe('proof_needed')
    const byPassword = await prove(browser, { by: 'password', password: PASSWORD })
    expect(await errorCode(byPassword), 'a password does not stand in for the factor').toBe('no_such_proof')
    expect((await byApp(browser, totpCode(key, clock.at))).status).toBe(200)
    expect(await asks()).toEqual(done)
  })

  test('of an account without a factor, by the password; wrong ones lock', async () => {
    await createPerson(hub, 'plain', 'provincial_health', { areas: ['50'] })
    const browser = await enter('plain')
    const makeKey = async () => {
      const body = { label: 'L', actions: ['report.read'], areas: ['50'], facilities: [], days: 1 }
      return (await browser.fetch('POST', '/api/keys', { body })).status
    }
    clock.at += 10 * MINUTE_MS
    expect(await makeKey()).toBe(403)
    expect((await prove(browser, { by: 'password', password: 'wrong' })).status).toBe(400)
    expect((await prove(browser, { by: 'password', password: PASSWORD })).status).toBe(200)
    expect(await makeKey()).toBe(201)
    for (let i = 0; i < FAILURES_PER_PLACE_MAX; i++) await prove(browser, { by: 'password', password: `wrong ${i}` })
    expect((await prove(browser, { by: 'password', password: PASSWORD })).status).toBe(429)
  })

  test('the audit log as a file', async () => {
    await createPerson(hub, 'reader', 'auditor')
    const browser = await enter('reader')
    await setUpApp(browser)
    const file = async () => (await browser.fetch('GET', '/api/audit/export')).status
    expect(await file()).toBe(200)
    clock.at += 10 * MINUTE_MS
    expect(await file()).toBe(403)
    expect((await browser.fetch('GET', '/api/audit')).status, 'a page of it is looked at as before').toBe(200)
  })
})

test('a new password keeps what the session has shown, under another token', async () => {
  await createPerson(hub, 'repassword', 'governor', { areas: ['50'] })
  const browser = await enter('repassword')
  await setUpApp(browser)
  const body = { current: PASSWORD, next: 'a new long password' }
  expect((await browser.fetch('POST', '/api/session/password', { body })).status).toBe(204)
  expect(await browser.me()).toMatchObject({ signedIn: true, role: 'governor' })
})

test('whoever knows no password learns nothing of factors, and a half session ends after half an hour', async () => {
  await createPerson(hub, 'quiet', 'governor', { areas: ['50'] })
  await setUpApp(await enter('quiet'))
  const wrong = async (login: string) => {
    const response = await hub.fetch('POST', '/api/auth/sign-in', {
      body: { login, password: 'wrong' },
      address: '192.0.2.77',
    })
    return [response.status, await response.json()]
  }
  expect(await wrong('quiet')).toEqual(await wrong('nobody-at-all'))
  for (const path of ['/api/session/proof', '/api/factors/totp', '/api/session/proof/passkey'])
    expect((await hub.fetch('POST', path, { body: { by: 'totp', code: '000000' } })).status).toBe(401)
  const browser = await enter('quiet')
  clock.at += 30 * MINUTE_MS
  expect(await half(browser)).toBeNull()
})

test('every step is in the audit log, with who, from where and in which session', async () => {
  const { rows } = await database.pool.query<{ action: string; bare: number }>(
    `select action, (count(*) filter (where actor is null or address is null or session is null))::int as bare from audit_log
     where action like 'factor.%' or action in ('session.proven', 'session.factor_failed') group by 1 order by 1`,
  )
  expect(rows).toEqual(
    [
      'factor.add',
      'factor.new_recovery_codes',
      'factor.remove',
      'factor.start',
      'session.factor_failed',
      'session.proven',
    ].map((action) => ({ action, bare: 0 })),
  )
})
