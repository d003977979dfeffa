import { expect, test } from 'vitest'
import { createPerson, errorCode, PASSWORD } from '../../../tests/security/hub.ts'
import { hubForFile } from '../../../tests/support/for-file.ts'
import { message } from '../../contract/refusals/messages.ts'
import { INVITATION_MS } from './invite.ts'

const clock = { at: 0, now: () => clock.at || Date.now() }

const { database, hub } = await hubForFile(() => ({ clock }))
const adminId: string = await createPerson(hub, 'admin', 'administrator')
const admin = await hub.signIn('admin')
const { rows } = await database.pool.query(
  `insert into facilities (code, district, kind, name_th, name_en) values ('T1', '5001', 'hospital', 'ท', 'T') returning id`,
)
const hospital: number = rows[0].id

async function made<T>(response: Response, status = 201): Promise<T> {
  expect(response.status).toBe(status)
  return (await response.json()) as T
}

const OWN = 'three words of my own'
const create = (body: object) => admin.fetch('POST', '/api/accounts', { body: { name: 'Test Person', ...body } })

test('an administrator makes an account; its password is told once, and opens nothing but the choice of another', async () => {
  const { id, password } = await made<{ id: string; password: string }>(
    await create({ username: 'nurse-1', role: 'triage', areas: ['50'], label: 'Triage 1' }),
  )
  expect(password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
  const enter = (next?: string) =>
    hub.fetch('POST', '/api/auth/sign-in', { body: { login: 'nurse-1', password, next } })
  const refused = await enter()
  expect([refused.status, await errorCode(refused), refused.headers.getSetCookie()]).toEqual([
    403,
    'password_issued',
    [],
  ])
  for (const [next, key] of [
    [password, 'password_same'],
    ['password12', 'password_common'],
  ] as const) {
    const { error } = (await (await enter(next)).json()) as { error: unknown }
    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'next', key }] })
  }
  const nurse = await hub.signIn('nurse-1', password, OWN)
  expect((await enter()).status, 'the issued one is gone').toBe(401)
  await hub.signIn('nurse-1', OWN)
  expect(await nurse.me()).toMatchObject({ role: 'triage', areas: ['50'], account: { id, label: 'Triage 1' } })
  const { rows } = await database.pool.query(
    `select actor, resource, details from audit_log where action = 'account.create'`,
  )
  expect(rows).toEqual([{ actor: adminId, resource: `account:${id}`, details: { role: 'triage', areas: ['50'] } }])
})

test.each([
  ['a province that does not exist', { username: 'x-1', role: 'governor', areas: ['99'] }, 400, 'wrong_binding'],
  ['no area', { username: 'x-2', role: 'governor' }, 400, 'wrong_binding'],
  ['no facility', { username: 'x-3', role: 'facility_staff', areas: ['50'] }, 400, 'wrong_binding'],
  ['an unknown facility', { username: 'x-4', role: 'facility_staff', facility: 999_999 }, 400, 'wrong_binding'],
  ['a role that is no role', { username: 'x-5', role: 'king', areas: ['50'] }, 400, 'invalid_input'],
  ['a screen, which has to be approved', { username: 'x-6', role: 'screen', areas: ['50'] }, 400, 'invalid_input'],
  ['no login', { role: 'auditor' }, 400, 'no_login'],
  ['a login that is taken', { username: 'admin', role: 'auditor' }, 409, 'taken'],
])('refused: %s', async (_name, body, status, code) => {
  const response = await create(body)
  expect(response.status).toBe(status)
  expect(await errorCode(response)).toBe(code)
})

test('a sub-district is refused in the person’s language, for whoever is no volunteer and for a screen', async () => {
  const kamnan = { role: 'district_chief', areas: ['5001', '500101'], label: 'Kamnan 1' }
  const headers = { 'accept-language': 'th' }
  for (const [path, field, body] of [
    ['/api/accounts', 'areas.1', { ...kamnan, name: 'Test Person', username: 'kamnan-1' }],
    ['/api/invitations', 'areas.1', kamnan],
    ['/api/screens', 'area', { code: 'ABCD2345', name: 'Hall', area: '500101' }],
  ] as const) {
    const response = await admin.fetch('POST', path, { body, headers })
    expect(response.status, path).toBe(400)
    expect(await response.json(), path).toMatchObject({
      error: {
        code: 'invalid_input',
        details: [{ path: field, key: 'area_too_small', message: message('th', 'area_too_small') }],
      },
    })
  }
})

test('a kamnan is bound to sub-districts that there are', async () => {
  const kamnan = { role: 'volunteer', areas: ['100101', '100102'], label: 'Kamnan 1' }
  const { password } = await made<{ password: string }>(await create({ ...kamnan, username: 'kamnan-2' }))
  expect(await (await hub.signIn('kamnan-2', password, OWN)).me()).toMatchObject({ areas: ['100101', '100102'] })
  const nowhere = await create({ ...kamnan, username: 'kamnan-3', areas: ['100199'] })
  expect([nowhere.status, await errorCode(nowhere)]).toEqual([400, 'wrong_binding'])
})

test('facility staff are bound to the facility and its district', async () => {
  const { password } = await made<{ password: string }>(
    await create({ username: 'ward-1', role: 'facility_staff', facility: hospital }),
  )
  expect(await (await hub.signIn('ward-1', password, OWN)).me()).toMatchObject({ areas: ['5001'], facility: hospital })
})

test('a changed role, a disabled account, a reset password: in force at the next request', async () => {
  const id = await createPerson(hub, 'moving', 'responder', { areas: ['50'] })
  const person = await hub.signIn('moving')
  const bind = await admin.fetch('PUT', `/api/accounts/${id}/role`, { body: { role: 'governor', areas: ['51'] } })
  expect(bind.status).toBe(204)
  expect(await person.me()).toMatchObject({ role: 'governor', areas: ['51'] })

  expect((await admin.fetch('PUT', `/api/accounts/${id}/disabled`, { body: { disabled: true } })).status).toBe(204)
  expect(await person.me()).toMatchObject({ signedIn: false })
  const refused = await hub.fetch('POST', '/api/auth/sign-in', { body: { login: 'moving', password: PASSWORD } })
  expect(refused.status).toBe(403)
  expect(await errorCode(refused)).toBe('account_disabled')

  await admin.fetch('PUT', `/api/accounts/${id}/disabled`, { body: { disabled: false } })
  const again = await hub.signIn('moving')
  const reset = await made<{ password: string }>(await admin.fetch('POST', `/api/accounts/${id}/password`), 200)
  expect(await again.me()).toMatchObject({ signedIn: false })
  await hub.signIn('moving', reset.password, OWN)
  expect(await made(await admin.fetch('POST', `/api/accounts/${id}/sign-out`), 200)).toEqual({ sessions: 1 })
})

test('the last administrator can neither be disabled nor given another role, not even by two at once', async () => {
  const second = await createPerson(hub, 'admin-2', 'administrator')
  const [first, other] = await Promise.all([
    admin.fetch('PUT', `/api/accounts/${second}/disabled`, { body: { disabled: true } }),
    admin.fetch('PUT', `/api/accounts/${adminId}/role`, { body: { role: 'auditor' } }),
  ])
  // Who comes second is told that one is the last; or, where the administrator has been made an auditor, that he may not.
  const [done, refused] = [first.status, other.status].sort()
  expect(done).toBe(204)
  expect([403, 409]).toContain(refused)
  const { rows } = await database.pool.query(
    `select count(*)::int as left from account_grants where role = 'administrator' and not disabled`,
  )
  expect(rows).toEqual([{ left: 1 }])
  await database.pool.query(
    `update account_grants set disabled = (account_id = $2), role = 'administrator' where account_id in ($1, $2)`,
    [adminId, second],
  )
  const last = await admin.fetch('PUT', `/api/accounts/${adminId}/disabled`, { body: { disabled: true } })
  expect(last.status).toBe(409)
  expect(await errorCode(last)).toBe('last_administrator')
})

test('accounts come in pages, searched by text, role and area', async () => {
  type Page = { accounts: { username: string; email: string | null }[]; next: string | null }
  const page = async (query: string) => made<Page>(await admin.fetch('GET', `/api/accounts?${query}`), 200)
  const all: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const found: Page = await page(`limit=2${next && `&after=${next}`}`)
    all.push(...found.accounts.map((account) => account.username))
    next = found.next
  }
  expect(new Set(all)).toEqual(new Set(['admin', 'admin-2', 'kamnan-2', 'moving', 'nurse-1', 'ward-1']))
  expect(all).toHaveLength(6)
  expect((await page('role=administrator')).accounts).toHaveLength(2)
  expect((await page('area=50')).accounts.map((account) => account.username)).toEqual(['nurse-1'])
  expect((await page('text=%25')).accounts, 'a wildcard is a letter').toHaveLength(0)
  expect((await page('text=NURSE')).accounts).toMatchObject([{ username: 'nurse-1', email: null }])
  const looks = encodeURIComponent('ＮＵＲ\u200bSE')
  expect((await page(`text=${looks}`)).accounts, 'typed on another keyboard').toMatchObject([{ username: 'nurse-1' }])
})

test('an invitation is accepted once; the link holds its token behind the hash', async () => {
  const { link } = await made<{ link: string }>(
    await admin.fetch('POST', '/api/invitations', { body: { role: 'responder', areas: ['50'], label: 'Rescue 7' } }),
  )
  const token = new URL(link).hash.slice(1)
  expect(new URL(link).pathname).toBe('/invitation')
  const accept = (username: string) =>
    hub.fetch('POST', '/api/invitations/accept', {
      body: { token, name: 'Test Responder', username, password: 'long enough for this' },
    })
  expect((await accept('admin')).status, 'taken: the invitation stays good').toBe(409)
  const both = await Promise.all([accept('rescue-7'), accept('rescue-8')])
  expect(both.map((response) => response.status).sort()).toEqual([201, 404])
  const name = both[0]?.status === 201 ? 'rescue-7' : 'rescue-8'
  expect(await (await hub.signIn(name, 'long enough for this')).me()).toMatchObject({
    role: 'responder',
    areas: ['50'],
  })
  const { rows } = await database.pool.query(`select encode(token_hash, 'hex') as hash from invitations`)
  expect(rows[0].hash).not.toContain(token)
  expect(hub.log()).not.toContain(token)
})

test('an invitation that expired or was taken back is refused', async () => {
  const body = { role: 'responder', areas: ['50'], label: 'Rescue 9' }
  const one = await made<{ id: string; link: string }>(await admin.fetch('POST', '/api/invitations', { body }))
  const two = await made<{ id: string; link: string }>(await admin.fetch('POST', '/api/invitations', { body }))
  const accept = (link: string) =>
    hub.fetch('POST', '/api/invitations/accept', {
      body: { token: new URL(link).hash.slice(1), name: 'Late', username: 'late-1', password: 'long enough for this' },
    })
  expect((await admin.fetch('DELETE', `/api/invitations/${one.id}`)).status).toBe(204)
  expect((await accept(one.link)).status).toBe(404)
  clock.at = Date.now() + INVITATION_MS + 1000
  expect(await errorCode(await accept(two.link))).toBe('unknown_invitation')
  clock.at = 0
})

test('the audit log is read by the auditor, and changed by nobody', async () => {
  await createPerson(hub, 'auditor', 'auditor')
  const auditor = await hub.signIn('auditor')
  const page = await made<{ rows: { action: string; actor: string }[] }>(
    await auditor.fetch('GET', '/api/audit?action=account.invite'),
    200,
  )
  expect(page.rows.length).toBe(3)
  expect(page.rows[0]).toMatchObject({ actor: adminId, action: 'account.invite' })
  expect((await admin.fetch('GET', '/api/audit')).status).toBe(403)
  for (const statement of ['update audit_log set actor = null', 'delete from audit_log', 'truncate audit_log']) {
    await expect(database.pool.query(statement)).rejects.toThrow('only ever added to')
  }
})
