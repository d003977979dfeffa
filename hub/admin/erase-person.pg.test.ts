import { beforeEach, expect, test } from 'vitest'
import { eraseAsked } from '../../db/queries/erasure.ts'
import { runAdmin } from '../../tests/support/admin.ts'
import { openCases } from '../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../tests/support/for-file.ts'
import { keepPerson, peopleIn } from '../../tests/support/people.ts'

const { database, hub } = await drillHubForFile()
const NOW = new Date('2021-11-11T03:00:00Z')
const DAY_MS = 86_400_000
const chief = await hub.worker('provincial_health', ['50'], 'Province 50')

const admin = (...argv: string[]) => runAdmin(database, argv, NOW)

async function job(now: number): Promise<number> {
  const client = await database.jobs.connect()
  try {
    return await eraseAsked(client, now)
  } finally {
    client.release()
  }
}

const names = async () => (await peopleIn(database.pool)).flatMap(({ full_name }) => full_name ?? []).sort()
const close = (id: number) =>
  database.pool.query(`update cases set stage = 'closed', closed_reason = 'helped', on_board = false where id = $1`, [
    id,
  ])

/** A case that a volunteer has recorded: nobody has a code of it. */
async function recorded(name: string, phone: string): Promise<number> {
  const [{ case: id = 0 } = {}] = await openCases(database, 1)
  await keepPerson(database.pool, Number(id), { name, phone })
  return Number(id)
}

beforeEach(() => database.pool.query('delete from data_requests'))

test('somebody without a code is erased on their behalf: a day later, and once their case has ended', async () => {
  const id = await recorded('Somchai Example', '+66812300001')
  const { code, out } = await admin('erase-person', '--person', '0812300001')
  expect({ code, out }).toEqual({
    code: 0,
    out: [`case ${id} (reported): erased when it has ended, not before 2021-11-12T03:00:00.000Z`],
  })
  expect(await admin('erase-person', '--person', String(id))).toMatchObject({
    code: 1,
    err: ['An erasure of this person waits already.'],
  })
  expect(await job(NOW.getTime() + DAY_MS)).toBe(0)
  await close(id)
  expect(await job(NOW.getTime() + DAY_MS - 1)).toBe(0)
  expect(await names()).toContain('Somchai Example')
  expect(await job(NOW.getTime() + DAY_MS)).toBe(1)
  expect(await names()).not.toContain('Somchai Example')
  const { rows } = await database.pool.query(
    `select role, action from audit_log where resource = $1 and action like 'person.%' order by id`,
    [`case:${id}`],
  )
  expect(rows).toEqual([
    { role: 'operator', action: 'person.erasure_asked' },
    { role: 'jobs', action: 'person.erased' },
  ])
})

test('is taken back within the day, by people or on the page of the request', async () => {
  const id = await recorded('Malee Example', '+66812300002')
  await close(id)
  await admin('erase-person', '--person', String(id))
  expect(await admin('keep-person', '--person', '0812300002')).toMatchObject({ code: 0, out: [`case ${id}: kept`] })
  expect(await job(NOW.getTime() + 2 * DAY_MS)).toBe(0)
  expect(await names()).toContain('Malee Example')
  expect(await admin('keep-person', '--person', String(id))).toMatchObject({
    code: 1,
    err: ['Nothing of this person waits to be erased.'],
  })
})

test('of a request is seen under its code; of a case that was merged, the whole of it goes', async () => {
  const asked = await hub.anyone.post('/api/help', {
    ...{ language: 'th', consent: { given: true, version: '2026-12' }, name: 'Orn Example', phone: '0812300003' },
    ...{ needs: ['food'], place: { area: '5001' } },
  })
  const { rows } = await database.pool.query('select max(id)::int as id from cases')
  const twin = await recorded('Orn Twin Example', '+66812300004')
  expect((await chief.post(`/api/cases/${twin}/merge`, { into: rows[0].id })).status).toBe(200)
  await close(rows[0].id)
  expect((await admin('erase-person', '--person', String(twin))).out).toEqual([
    `case ${rows[0].id} (closed): erased at 2021-11-12T03:00:00.000Z`,
  ])
  const state = await hub.anyone.post('/api/my-data/state', { code: asked.body.code })
  expect(state.body).toMatchObject({ erasure: { dueAt: NOW.getTime() + DAY_MS, doneAt: null } })
  expect(await job(NOW.getTime() + DAY_MS)).toBe(1)
  expect((await names()).filter((name) => name.startsWith('Orn'))).toEqual([])
})

test('of nobody who is known is refused, and says what it takes', async () => {
  expect(await admin('erase-person', '--person', '999999')).toMatchObject({
    code: 1,
    err: ['There is no case of this person.'],
  })
  expect((await admin('erase-person', '--person', 'somebody')).code).toBe(2)
})
