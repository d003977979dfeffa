import { expect, test } from 'vitest'
import { runAdmin } from '../../../tests/support/admin.ts'
import { openCases } from '../../../tests/support/case-hub.ts'
import { caseHubForFile } from '../../../tests/support/for-file.ts'
import { keepPerson } from '../../../tests/support/people.ts'

const { database, hub } = await caseHubForFile()
const { pool } = database

test('an account opens as many people as its role may in an hour, the same again for nothing, and is told when it can go on', async () => {
  const supervisor = await hub.worker('district_chief', ['5001'], 'Chief 1')
  await pool.query(`update reveal_budgets set per_hour = 2 where role = 'district_chief'`)
  const [first, second, third] = (await openCases(database, 3)).map((made) => made.case)
  const open = (id = 0) => supervisor.post(`/api/cases/${id}/reveal`)
  expect((await open(first)).status).toBe(200)
  expect((await open(second)).status).toBe(200)
  expect((await open(first)).status).toBe(200)
  const refused = await open(third)
  expect([refused.status, refused.body.error.code]).toEqual([429, 'reveals_used_up'])
  const { until } = refused.body.error.details as { until: number }
  expect(until - Date.now()).toBeGreaterThan(3_000_000)
  expect(until - Date.now()).toBeLessThan(3_660_000)
  const { rows } = await pool.query(`select resource, details from audit_log where action = 'refused'`)
  expect(rows).toEqual([
    { resource: `case:${third}`, details: { code: 'reveals_used_up', route: 'POST /api/cases/:id/reveal' } },
  ])
  await pool.query(`update reveal_budgets set per_hour = 3 where role = 'district_chief'`)
  expect((await open(third)).status).toBe(200)
})

test('whoever opens many proves again who they are; the same person again is none more, and an exercise asks for nothing', async () => {
  const supervisor = await hub.worker('district_chief', ['5001'], 'Chief of many')
  await pool.query('update sign_in_settings set many_reveals = 2')
  await pool.query(`update reveal_budgets set per_hour = 100 where role = 'district_chief'`)
  const made = (await openCases(database, 4)).map((each) => each.case)
  const open = async (i: number) => (await supervisor.post(`/api/cases/${made[i]}/reveal`)).body.error?.code
  hub.clock.at += 11 * 60_000
  expect([await open(0), await open(1), await open(2), await open(0)]).toEqual([
    undefined,
    undefined,
    'proof_needed',
    undefined,
  ])
  await pool.query(`update operation set kind = 'drill'`)
  expect(await open(2)).toBeUndefined()
  await pool.query(`update operation set kind = 'live'`)
  expect(await open(3)).toBe('proof_needed')
  await pool.query('update account_sessions set proven_at = $1 where account_id = $2', [
    new Date(hub.clock.at),
    supervisor.grant?.account,
  ])
  expect(await open(3)).toBeUndefined()
  await pool.query('update sign_in_settings set many_reveals = 10')
})

test('two at once do not go past it', async () => {
  const supervisor = await hub.worker('provincial_health', ['50'], 'Office 1')
  await pool.query(`update reveal_budgets set per_hour = 1 where role = 'provincial_health'`)
  const made = await openCases(database, 3)
  const answers = await Promise.all(made.map((each) => supervisor.post(`/api/cases/${each.case}/reveal`)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 429, 429])
})

test('who-saw names who opened, searched and was refused, by case and by phone, and is itself in the log', async () => {
  const triage = await hub.worker('triage', ['50'], 'Triage 1')
  const [{ case: id = 0 } = {}] = await openCases(database, 1)
  await keepPerson(pool, id, { name: 'Test', phone: '+66812345678' })
  const chief = await hub.worker('district_chief', ['5001'], '=Chief 2')
  expect((await chief.post(`/api/cases/${id}/reveal`, {}, { address: '203.0.113.7' })).status).toBe(200)
  expect((await triage.post('/api/cases/search', { text: '081 234 5678' })).status).toBe(200)
  const saw = (person: string) => runAdmin(database, ['who-saw', '--person', person])
  const { code, out } = await saw(String(id))
  expect(code).toBe(0)
  const lines = out.map((line) => line.split(',').slice(3, 9))
  expect(lines).toEqual([
    ['label', 'role', 'action', 'resource', 'area', 'address'],
    ["'=Chief 2", 'district_chief', 'case.reveal', `case:${id}`, '5001', '203.0.113.7'],
    ['Triage 1', 'triage', 'case.search', 'search:phone', '', '198.51.100.1'],
  ])
  const again = await saw('0812345678')
  expect(again.out.slice(0, 3)).toEqual(out)
  expect(again.out[3]).toMatch(new RegExp(`,operator,person.who_saw,case:${id},,,$`))
  expect(await saw('999999')).toMatchObject({ code: 1, err: [expect.stringContaining('no case of this person')] })
  expect((await saw('somebody')).code).toBe(2)
})
