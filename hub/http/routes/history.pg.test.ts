import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServedHub, serveHub } from '../../../tests/http/served-hub.ts'
import { createPerson } from '../../../tests/security/hub.ts'
import { DAY_METRICS } from '../../contract/vocabulary/metrics.ts'
import { HISTORY_DAYS_MAX, planOf } from '../history.ts'

let served: ServedHub
const get: ServedHub['get'] = (...asked) => served.get(...asked)

beforeAll(async () => {
  served = await serveHub()
  const { pool } = served.database
  await pool.query(`
    insert into cases (district, report_day, classification, severity, stage, care_place, outcome, outcome_day, source)
    select d, day::date, 'confirmed', 'green', 'closed', 'discharged', 'recovered', day::date + 10, 'import'
    from unnest(array['1001', '1002', '5001']) d, generate_series('2021-04-01'::date, '2021-04-05', '1 day') day`)
  await pool.query(`
    insert into cases (district, report_day, classification, source) values ('1001', '2021-04-01', 'suspect', 'help')`)
  await pool.query(`
    insert into vaccinations (district, day, dose, kind, doses) values
      ('1001', '2021-04-01', 1, 'report', 100), ('1001', '2021-04-01', 1, 'correction', -100),
      ('1001', '2021-04-02', 2, 'late', 7)`)
})
afterAll(() => served.stop())

describe('history', () => {
  const days = async (query: string) => (await get(`/api/history?${query}`)).json().days
  const april = 'from=2021-03-01&to=2021-05-01'

  test('counts real cases of a nation, a province and a district', async () => {
    const each = (n: number) => [1, 2, 3, 4, 5].map((day) => [`2021-04-0${day}`, n])
    expect(await days(`area=TH&metric=cases&${april}`)).toEqual(each(3))
    expect(await days(`area=10&metric=cases&${april}`)).toEqual(each(2))
    // Of districts, to accounts alone: a count of one points at somebody.
    const district = `/api/history?area=1001&metric=cases&${april}`
    expect((await get(district)).status).toBe(401)
    await createPerson(served.hub, 'reader', 'district_chief', { areas: ['1001'] })
    const browser = await served.hub.signIn('reader')
    expect((await get(district, [`Cookie: ${browser.cookie()}`])).json().days).toEqual(each(1))
    expect(await days(`area=99&metric=cases&${april}`)).toEqual([])
    expect(await days('area=10&metric=recovered&from=2021-04-11&to=2021-04-12')).toEqual([
      ['2021-04-11', 2],
      ['2021-04-12', 2],
    ])
    expect(await days(`area=TH&metric=deaths&${april}`)).toEqual([])
  })

  test('sums doses by number, late and corrected ones apart; a day that comes to nothing is left out', async () => {
    expect(await days(`area=TH&metric=doses.1&${april}`)).toEqual([])
    expect(await days(`area=TH&metric=doses.2&${april}`)).toEqual([['2021-04-02', 7]])
    expect(await days(`area=10&metric=doses.late&${april}`)).toEqual([['2021-04-02', 7]])
    expect(await days(`area=10&metric=doses.corrected&${april}`)).toEqual([['2021-04-01', -100]])
  })

  test('zero that was reported is a day of it, blank is not; how many provinces reported is said', async () => {
    await served.database.pool.query(
      `insert into day_reports (metric, district, day) values
         ('cases', '1000', '2021-04-20'), ('cases', '5000', '2021-04-20'), ('cases', '1000', '2021-04-01'),
         ('deaths', '1000', '2021-04-21')`,
    )
    const all = (
      await get(`/api/history?area=TH&metric=cases&from=2021-03-31&to=2021-05-01`)
    ).json() as unknown as Record<string, unknown>
    expect(all.days).toEqual([...[1, 2, 3, 4, 5].map((day) => [`2021-04-0${day}`, 3]), ['2021-04-20', 0]])
    expect(all.reported).toEqual([...[1, 2, 3, 4, 5].map((day) => [`2021-04-0${day}`, 2]), ['2021-04-20', 2]])
    expect(all.of).toBe(77)
    const zero = 'from=2021-04-20&to=2021-04-21'
    const one = (await get(`/api/history?area=10&metric=cases&${zero}`)).json() as unknown as Record<string, unknown>
    expect([one.days, one.reported, one.of]).toEqual([[['2021-04-20', 0]], [['2021-04-20', 1]], 1])
    expect(await days(`area=11&metric=cases&${zero}`)).toEqual([])
    expect(await days(`area=TH&metric=deaths&${zero}`)).toEqual([['2021-04-21', 0]])
    await served.database.pool.query('delete from day_reports')
  })

  test('every flow has its place in the tables', async () => {
    for (const metric of DAY_METRICS) {
      expect(planOf(metric).metric.day).toBeDefined()
      expect((await get(`/api/history?area=50&metric=${metric}&${april}`)).status).toBe(200)
    }
  })

  test.each([
    ['area=TH&metric=cases&from=2021-01-01', 'to'],
    ['area=X&metric=cases&from=2021-01-01&to=2021-01-02', 'area'],
    ["area=10'%3B--&metric=cases&from=2021-01-01&to=2021-01-02", 'area'],
    ['area=TH&metric=waiting.red&from=2021-01-01&to=2021-01-02', 'metric'],
    ['area=TH&metric=cases&from=2021-02-30&to=2021-03-02', 'from'],
    ['area=TH&metric=cases&from=2021-01-02&to=2021-01-01', 'to'],
    ['area=TH&metric=cases&from=2020-01-01&to=2021-02-05', 'to'],
    ['area=TH&metric=cases&from=infinity&to=2021-01-01', 'from'],
    ['area=TH&metric=cases&from=0001-01-01&to=0001-01-02', 'from'],
  ])('%s is wrong in `%s`', async (query, path) => {
    const answer = await get(`/api/history?${query}`)
    expect(answer.status).toBe(400)
    expect(
      (answer.json() as unknown as { error: { details: { path: string }[] } }).error.details.map((field) => field.path),
    ).toContain(path)
  })

  test('a crowd that asks for different days waits in line or is told to come back', async () => {
    const locker = await served.database.pool.connect()
    await locker.query('begin; lock table cases in access exclusive mode')
    const day = (i: number) => `2019-0${1 + Math.floor(i / 28)}-${String(1 + (i % 28)).padStart(2, '0')}`
    const asked = Array.from({ length: 60 }, (_, i) =>
      get(`/api/history?area=TH&metric=cases&from=2019-01-01&to=${day(i)}`),
    )
    const refused = await Promise.race(asked)
    await locker.query('rollback')
    locker.release()
    expect([refused.status, refused.header('retry-after')]).toEqual([503, '10'])
    const statuses = (await Promise.all(asked)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200).length).toBe(34)
  })

  test('one that PostgreSQL cuts off for its length is answered with 503', async () => {
    const locker = await served.database.pool.connect()
    await locker.query('begin; lock table tests in access exclusive mode')
    const answer = await get('/api/history?area=TH&metric=tests.pcr&from=2019-01-01&to=2019-01-02', [], 15_000)
    await locker.query('rollback')
    locker.release()
    expect([answer.status, answer.json()]).toMatchObject([503, { error: { code: 'too_long' } }])
  })

  test(`takes ${HISTORY_DAYS_MAX} days and not one more`, async () => {
    expect((await get('/api/history?area=TH&metric=cases&from=2020-01-01&to=2021-02-03')).status).toBe(200)
    expect((await get('/api/history?area=TH&metric=cases&from=2020-01-01&to=2021-02-04')).status).toBe(400)
  })
})
