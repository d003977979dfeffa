import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { KEY_REQUESTS_PER_MINUTE } from '../../hub/runtime/limits.ts'
import { type Browser, createPerson } from '../security/hub.ts'
import { runAdmin } from '../support/admin.ts'
import { hubForFile } from '../support/for-file.ts'

const clock = { at: 0, now: () => Date.now() + clock.at }
/** a hospital of district 5001, its neighbour, one of Bangkok */
let own = 0
let next = 0
let far = 0

const { database, hub } = await hubForFile(() => ({ clock }))
const { rows } = await database.pool.query<{ id: number }>(
  `insert into facilities (code, district, kind, name_th, name_en)
   select code, district, 'hospital', 'รพ.', 'Hospital' from (values ('A', '5001'), ('B', '5001'), ('C', '1001')) as f (code, district)
   returning id`,
)
;[own, next, far] = rows.map(({ id }) => id) as [number, number, number]
await createPerson(hub, 'admin', 'administrator')
await createPerson(hub, 'office', 'provincial_health', { areas: ['50'] })
const admin = await hub.signIn('admin')
const office = await hub.signIn('office')

type Made = { readonly id: string; readonly key: string; readonly expiresAt: string }

const give = (who: Browser, body: object) =>
  who.fetch('POST', '/api/keys', { body: { label: 'A hospital’s system', actions: ['facility.report'], ...body } })
async function made(who: Browser, body: object): Promise<Made> {
  const response = await give(who, body)
  expect(response.status, await response.clone().text()).toBe(201)
  return (await response.json()) as Made
}

const count = (staffed: number, minutesAgo = 1) => ({
  sourceAt: new Date(clock.now() - minutesAgo * 60_000).toISOString(),
  levels: [{ level: '2.1', staffed, available: staffed - 2, occupied: 2 }],
})

function report(key: string, facility: number, body: object = count(10), idempotency: string = randomUUID()) {
  const headers = { authorization: `Bearer ${key}`, 'idempotency-key': idempotency }
  return hub.fetch('POST', `/api/facilities/${facility}/beds`, { headers, body })
}

const ask = (key: string, path: string) => hub.fetch('GET', path, { headers: { authorization: `Bearer ${key}` } })

test('a hospital’s system reports its beds by the command of the form; the history names the key', async () => {
  const { id, key } = await made(admin, { facilities: [own] })
  const body = count(10)
  const first = await report(key, own, body, 'one-and-the-same')
  expect([first.status, await first.json()]).toMatchObject([
    200,
    { facility: own, levels: [{ level: '2.1', staffed: 10 }] },
  ])
  expect((await report(key, own, body, 'one-and-the-same')).status).toBe(200)
  const { rows } = await database.pool.query('select actor from bed_reports where facility_id = $1', [own])
  expect(rows).toEqual([{ actor: id }])
  expect((await ask(key, `/api/facilities/${own}/beds`)).status).toBe(200)
})

test('a key of another facility is refused with 403, beside it and elsewhere', async () => {
  const { key } = await made(admin, { facilities: [own] })
  for (const facility of [next, far]) {
    const response = await report(key, facility)
    expect([response.status, await response.json()]).toMatchObject([
      403,
      { error: { code: 'forbidden', message: 'This is not your facility.' } },
    ])
  }
})

test('row-level security keeps a key to its facilities, where the table would let it pass', async () => {
  const { key } = await made(admin, { facilities: [own] })
  const { rows } = await database.pool.query(`select id from api_keys where prefix = $1`, [key.split('_')[1]])
  const client = await (await import('../../db/client.ts')).createPool(database.apiUrl).connect()
  const write = async (facility: number, facilities: string) => {
    await client.query('begin')
    try {
      await client.query(
        `select set_config('jitasa.account', $1, true), set_config('jitasa.role', 'machine', true),
           set_config('jitasa.areas', '5001', true), set_config('jitasa.facility', '', true), set_config('jitasa.facilities', $2, true)`,
        [rows[0].id, facilities],
      )
      await client.query(
        `insert into bed_reports (facility_id, level, staffed, available, held, occupied, cleaning, blocked, source_at)
         values ($1, '0', 1, 1, 0, 0, 0, 0, now())`,
        [facility],
      )
      return 'written'
    } catch (error) {
      return String(error)
    } finally {
      await client.query('rollback')
    }
  }
  expect(await write(own, `${own}`)).toBe('written')
  expect(await write(next, `${own}`)).toContain('row-level security')
  expect(await write(next, '')).toBe('written')
  expect(await write(far, '')).toContain('row-level security')
  client.release(true)
})

test('a key does what it names, and nothing beside: no case, no account, no other report', async () => {
  const { key } = await made(admin, { actions: ['report.read'], areas: ['50'] })
  expect((await ask(key, '/api/facilities?area=50')).status).toBe(200)
  expect((await ask(key, '/api/facilities?area=10')).status).toBe(403)
  for (const path of ['/api/cases?area=50', '/api/accounts', '/api/keys', '/api/vulnerable?area=50', '/api/audit']) {
    expect((await ask(key, path)).status, path).toBe(403)
  }
  expect((await report(key, own)).status).toBe(403)
  const me = await ask(key, '/api/session')
  expect([me.status, await me.json()]).toMatchObject([
    200,
    { role: null, may: expect.not.arrayContaining(['session.own']) },
  ])
})

test('a key that reads provinces sees its own as they are, another only by fives', async () => {
  const { key } = await made(admin, { actions: ['province.read'], areas: ['50'] })
  const status = async (scope: string) => (await ask(key, `/api/situation?scope=${scope}`)).status
  // 503: allowed, and this hub has taken no snapshot.
  expect(await Promise.all(['province:50', 'province:10', 'public:10'].map(status))).toEqual([503, 403, 503])
})

test('a revoked, an expired, an invented and a changed key open nothing, and say why', async () => {
  const { id, key } = await made(admin, { facilities: [own], days: 1 })
  const refused = async (text: string) => {
    const response = await ask(text, '/api/areas')
    return response.status === 200 ? (await ask(text, `/api/facilities/${own}/beds`)).status : response.status
  }
  expect(await refused(key)).toBe(200)
  clock.at = 86_400_000 + 1000
  expect(await refused(key)).toBe(401)
  clock.at = 0
  expect(await refused(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`)).toBe(401)
  expect(await refused(`jitasa_000000000000_${'x'.repeat(43)}`)).toBe(401)
  expect(await refused('x')).toBe(401)
  expect((await admin.fetch('DELETE', `/api/keys/${id}`)).status).toBe(204)
  expect(await refused(key)).toBe(401)
  expect((await admin.fetch('DELETE', `/api/keys/${id}`)).status).toBe(404)
})

test('the key is shown once: the list and the database have its prefix and a hash; both ends stand in the audit log', async () => {
  const { id, key } = await made(admin, { facilities: [own] })
  await admin.fetch('DELETE', `/api/keys/${id}`)
  const secret = key.split('_')[2]!
  const { rows } = await database.pool.query('select row_to_json(api_keys)::text as row from api_keys')
  const list = await (await admin.fetch('GET', '/api/keys')).text()
  for (const text of [list, hub.log(), ...rows.map(({ row }) => String(row))]) expect(text).not.toContain(secret)
  expect(list).toContain(key.split('_')[1])
  const log = await database.pool.query(`select action, role from audit_log where resource = $1 order by id`, [
    `key:${id}`,
  ])
  expect(log.rows).toEqual([
    { action: 'key.create', role: 'administrator' },
    { action: 'key.revoke', role: 'administrator' },
  ])
})

test('a provincial office gives keys for its province, of what it may do itself, and sees and revokes those alone', async () => {
  const { id } = await made(office, { facilities: [own], actions: ['facility.report', 'report.read'] })
  expect((await give(office, { facilities: [far] })).status).toBe(403)
  expect((await give(office, { areas: ['TH'] })).status).toBe(403)
  expect((await give(office, { areas: ['10'] })).status).toBe(403)
  const foreign = await made(admin, { facilities: [own, far] })
  const { keys } = (await (await office.fetch('GET', '/api/keys')).json()) as { keys: { id: string }[] }
  expect(keys.map((each) => each.id)).toContain(id)
  expect(keys.map((each) => each.id)).not.toContain(foreign.id)
  expect((await office.fetch('DELETE', `/api/keys/${foreign.id}`)).status).toBe(404)
  expect((await office.fetch('DELETE', `/api/keys/${id}`)).status).toBe(204)
})

test.each([
  ['no place', {}],
  ['a facility that does not exist', { facilities: [999_999] }],
  ['an area that does not exist', { areas: ['99'] }],
  ['a sub-district', { areas: ['500101'] }],
  ['an action on cases', { areas: ['50'], actions: ['case.read'] }],
  ['no action', { areas: ['50'], actions: [] }],
  ['two years', { areas: ['50'], days: 731 }],
])('a key for %s is refused with a sentence', async (_, body) => {
  const response = await give(admin, body)
  expect(response.status).toBe(400)
  expect(((await response.json()) as { error: { message: string } }).error.message).not.toBe('')
})

test('a key that asks too often waits', async () => {
  const { key } = await made(admin, { facilities: [own] })
  let last = 200
  for (let i = 0; i <= KEY_REQUESTS_PER_MINUTE && last === 200; i++) {
    last = (await ask(key, `/api/facilities/${own}/beds`)).status
  }
  expect(last).toBe(429)
})

test('create-key, list-keys and revoke-key do the same at the hub’s own machine', async () => {
  const at = (...argv: string[]) => runAdmin(database, argv)
  const options = ['--label', 'By hand', '--action', 'facility.report', '--facility', `${own}`, '--facility', `${next}`]
  const { code, out } = await at('create-key', ...options, '--days', '30')
  const key = out[0] ?? ''
  expect([code, (await report(key, next)).status]).toEqual([0, 200])
  const prefix = key.split('_')[1] ?? ''
  expect((await at('list-keys')).out.find((line) => line.startsWith(prefix))).toContain(
    `facility ${own},facility ${next}`,
  )
  expect((await at('revoke-key', prefix)).code).toBe(0)
  expect((await report(key, next)).status).toBe(401)
  expect((await at('create-key', '--label', 'X')).code).toBe(2)
  expect((await at('revoke-key', 'nothing')).code).toBe(1)
})
