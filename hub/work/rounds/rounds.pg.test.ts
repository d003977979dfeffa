import { beforeEach, describe, expect, it } from 'vitest'
import { expectedCells } from '../../../tests/support/expected-cells.ts'
import { caseHubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await caseHubForFile()
const office = await hub.worker('provincial_health', ['50'], 'PHO Chiang Mai')
const neighbour = await hub.worker('provincial_health', ['51'], 'PHO Lamphun')
const governor = await hub.worker('governor', ['50'], 'Governor')
const { rows } = await database.pool.query<{ today: string; tomorrow: string; place: string }>(
  `select day::text as today, (day + 1)::text as tomorrow,
     (select min(code) from areas where code like '5001__' and level = 'subdistrict') as place from operation`,
)
const { today = '', tomorrow = '', place = '' } = rows[0] ?? {}

beforeEach(async () => {
  hub.clock.at += 60_000
  await database.pool.query('delete from tests')
})

const atk = (tested: number, positive: number) => ({ kind: 'atk', tested, positive })
const report = (over: object = {}, who = office) =>
  who.post('/api/rounds', { area: place, setting: 'market', day: today, results: [atk(200, 12)], ...over })
const counted = async () => {
  const cells = await expectedCells(database.pool, 'province:50')
  return ['tests.atk', 'positive.atk', 'tests.pcr', 'positive.pcr'].map((of) => cells.get(`${of}@${today}|50`) ?? 0)
}

describe('a round of active case finding', () => {
  it('has a place, a day and a result by kind; its tests are counted with the others, once', async () => {
    const results = [atk(200, 12), { kind: 'pcr', tested: 12, positive: 9 }]
    const { status, body } = await report({ results })
    expect([status, body.round], JSON.stringify(body)).toEqual([
      201,
      expect.objectContaining({ place, district: '5001', setting: 'market', day: today, by: 'PHO Chiang Mai' }),
    ])
    expect(await counted()).toEqual([200, 12, 12, 9])
    expect(
      (await office.post('/api/tests', { area: '5001', kind: 'atk', day: today, tested: 5, positive: 1 })).status,
    ).toBe(200)
    expect(await counted()).toEqual([205, 13, 12, 9])
    const list = await office.get(`/api/rounds?area=50&limit=1`)
    expect(list.body.rounds).toMatchObject([{ id: body.round.id, results: expect.arrayContaining(results) }])
  })

  it('may come to the same as another of the day', async () => {
    expect((await report()).status).toBe(201)
    expect((await report()).status).toBe(201)
    expect(await counted()).toEqual([400, 24, 0, 0])
  })

  it.each([
    ['without a test', { results: [] }, 400],
    ['of nobody tested', { results: [atk(0, 0)] }, 400],
    ['with more positive than tested', { results: [atk(5, 6)] }, 400],
    ['below zero', { results: [atk(5, -1)] }, 400],
    ['of one kind twice', { results: [atk(5, 1), atk(6, 1)] }, 400],
    ['of a day to come', { day: tomorrow }, 422],
    ['in an area that is none', { area: '9999' }, 422],
    ['in a setting that is none', { setting: 'moon' }, 400],
    ['of more tests than people', { results: [atk(900_000, 5)] }, 422],
  ])('%s is refused, and nothing of it is kept', async (_, over, status) => {
    const said = await report(over)
    expect([said.status, typeof said.body.error.message], JSON.stringify(said.body)).toEqual([status, 'string'])
    expect(await counted()).toEqual([0, 0, 0, 0])
  })

  it('is reported by those who report tests, in their area', async () => {
    expect((await report({}, neighbour)).status).toBe(403)
    expect((await report({}, governor)).status).toBe(403)
    expect((await governor.get('/api/rounds?area=50')).status).toBe(200)
    expect((await neighbour.get('/api/rounds?area=50')).status).toBe(403)
  })
})
