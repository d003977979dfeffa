import { beforeAll, describe, expect, test } from 'vitest'
import { FAILURES_PER_PLACE_MAX } from '../../../../db/queries/accounts-lockout.ts'
import { createPerson, errorCode, PASSWORD } from '../../../../tests/security/hub.ts'
import { DEMANDED, factorsAt, json } from '../../../../tests/support/factors.ts'
import { hubForFile } from '../../../../tests/support/for-file.ts'
import { totpCode } from '../../../../tests/support/totp.ts'

const clock = { at: Date.now(), now: () => clock.at }
const { database, hub } = await hubForFile(() => ({ clock }))
const { byApp, enter, half, prove, setUpApp, setUpPasskey } = factorsAt(hub, clock)

beforeAll(() => database.pool.query(DEMANDED))

const MINUTE_MS = 60_000

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

test('a password that an administrator has reset leaves the second factor: the new one opens half a session', async () => {
  const id = await createPerson(hub, 'forgetful', 'governor', { areas: ['50'] })
  const { key } = await setUpApp(await enter('forgetful'))
  await createPerson(hub, 'helper', 'administrator')
  const helper = await enter('helper')
  await setUpApp(helper)
  const reset = await helper.fetch('POST', `/api/accounts/${id}/password`)
  const { password } = await json<{ password: string }>(reset)
  const back = await hub.signIn('forgetful', password, 'a long password of their own')
  expect(await half(back)).toMatchObject({ owes: 'prove' })
  expect((await back.fetch('GET', '/api/cases?area=50')).status).toBe(401)
  clock.at += MINUTE_MS
  expect((await byApp(back, totpCode(key, clock.at))).status).toBe(200)
  expect(await back.me()).toMatchObject({ signedIn: true, role: 'governor' })
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
