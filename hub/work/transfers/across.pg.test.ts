import { describe, expect, it } from 'vitest'
import { openCases, type Worker } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await drillHubForFile()
const origin = await hub.worker('bed_coordinator', ['50'], 'Beds 50')
const receiver = await hub.worker('bed_coordinator', ['51'], 'Beds 51')

async function hospital(district: string): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `with made as (insert into facilities (code, district, kind, name_th, name_en, lat, lon)
       values (gen_random_uuid(), $1, 'hospital', 'รพ.', 'Hospital ' || $1, 18.6, 99) returning id, district)
     insert into beds (facility_id, level, district, staffed, available, occupied, reported_at)
       select id, '3', district, 2, 2, 0, '2021-11-01' from made returning facility_id as id`,
    [district],
  )
  return rows[0]?.id ?? 0
}
const there = await hospital('5101')
const home = await hospital('5001')

async function askedAcross(to = there) {
  const [one] = await openCases(database, 1, { severity: 'red' })
  const { body } = await origin.post(`/api/cases/${one?.case}/transfers`, { level: '3', facility: to })
  return { id: body.transfer.id, caseId: one?.case ?? 0, transfer: body.transfer }
}
const step = (by: Worker, id: number, name: string, body = {}) => by.post(`/api/transfers/${id}/${name}`, body)
type Listed = { id: number; steps: string[]; case: unknown; district: string; to: unknown }
async function listed(by: Worker, area: string, id: number): Promise<Listed | undefined> {
  const { body } = await by.get(`/api/transfers?area=${area}`)
  return (body as unknown as { transfers: Listed[] }).transfers.find((row) => row.id === id)
}

describe('a transfer into another province', () => {
  it('is seen there with its number, level and district, and with nothing of the person', async () => {
    const { id, caseId, transfer } = await askedAcross()
    expect(transfer).toMatchObject({ status: 'requested', toDistrict: '5101' })
    expect(await listed(receiver, '51', id)).toMatchObject({
      caseId,
      district: '5001',
      level: '3',
      case: null,
      steps: ['agree', 'decline'],
      to: { nameEn: 'Hospital 5101' },
    })
    expect((await receiver.get(`/api/cases/${caseId}`)).status).toBe(404)
    expect((await receiver.post(`/api/cases/${caseId}/reveal`)).status).toBe(404)
  })

  it('is approved by its coordination alone, which may choose another house of its own', async () => {
    const other = await hospital('5102')
    const { id } = await askedAcross()
    const second = await hub.worker('provincial_health', ['50'], 'Health 50')
    expect((await listed(second, '50', id))?.steps).toEqual(['redirect', 'refuse', 'cancel', 'died'])
    expect(await step(second, id, 'approve')).toMatchObject({
      status: 409,
      body: { error: { code: 'other_province_agrees' } },
    })
    expect((await step(second, id, 'agree')).status).toBe(403)
    expect((await step(receiver, id, 'agree', { facility: home })).status).toBe(403)
    expect((await step(receiver, id, 'agree', { facility: other })).body.transfer).toMatchObject({
      status: 'approved',
      toFacility: other,
      toDistrict: '5102',
    })
  })

  it('is refused with a reason, and the patient waits again at home', async () => {
    const { id, caseId } = await askedAcross()
    expect((await step(receiver, id, 'decline')).status).toBe(400)
    expect((await step(receiver, id, 'decline', { reason: 'no_staff' })).body.transfer).toMatchObject({
      status: 'rejected',
      rejectedReason: 'no_staff',
    })
    const { body } = await origin.get('/api/transfers?area=50&list=refused')
    expect(body).toMatchObject({ transfers: [{ caseId, to: { nameEn: 'Hospital 5101' } }] })
  })

  it('is followed to the bed by both sides', async () => {
    const { id } = await askedAcross()
    await step(receiver, id, 'agree')
    await step(receiver, id, 'accept')
    expect((await listed(receiver, '51', id))?.steps).toEqual(['extend'])
    await step(origin, id, 'transport')
    await step(origin, id, 'depart')
    expect((await step(receiver, id, 'arrive')).body.transfer).toMatchObject({ status: 'arrived' })
    const { rows } = await database.pool.query(`select held, occupied from beds where facility_id = $1`, [there])
    expect(rows).toEqual([{ held: 0, occupied: 1 }])
  })

  it('is no business of a third province, nor of whoever only reads', async () => {
    const { id } = await askedAcross()
    const third = await hub.worker('bed_coordinator', ['52'], 'Beds 52')
    expect((await step(third, id, 'agree')).status).toBe(404)
    const governor = await hub.worker('governor', ['51'], 'Governor 51')
    expect((await listed(governor, '51', id))?.steps).toEqual([])
    expect((await step(governor, id, 'agree')).status).toBe(403)
  })

  it('can be asked for instead of a house at home, and the other way round', async () => {
    const { id } = await askedAcross(home)
    expect((await step(receiver, id, 'agree')).status).toBe(404)
    expect((await step(origin, id, 'redirect', { facility: there })).body.transfer).toMatchObject({
      status: 'requested',
      toDistrict: '5101',
    })
    expect((await listed(receiver, '51', id))?.steps).toEqual(['agree', 'decline'])
    expect((await step(origin, id, 'redirect', { facility: home })).body.transfer.toDistrict).toBe('5001')
    expect(await listed(receiver, '51', id)).toBeUndefined()
    expect((await step(origin, id, 'agree')).status).toBe(409)
    expect((await step(origin, id, 'redirect', { facility: 999_999 })).status).toBe(422)
  })

  it('follows a facility that the registry moves into another district', async () => {
    const moving = await hospital('5101')
    const { id } = await askedAcross(moving)
    await database.pool.query(`update facilities set district = '5102' where id = $1`, [moving])
    expect(await listed(receiver, '5102', id)).toBeDefined()
  })
})

describe('beds of other provinces', () => {
  it('are told to whoever places patients, without those that are asked for', async () => {
    const house = await hospital('5104')
    const freeAt = async () => {
      const { body } = await origin.get('/api/free-beds?area=50')
      const { facilities } = body as unknown as { facilities: { facility: number; free: object; district: string }[] }
      expect(facilities.every(({ district }) => !district.startsWith('50'))).toBe(true)
      return facilities.find(({ facility }) => facility === house)?.free
    }
    expect(await freeAt()).toEqual({ '3': 2 })
    await askedAcross(house)
    expect(await freeAt()).toEqual({ '3': 1 })
    expect((await origin.get('/api/free-beds?area=51')).status).toBe(403)
  })

  it('are proposed for a health region, for the people of the own area alone', async () => {
    await database.pool.query(`update beds set available = 0, occupied = staffed where district like '50%'`)
    const [own] = await openCases(database, 1, { severity: 'red' })
    await database.pool.query(
      `update areas set health_region = 1 where code in ('50', '51'); update areas set lat = 18.6, lon = 99 where code = '5001'`,
    )
    type Found = { waiting: number; placements: { caseId: number; district: string }[] }
    const propose = async (by: Worker, query: string) =>
      (await by.get(`/api/placements?${query}`)).body as unknown as Found
    expect((await propose(origin, 'area=50')).placements).toEqual([])
    const { placements } = await propose(origin, 'area=50&region=1')
    expect(placements.find(({ caseId }) => caseId === own?.case)?.district).toMatch(/^51/)
    expect(await propose(receiver, 'area=51&region=1')).toMatchObject({ waiting: 0, placements: [] })
    expect((await origin.get('/api/placements?area=50&region=14')).status).toBe(400)
  })
})
