import { expect, it } from 'vitest'
import { openCases, type Reply } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await drillHubForFile()

async function hospital(code: string, district = '5001'): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `with made as (insert into facilities (code, district, kind, name_th, name_en)
       values ($1, $2, 'hospital', 'รพ.', 'Hospital') returning id, district)
     insert into beds (facility_id, level, district, staffed, available, occupied, reported_at)
       select id, '3', district, 10, 10, 0, '2021-11-01' from made returning facility_id as id`,
    [code, district],
  )
  return rows[0]?.id ?? 0
}

const beds = await hub.worker('bed_coordinator', ['50'], 'Beds 50')
const second = await hub.worker('bed_coordinator', ['50'], 'Beds 50 B')

/** A hospital with people in its ICU, of a district of their own. */
async function withPeople(code: string, people: number) {
  const id = await hospital(code)
  const staff = await hub.worker('facility_staff', ['5001'], `Hospital ${code}`, id)
  const cases = await openCases(database, people, { severity: 'red', district: '5002' })
  for (const { case: one } of cases) {
    const placed = await beds.post(`/api/cases/${one}/place`, { place: 'hospital', facility: id, level: '3' })
    expect(placed.status).toBe(200)
  }
  const count = (occupied: number, more: object = {}) => {
    hub.clock.at += 60_000
    return staff.post(`/api/facilities/${id}/beds`, {
      sourceAt: new Date(hub.clock.at).toISOString(),
      levels: [{ level: '3', staffed: 10, available: 10 - occupied, held: 0, occupied, cleaning: 0, blocked: 0 }],
      ...more,
    })
  }
  const stands = async () =>
    (await database.pool.query(`select occupied from beds where facility_id = $1 and level = '3'`, [id])).rows[0]
      ?.occupied
  return { id, staff, cases, count, stands }
}

type Waits = { readonly level: string; readonly occupied: number; readonly known: number; readonly sourceAt: number }
const waits = ({ body }: Reply) => (body as unknown as { readonly waiting: readonly Waits[] }).waiting
const history = async (id: number) =>
  (await database.pool.query('select kind, actor_label, details from facility_events where facility_id = $1', [id]))
    .rows

it('a count of fewer than are known to lie there never silently wins: it waits, and what stood stays', async () => {
  const { id, count, stands } = await withPeople('20001', 3)
  expect(await stands()).toBe(3)
  const reply = await count(1)
  expect(reply.status).toBe(200)
  const [one] = waits(reply)
  expect(one).toMatchObject({ level: '3', occupied: 1, known: 3 })
  expect(await stands()).toBe(3)

  const taken = await beds.post(`/api/facilities/${id}/counts/take`, { level: '3', sourceAt: one?.sourceAt })
  expect([taken.status, taken.body]).toEqual([200, { level: '3', occupied: 1 }])
  expect(await stands()).toBe(1)
  expect(await history(id)).toEqual([
    { kind: 'count_taken', actor_label: 'Beds 50', details: { 'occupied.3': [3, 1], known: [3, 3] } },
  ])
  const again = await second.post(`/api/facilities/${id}/counts/take`, { level: '3', sourceAt: one?.sourceAt })
  expect(again.status).toBe(404)
  expect(waits(await count(1)), 'what a coordinator has taken is not asked about again').toEqual([])
})

it('a count from a spreadsheet waits as well; the rest of the file is reported', async () => {
  const { id, stands } = await withPeople('20006', 2)
  hub.clock.at += 60_000
  const rows = [
    'facility,level,staffed,available,held,occupied,cleaning,blocked',
    `${id},3,10,10,0,0,0,0`,
    `${id},2.1,5,5,0,0,0,0`,
  ]
  const file = Buffer.from(rows.join('\n')).toString('base64')
  const { plan } = (await beds.post('/api/beds/import', { file })).body as unknown as { plan: string }
  expect((await beds.post('/api/beds/import', { file, apply: plan })).status).toBe(200)
  expect(await stands()).toBe(2)
  expect(waits(await beds.get(`/api/facilities/${id}/beds`))).toMatchObject([{ level: '3', occupied: 0, known: 2 }])
  const { rows: other } = await database.pool.query(
    `select staffed from beds where facility_id = $1 and level = '2.1'`,
    [id],
  )
  expect(other).toEqual([{ staffed: 5 }])
})

it('a house whose file holds only a count that waits was heard of', async () => {
  const { id } = await withPeople('20009', 2)
  await database.pool.query(`update facilities set reported_at = '2021-11-01' where id = $1`, [id])
  hub.clock.at += 60_000
  const file = Buffer.from(
    `facility,level,staffed,available,held,occupied,cleaning,blocked\n${id},3,10,10,0,0,0,0`,
  ).toString('base64')
  const { plan } = (await beds.post('/api/beds/import', { file })).body as unknown as { plan: string }
  expect((await beds.post('/api/beds/import', { file, apply: plan })).status).toBe(200)
  const { rows } = await database.pool.query(`select reported_at from facilities where id = $1`, [id])
  expect(rows).toEqual([{ reported_at: new Date(hub.clock.at) }])
})

it('a refused count changes nothing, and says why in the history', async () => {
  const { id, count, stands } = await withPeople('20002', 2)
  const [one] = waits(await count(0))
  const refused = await beds.post(`/api/facilities/${id}/counts/refuse`, {
    level: '3',
    sourceAt: one?.sourceAt,
    reason: 'miscounted',
  })
  expect([refused.status, refused.body]).toEqual([200, { level: '3', occupied: 2 }])
  expect(await stands()).toBe(2)
  expect(await history(id)).toMatchObject([
    { kind: 'count_refused', details: { 'occupied.3': [0, 2], reason: [null, 'miscounted'] } },
  ])
})

it('a newer count takes the place of one that waits; who has read the older is told', async () => {
  const { id, count, stands } = await withPeople('20003', 2)
  const [older] = waits(await count(0))
  const [newer] = waits(await count(1))
  expect(newer).toMatchObject({ occupied: 1 })
  const late = await beds.post(`/api/facilities/${id}/counts/take`, { level: '3', sourceAt: older?.sourceAt })
  expect([late.status, late.body.error.code]).toEqual([409, 'older_report'])
  expect(waits(await count(2)), 'one that agrees').toEqual([])
  expect(await stands()).toBe(2)
})

it('whoever leaves is counted in the same transaction, so that the next count agrees', async () => {
  const { cases, count, stands } = await withPeople('20004', 2)
  const closed = await beds.post(`/api/cases/${cases[0]?.case}/place`, { place: 'discharged' })
  expect(closed.status).toBe(200)
  expect(await stands()).toBe(1)
  expect(waits(await count(1))).toEqual([])
})

it('the house itself does not decide, nor does a coordinator of elsewhere; a closed house has nothing that waits', async () => {
  const { id, staff, count } = await withPeople('20005', 2)
  const [one] = waits(await count(0))
  const elsewhere = await hub.worker('bed_coordinator', ['90'], 'Beds 90')
  for (const who of [staff, elsewhere]) {
    const reply = await who.post(`/api/facilities/${id}/counts/take`, { level: '3', sourceAt: one?.sourceAt })
    expect(reply.status).toBeGreaterThanOrEqual(403)
  }
  await database.pool.query('update facilities set active = false where id = $1', [id])
  expect((await database.pool.query('select from reconciliations where facility_id = $1', [id])).rowCount).toBe(0)
})
