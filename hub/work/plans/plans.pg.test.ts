import { beforeEach, describe, expect, it } from 'vitest'
import type { Worker } from '../../../tests/support/case-hub.ts'
import { expectedCells } from '../../../tests/support/expected-cells.ts'
import { caseHubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await caseHubForFile()
const office = await hub.worker('provincial_health', ['50'], 'PHO Chiang Mai')
const neighbour = await hub.worker('provincial_health', ['51'], 'PHO Lamphun')
const national = await hub.worker('national', ['TH'], 'EOC')
const { rows: facilities } = await database.pool.query<{ id: number }>(
  `insert into facilities (district, kind, name_th, name_en, active) values
     ('5001', 'vaccination', 'จุด 1', 'Site 1', true), ('5002', 'vaccination', 'จุด 2', 'Site 2', true),
     ('5001', 'vaccination', 'จุด 3', 'Site 3', false) returning id`,
)
const [first = 0, second = 0, closed = 0] = facilities.map(({ id }) => id)
const { rows: days } = await database.pool.query<{ today: string; tomorrow: string; before: string }>(
  `select day::text as today, (day + 1)::text as tomorrow, (day - 1)::text as before from operation`,
)
const { today = '', tomorrow = '', before = '' } = days[0] ?? {}

beforeEach(async () => {
  hub.clock.at += 60_000
  await database.pool.query('delete from dose_plans')
})

const plan = (body: object, who: Worker = office) => who.post('/api/dose-plans', body)
const planned = async (area: string, day = today) =>
  (await expectedCells(database.pool, 'province:50')).get(`planned@${day}|${area}`) ?? 0

describe('a plan of doses', () => {
  it('of a site and of the province beside its sites add up; the same day again replaces, 0 takes it back', async () => {
    expect(
      (
        await plan({
          facility: first,
          plans: [
            { day: today, doses: 400 },
            { day: tomorrow, doses: 500 },
          ],
        })
      ).status,
    ).toBe(200)
    const { body } = await plan({ area: '50', plans: [{ day: today, doses: 1_000 }] })
    expect(body.days.slice(0, 2)).toEqual([
      { day: today, own: 1_000, planned: 1_400, given: 0 },
      { day: tomorrow, own: 0, planned: 500, given: 0 },
    ])
    expect([await planned('50'), await planned('5001')]).toEqual([1_400, 400])
    await plan({
      facility: first,
      plans: [
        { day: today, doses: 350 },
        { day: tomorrow, doses: 0 },
      ],
    })
    expect([await planned('50'), await planned('50', tomorrow)]).toEqual([1_350, 0])
  })

  it('is a list, each plan beside what was given of it: the number, its list and what it comes to are the same', async () => {
    await plan({
      facility: first,
      plans: [
        { day: today, doses: 10 },
        { day: tomorrow, doses: 3 },
      ],
    })
    await plan({ area: '50', plans: [{ day: today, doses: 7 }] })
    await database.pool.query(
      `insert into vaccinations (district, day, dose, kind, doses, facility_id) values
         ('5001', $1, 1, 'report', 4, $2), ('5002', $1, 1, 'report', 2, $3), ('5003', $1, 2, 'report', 5, null), ('5003', $4, 2, 'report', 9, null)`,
      [today, first, second, tomorrow],
    )
    const { body } = await office.get(`/api/reports?area=50&metric=planned&day=${today}&days=1`)
    expect(
      body.reports.map(({ kind, amount, given, facility }) => [kind, amount, given, facility?.id ?? null]),
    ).toEqual([
      ['plan', 7, 5, null],
      ['plan', 10, 4, first],
    ])
    expect([body.total, body.amount]).toEqual([2, await planned('50')])
    expect((await neighbour.get(`/api/reports?area=50&metric=planned&day=${today}&days=1`)).status).toBe(403)
    await database.pool.query('delete from vaccinations')
  })

  it('stands beside what was given', async () => {
    await plan({ facility: first, plans: [{ day: today, doses: 10 }] })
    const rows = [{ dose: 1, group: 'age60', vaccine: 'pfizer', doses: 8 }]
    const sent = await office.post(`/api/facilities/${first}/vaccinations`, { day: today, rows })
    expect(sent.status, JSON.stringify(sent.body)).toBe(200)
    const { body } = await office.get(`/api/dose-plans?facility=${first}`)
    expect(body.days[0]).toEqual({ day: today, own: 10, planned: 10, given: 8 })
    const cells = await expectedCells(database.pool, 'province:50')
    expect([cells.get(`doses.vaccine.pfizer@${today}|5001`), cells.get('given.age60.1|50')]).toEqual([8, 8])
    const { body: list } = await office.get(`/api/reports?area=50&metric=doses.vaccine.pfizer&day=${today}`)
    expect(list.reports[0]).toMatchObject({ group: 'age60', vaccine: 'pfizer', amount: 8 })
  })

  it('moves with its site to another district, and into the site that it becomes part of', async () => {
    await plan({
      facility: first,
      plans: [
        { day: today, doses: 10 },
        { day: tomorrow, doses: 7 },
      ],
    })
    await plan({ facility: second, plans: [{ day: today, doses: 5 }] })
    await database.pool.query(`update facilities set district = '5003' where id = $1`, [first])
    expect([await planned('5001'), await planned('5003')]).toEqual([0, 10])
    const merged = await office.post(`/api/facilities/${first}/merge`, { version: await version(first), into: second })
    expect(merged.status, JSON.stringify(merged.body)).toBe(200)
    expect([await planned('5003'), await planned('5002'), await planned('5002', tomorrow)]).toEqual([0, 15, 7])
  })

  it.each([
    ['of nobody', {}, 400],
    ['of both', { facility: second, area: '50' }, 400],
    ['of an unknown site', { facility: 2_000_000 }, 404],
    ['of a closed site', { facility: closed }, 409],
    ['of a province that is none', { area: '99' }, 422],
    ['of no province in particular', { area: '00' }, 400],
  ])('%s is refused', async (_, place, status) => {
    const said = await plan({ ...place, plans: [{ day: today, doses: 5 }] }, national)
    expect([said.status, typeof said.body.error.message]).toEqual([status, 'string'])
  })

  it.each([
    ['below zero', [{ day: today, doses: -5 }], 400],
    ['not whole', [{ day: today, doses: 1.5 }], 400],
    ['of a day that is over', [{ day: before, doses: 5 }], 422],
    [
      'of a day twice',
      [
        { day: today, doses: 5 },
        { day: today, doses: 6 },
      ],
      400,
    ],
    ['without days', [], 400],
  ])('%s is refused', async (_, plans, status) => {
    expect((await plan({ facility: second, plans })).status).toBe(status)
    expect(await planned('50')).toBe(0)
  })

  it('is made by the provincial office for its province, and by national command', async () => {
    const plans = [{ day: today, doses: 5 }]
    expect((await plan({ area: '50', plans }, neighbour)).status).toBe(403)
    expect((await plan({ area: '50', plans }, national)).status).toBe(200)
    const site = await hub.worker('vaccination_staff', ['5002'], 'Site 2', second)
    expect((await plan({ facility: second, plans }, site)).status).toBe(403)
  })
})

async function version(id: number): Promise<number> {
  const { rows } = await database.pool.query<{ version: number }>('select version from facilities where id = $1', [id])
  return rows[0]?.version ?? 0
}
