import { beforeAll, describe, expect, test } from 'vitest'
import { FAILURES_PER_PLACE_MAX, LOCK_MS } from '../../../../db/queries/accounts-lockout.ts'
import { type Browser, createPerson, errorCode, PASSWORD } from '../../../../tests/security/hub.ts'
import { createAuthenticator } from '../../../../tests/support/authenticator.ts'
import { DEMANDED, factorsAt, json } from '../../../../tests/support/factors.ts'
import { hubForFile } from '../../../../tests/support/for-file.ts'
import { totpCode } from '../../../../tests/support/totp.ts'
import { CHALLENGE_MS } from './passkeys.ts'

const clock = { at: Date.now(), now: () => clock.at }
const { database, hub } = await hubForFile(() => ({ clock }))
const { byApp, byPasskey, enter, half, nextStep, prove, setUpApp, setUpPasskey } = factorsAt(hub, clock)

beforeAll(() => database.pool.query(DEMANDED))

const MINUTE_MS = 60_000

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
    const old = await hub.fetch('GET', '/api/session', { cookie: before })
    expect([old.status, await errorCode(old)], 'the token of before is worth nothing').toEqual([401, 'session_renewed'])
  })

  test('does not come in by its password twice: that is no second factor', async () => {
    await createPerson(hub, 'insisting', 'governor', { areas: ['50'] })
    const browser = await enter('insisting')
    const again = await prove(browser, { by: 'password', password: PASSWORD })
    expect(again.status).toBe(200)
    expect(await again.json()).toMatchObject({ signedIn: false, half: { owes: 'set_up' } })
    expect(browser.cookie()).not.toContain('jitasa.pass')
    expect((await browser.fetch('POST', '/api/session/here')).status).toBe(403)
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
    const told = await json<{ factorFrom: string }>(await (await enter('later')).fetch('GET', '/api/session'))
    expect(told.factorFrom, 'and is told').toBe(new Date(clock.at + MINUTE_MS).toISOString())
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

  test('takes a code in the digits of the phone’s own script and in groups, when it is set up and at a sign-in', async () => {
    await createPerson(hub, 'thai', 'responder', { areas: ['50'] })
    const typed = (code: string) =>
      `${code.slice(0, 3)} ${code.slice(3)}`.replace(/\d/g, (digit) => String.fromCharCode(0x0e50 + Number(digit)))
    const browser = await enter('thai')
    const { key } = await json<{ key: string }>(
      await browser.fetch('POST', '/api/factors/totp', { body: { name: 'my phone' } }),
    )
    const confirmed = await browser.fetch('POST', '/api/factors/totp/confirm', {
      body: { code: typed(totpCode(key, clock.at)) },
    })
    const { recoveryCodes } = await json<{ recoveryCodes: string[] }>(confirmed)
    nextStep()
    expect((await byApp(await enter('thai'), typed(totpCode(key, clock.at)))).status).toBe(200)
    const recovery = recoveryCodes[0]!.replace(/\d/g, (digit) => String.fromCharCode(0x0e50 + Number(digit)))
    expect((await prove(await enter('thai'), { by: 'recovery', code: recovery })).status).toBe(200)
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
    const { response } = await setUpPasskey(browser, createAuthenticator(where))
    expect([response.status, await errorCode(response)]).toEqual([400, 'wrong_passkey'])
    expect(await json<unknown>(await browser.fetch('GET', '/api/factors'))).toMatchObject({ factors: [] })
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
