import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { ensureDrillAccounts } from '../../db/queries/accounts-drill.ts'
import { createPerson, PASSWORD, SECRET } from '../../tests/security/hub.ts'
import { hubForFile } from '../../tests/support/for-file.ts'
import { drillPassword, hashPassword } from '../http/auth/passwords.ts'
import { run } from './run.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')

const { database, hub } = await hubForFile()
await database.pool.query(`update operation set kind = 'drill', day = '2021-11-11'`)
await database.pool.query(
  `insert into facilities (code, district, kind, name_th, name_en)
   values ('H1', '5002', 'hospital', 'ท', 'T'), ('V1', '1001', 'vaccination', 'ท', 'T')`,
)

type Said = { readonly code: number; readonly out: string; readonly err: string }

/** @param answers what the person types, in turn; none: nobody is there */
async function admin(argv: readonly string[], answers?: string[]): Promise<Said> {
  const out: string[] = []
  const err: string[] = []
  const io = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    ask: async () => answers?.shift(),
  }
  const code = await run(argv, {
    ...database,
    ownerUrl: database.url,
    publicUrl: 'http://localhost',
    secret: async () => SECRET,
    now: new Date(),
    io,
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

const ADMIN = ['create-user', '--role', 'administrator', '--email', 'Admin@hub.example']

test('create-user: a password that was made is printed once, and signs in', async () => {
  const said = await admin(ADMIN)
  expect(said.code).toBe(0)
  const password = /once: (\S+)/.exec(said.out)?.[1]
  expect(await (await hub.signIn('admin@hub.example', password, 'three words of my own')).me()).toMatchObject({
    role: 'administrator',
  })
})

test('create-user: a password that was typed twice is not printed', async () => {
  const user = ['create-user', '--role', 'governor', '--area', '50', '--area', '51', '--username', 'typed']
  expect((await admin(user, ['short'])).err).toContain('at least 10')
  expect((await admin(user, ['1234567890', '1234567890'])).err).toContain('guessed first')
  expect((await admin(user, ['long enough to type', 'something else'])).err).toContain('not the same')
  const said = await admin(user, ['long enough to type', 'long enough to type'])
  expect(said).toMatchObject({ code: 0 })
  expect(said.out).not.toContain('long enough to type')
  expect(await (await hub.signIn('typed', 'long enough to type')).me()).toMatchObject({ areas: ['50', '51'] })
})

test.each([
  ['a taken login', ADMIN, 1, 'has an account already'],
  [
    'a sub-district',
    ['create-user', '--role', 'district_chief', '--area', '500101', '--username', 'chief-of-few'],
    1,
    'volunteers alone are bound to sub-districts, others to districts or larger areas; take 5001',
  ],
  ['no role', ['create-user', '--email', 'a@hub.example'], 2, '--role is missing'],
  ['a role that is none', ['create-user', '--role', 'king', '--email', 'a@hub.example'], 2, 'not "king"'],
  ['an area that is none', ['create-user', '--role', 'governor', '--area', '99', '--username', 'abc'], 1, 'no area 99'],
  ['a user name that is none', ['create-user', '--role', 'auditor', '--username', 'Ab'], 2, '3 to 40 of a-z'],
  ['an e-mail that is none', ['create-user', '--role', 'auditor', '--email', 'a@b'], 2, 'an e-mail address'],
  ['an option that is none', ['list', '--colour', 'red'], 2, '--colour'],
  ['a command that is none', ['destroy'], 2, 'no command "destroy"'],
  ['nobody of that name', ['disable', 'nobody'], 1, 'Nobody signs in as nobody'],
  ['the last administrator', ['disable', 'admin@hub.example'], 1, 'last administrator'],
  ['a day that is none', ['set-day', '2021-02-30', '--yes'], 2, 'not "2021-02-30"'],
])('refused in one sentence: %s', async (_name, argv, code, words) => {
  const said = await admin(argv)
  expect(said.code).toBe(code)
  expect(said.err).toContain(words)
})

test('disable, enable, set-role, reset-password, sign-out', async () => {
  await createPerson(hub, 'worker', 'responder', { areas: ['50'] })
  const before = await hub.signIn('worker')
  expect((await admin(['disable', 'worker'])).code).toBe(0)
  expect(await before.me()).toMatchObject({ signedIn: false })
  expect((await admin(['enable', 'worker'])).code).toBe(0)
  const after = await hub.signIn('worker', PASSWORD)
  expect((await admin(['set-role', 'worker', '--role', 'triage', '--area', '51'])).code).toBe(0)
  expect(await after.me()).toMatchObject({ role: 'triage', areas: ['51'], account: { label: 'T worker' } })
  const reset = await admin(['reset-password', 'worker'])
  expect(await after.me()).toMatchObject({ signedIn: false })
  await hub.signIn('worker', /once: (\S+)/.exec(reset.out)?.[1], 'three words of my own')
  expect((await admin(['sign-out', 'worker'])).out).toBe('1 sessions of worker have ended.')
})

test('reset-factors: the factors and recovery codes of somebody are gone, and so are their sessions', async () => {
  const id = await createPerson(hub, 'lost-it', 'responder', { areas: ['52'] })
  await database.pool.query(
    `insert into account_factors (account_id, kind, name, secret, created_at, confirmed_at) values ($1, 'totp', 'x', 'x', now(), now())`,
    [id],
  )
  await database.pool.query(
    `insert into account_recovery_codes (code_hash, account_id, created_at) values (sha256('x'), $1, now())`,
    [id],
  )
  expect((await admin(['reset-factors', 'lost-it'])).out).toContain('1 second factors of lost-it are removed')
  const left = `select (select count(*) from account_factors) + (select count(*) from account_recovery_codes) as n`
  expect((await database.pool.query(left)).rows).toEqual([{ n: 0 }])
  const { rows } = await database.pool.query(
    `select role, resource, details from audit_log where action = 'account.reset_factors'`,
  )
  expect(rows).toEqual([{ role: 'operator', resource: `account:${id}`, details: { factors: 1 } }])
  expect(await (await hub.signIn('lost-it')).me()).toMatchObject({ signedIn: true })
})

test('list: by role, area and text', async () => {
  expect((await admin(['list', '--role', 'triage'])).out).toMatch(/^worker +triage +51$/)
  expect((await admin(['list', '--area', '50'])).out).toMatch(/^typed +governor +50,51$/)
  expect((await admin(['list', '--text', 'admin@'])).err).toBe('1 accounts')
})

test('invite: a link that an account comes out of', async () => {
  const said = await admin(['invite', '--role', 'hotline', '--area', 'TH', '--label', '1330 desk 4'])
  const token = new URL(said.out.split('\n')[0] ?? '').hash.slice(1)
  const body = { token, name: 'Test Hotline', username: 'desk-4', password: 'long enough to type' }
  expect((await hub.fetch('POST', '/api/invitations/accept', { body })).status).toBe(201)
})

test('set-day: warns, wants a yes, and moves the day of every screen', async () => {
  const day = async () => (await database.pool.query('select day::text, kind from operation')).rows[0]
  const refused = await admin(['set-day', '2021-11-10'])
  expect(refused.code).toBe(1)
  expect(refused.err).toContain('back in time')
  expect(await day()).toEqual({ day: '2021-11-11', kind: 'drill' })
  expect((await admin(['set-day', '2021-11-12'], ['y'])).code).toBe(0)
  expect(await day()).toEqual({ day: '2021-11-12', kind: 'drill' })
  expect((await admin(['set-day', '2021-11-13', '--kind', 'live', '--yes'])).err).toContain('drill accounts')
  expect(await day()).toEqual({ day: '2021-11-13', kind: 'live' })
})

test('audit: what was done here, by whom, without names', async () => {
  const said = await admin(['audit', '--last', '200'])
  for (const action of ['account.create', 'account.disable', 'account.invite', 'operation.set_day', 'session.begin']) {
    expect(said.out).toContain(action)
  }
  expect(said.out).not.toContain('admin@hub.example')
  expect((await admin(['audit', '--action', 'operation.set_day', '--last', '1'])).out).toMatch(
    /operator: operation\.set_day operation:1 .*"to":"2021-11-13"/,
  )
})

test('as a program: exit code 2 and the usage without a command, one line for a refusal', async () => {
  const program = (...argv: string[]) =>
    promisify(execFile)(process.execPath, ['hub/admin/main.ts', ...argv], {
      cwd: ROOT,
      env: { ...process.env, DATABASE_URL: database.url },
    }).then(
      ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    )
  expect(await program()).toMatchObject({ code: 2 })
  expect(await program('disable', 'nobody')).toMatchObject({ code: 1, stderr: 'Nobody signs in as nobody.\n' })
  const list = await program('list', '--role', 'administrator')
  expect(list.stdout).toMatch(/^admin@hub\.example/)
})

test('drill accounts: one per role, in a drill only; a second time changes nothing', async () => {
  const options = { password: drillPassword(SECRET), hashPassword }
  await expect(ensureDrillAccounts(hub.accounts.db, options)).rejects.toThrow('this operation is: live')
  await database.pool.query(`update operation set kind = 'drill'`)
  const made = await ensureDrillAccounts(hub.accounts.db, options)
  expect(made).toHaveLength(13)
  const governor = await hub.signIn('drill-governor', options.password)
  expect(await governor.me()).toMatchObject({ role: 'governor', areas: ['50'], account: { drill: true } })
  const nurse = await hub.signIn('drill-facility-staff', options.password)
  expect(await nurse.me()).toMatchObject({ role: 'facility_staff', areas: ['5002'] })
  expect(await ensureDrillAccounts(hub.accounts.db, options)).toEqual(made)
  expect(await governor.me()).toMatchObject({ signedIn: true })
})
