import { expect, it } from 'vitest'
import type { z } from 'zod'
import { openCases } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import type { facilityWallAnswer } from '../../contract/api/facility-wall.ts'

const { database, hub } = await drillHubForFile()
const { rows } = await database.pool.query<{ id: number }>(
  `with made as (insert into facilities (code, district, kind, name_th, name_en)
     values ('30001', '5001', 'hospital', 'รพ.', 'Hospital') returning id, district)
   insert into beds (facility_id, level, district, staffed, available, occupied, reported_at)
     select id, level, district, 10, 6, 4, '2021-11-01' from made, unnest(array['3', '2.1']) level returning facility_id as id`,
)
const id = rows[0]!.id
const path = `/api/facilities/${id}/wall`
/** a screen of another province: counts of a facility are every account's to see */
const far = await hub.worker('screen', ['90'], 'Screen 90')
const wall = async () => {
  const { status, body } = await far.get(path)
  return { status, body: body as unknown as z.infer<typeof facilityWallAnswer> }
}

it('the wall of a facility is told how many are sent to it, from which province ever, and until when beds are held, as counts', async () => {
  const [one, two, three, four] = await openCases(database, 4, { severity: 'red', district: '9001' })
  const send = (of: { case: number } | undefined, status: string, level: string, until: string | null) =>
    database.pool.query(
      `insert into transfers (case_id, district, status, level, to_facility, held_until, requested_label, requested_at, updated_at)
       values ($1, '9001', $2, $3, $4, $5, 'T', now(), now())`,
      [of?.case, status, level, id, until],
    )
  await send(one, 'transport', '3', '2021-11-11T05:00:00Z')
  await send(two, 'accepted', '3', '2021-11-11T04:00:00Z')
  await send(three, 'en_route', '2.1', null)
  await send(four, 'approved', '2.1', null)
  const { status, body } = await wall()
  expect([status, body.id, body.district, body.kind]).toEqual([200, id, '5001', 'hospital'])
  expect(body.coming).toEqual([
    {
      level: '3',
      asked: 0,
      held: 2,
      onTheWay: 0,
      ends: [
        { until: Date.parse('2021-11-11T04:00:00Z'), people: 1 },
        { until: Date.parse('2021-11-11T05:00:00Z'), people: 1 },
      ],
    },
    { level: '2.1', asked: 1, held: 0, onTheWay: 1, ends: [] },
  ])
  const keys = (value: unknown): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [...(Array.isArray(value) ? [] : [key]), ...keys(inner)])
      : []
  const ofCounts = [
    'asked',
    'census',
    'coming',
    'day',
    'district',
    'doses',
    'ends',
    'held',
    'id',
    'kind',
    'level',
    'nameEn',
    'nameTh',
  ]
  expect([...new Set(keys(body))].sort(), 'no case, no person').toEqual(
    [...ofCounts, 'occupied', 'onTheWay', 'people', 'today', 'until', 'week'].sort(),
  )
})

it('it has its occupied beds of fourteen days and its doses of seven, corrected ones too, and nothing of another facility', async () => {
  await database.pool.query(
    `insert into bed_census (day, facility_id, level, district, occupied) select '2021-11-11'::date - ago, $1, '3', '5001', 9 - ago
       from generate_series(1, 20) ago where ago < 9 on conflict do nothing`,
    [id],
  )
  await database.pool.query(
    `insert into vaccinations (district, day, dose, kind, doses, facility_id) values
       ('5001', '2021-11-11', 1, 'report', 100, $1), ('5001', '2021-11-11', 1, 'correction', -10, $1),
       ('5001', '2021-11-05', 2, 'report', 7, $1), ('5001', '2021-11-04', 2, 'report', 1000, $1), ('5001', '2021-11-11', 1, 'report', 9, null)`,
    [id],
  )
  const { body } = await wall()
  expect(body.doses).toEqual({ today: 90, week: 97 })
  expect(
    body.census.filter(({ day, level }) => level === '3' && day < '2021-11-11').map(({ occupied }) => occupied),
  ).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

it('one that there is not, one that is closed, and nobody’s account are refused', async () => {
  expect((await far.get('/api/facilities/999999/wall')).status).toBe(404)
  await database.pool.query('update facilities set active = false, closed_at = now() where id = $1', [id])
  expect((await far.get(path)).status).toBe(404)
})
