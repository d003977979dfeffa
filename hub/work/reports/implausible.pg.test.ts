import { describe, expect, it } from 'vitest'
import type { Reply } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await drillHubForFile()
const { rows } = await database.pool.query<{ id: number }>(
  `insert into facilities (code, district, kind, name_th, name_en, active)
   values ('implausible', '5001', 'hospital', 'ทดสอบ', 'Test', true) returning id`,
)
const site: number = rows[0]!.id
await database.pool.query(
  `insert into beds (facility_id, level, district, staffed, available, occupied, reported_at)
   values ($1, '3', '5001', 3, 3, 0, '2021-11-01')`,
  [site],
)
const staff = await hub.worker('facility_staff', ['5001'], 'Test hospital', site)
const vaccinators = await hub.worker('vaccination_staff', ['5001'], 'Test site', site)
const doubts = ({ body: { error } }: Reply) =>
  (error.details as { field: string; rule: string; limit: number; value: number }[]).map(
    ({ field, rule, limit, value }) => [field, rule, limit, value],
  )
const count = async (table: string) =>
  Number((await database.pool.query(`select count(*) from ${table}`)).rows[0].count)

const beds = (staffed: number, more = {}, language = 'en') =>
  staff.post(
    `/api/facilities/${site}/beds`,
    { sourceAt: '2021-11-11T02:00:00Z', levels: [{ level: '3', staffed, available: staffed, occupied: 0 }], ...more },
    { language },
  )
const doses = (n: number, more = {}) =>
  vaccinators.post(`/api/facilities/${site}/vaccinations`, { rows: [{ dose: 1, doses: n }], ...more })

describe('a number that is hardly true', () => {
  it('77 ICU beds where there were 3 are asked about, nothing is kept, and confirmed they are', async () => {
    const refused = await beds(77)
    expect([refused.status, refused.body.error.code]).toEqual([422, 'implausible'])
    expect(doubts(refused)).toEqual([['levels.0.staffed', 'over_before', 30, 77]])
    expect(await count('bed_reports')).toBe(0)
    const thai = await beds(77, {}, 'th')
    expect(JSON.stringify(thai.body.error)).toContain('77 มากกว่าที่เคยรายงานเกิน 10 เท่า')
    expect((await beds(77, { acceptImplausible: true })).status).toBe(200)
    expect(await count('bed_reports')).toBe(1)
  })

  it('99,999 doses of a site, and a correction that takes nearly all of a day', async () => {
    expect(doubts(await doses(99_999))).toEqual([['rows.0.doses', 'over_site', 30_000, 99_999]])
    expect((await doses(400, { day: '2021-11-10' })).status).toBe(200)
    expect((await doses(4_001)).body.error.code).toBe('implausible')
    expect((await doses(800)).status).toBe(200)
    expect(doubts(await doses(-700, { correction: true }))).toEqual([['rows.0.doses', 'fall_of_most', 400, 100]])
    expect((await doses(-700, { correction: true, acceptImplausible: true })).status).toBe(200)
    expect((await doses(-700, { correction: true, acceptImplausible: true })).body.error.code).toBe('invalid_input')
  })

  it('ten million tests of a district', async () => {
    const office = await hub.worker('provincial_health', ['50'], 'Office 50')
    const tests = (tested: number, more = {}) =>
      office.post('/api/tests', { area: '5001', kind: 'pcr', tested, positive: 7, ...more })
    expect((await tests(10_000_000)).body.error.code).toBe('implausible')
    expect(await count('tests')).toBe(0)
    expect((await tests(1_500)).status).toBe(200)
  })
})
