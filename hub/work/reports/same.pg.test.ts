import { expect, it } from 'vitest'
import { drillHubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await drillHubForFile()
const { rows } = await database.pool.query<{ id: number }>(
  `insert into facilities (code, district, kind, name_th, name_en)
   values ('same', '5001', 'vaccination', 'จุดฉีด', 'Site') returning id`,
)
const site: number = rows[0]?.id ?? 0
const vaccinators = await hub.worker('vaccination_staff', ['5001'], 'Site', site)
const nurse = await hub.worker('triage', ['50'], 'Triage 50')
const doses = (rows: readonly object[], more = {}) =>
  vaccinators.post(`/api/facilities/${site}/vaccinations`, { rows, ...more })
const tests = (more = {}) => nurse.post('/api/tests', { area: '5001', kind: 'pcr', tested: 50, positive: 7, ...more })
const sum = async (column: string, table: string) =>
  Number((await database.pool.query(`select coalesce(sum(${column}), 0) as n from ${table}`)).rows[0].n)

it('the same doses of a day and site with another key are asked about, not counted twice', async () => {
  const rows = [
    { dose: 1, group: 'general', doses: 40 },
    { dose: 2, group: 'age60', doses: 5 },
  ]
  expect((await doses(rows)).status).toBe(200)
  hub.clock.at += 60_000
  expect(await doses(rows)).toMatchObject({
    status: 409,
    body: { error: { code: 'same_reported', details: { since: hub.clock.at - 60_000 } } },
  })
  expect((await doses(rows.slice(1))).body.error.code).toBe('same_reported')
  expect(await sum('doses', 'vaccinations')).toBe(45)
  expect((await doses(rows, { acceptSame: true })).status).toBe(200)
  expect(await sum('doses', 'vaccinations')).toBe(90)
})

it('another group, another number, another day or a correction is no repetition', async () => {
  expect((await doses([{ dose: 1, group: 'vhv', doses: 40 }])).status).toBe(200)
  expect((await doses([{ dose: 1, group: 'general', doses: 41 }])).status).toBe(200)
  expect((await doses([{ dose: 1, group: 'general', doses: 40 }], { day: '2021-11-10' })).status).toBe(200)
  expect((await doses([{ dose: 1, group: 'general', doses: -40 }], { correction: true })).status).toBe(200)
})

it('the same tests of a day and district as well, and in Thai it says when', async () => {
  expect((await tests()).status).toBe(200)
  const body = { area: '5001', kind: 'pcr', tested: 50, positive: 7 }
  const { status, body: said } = await nurse.post('/api/tests', body, { language: 'th' })
  expect([status, said.error.message]).toEqual([409, expect.stringContaining('10:01')])
  expect(await sum('tested', 'tests')).toBe(50)
  expect((await tests({ acceptSame: true })).status).toBe(200)
  expect(await sum('tested', 'tests')).toBe(100)
})

it('a report of doses says when its site was heard of', async () => {
  expect((await doses([{ dose: 3, group: 'vhv', doses: 2 }])).status).toBe(200)
  const { rows } = await database.pool.query('select reported_at from facilities where id = $1', [site])
  expect(rows[0].reported_at.getTime()).toBe(hub.clock.at)
  hub.clock.at += 60_000
  const body = { rows: [{ dose: 3, group: 'vhv', doses: 3 }], sourceAt: '2019-01-01T00:00:00Z' }
  expect((await vaccinators.post(`/api/facilities/${site}/vaccinations`, body)).status).toBe(200)
  const after = await database.pool.query('select reported_at from facilities where id = $1', [site])
  expect(after.rows[0].reported_at.getTime(), 'a device whose clock is in 2019').toBe(hub.clock.at)
})
