import { describe, expect, it } from 'vitest'
import { openCases, type Worker } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import { accountKey } from '../../situation/account-key.ts'

const { database, hub } = await drillHubForFile()
const beds = await hub.worker('bed_coordinator', ['50'], 'Beds 50')
const chief = await hub.worker('district_chief', ['5001'], 'District 5001')
const responder = await hub.worker('responder', ['50'], 'Rescue 1')

async function facility(district = '5001', kind = 'hospital'): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `with made as (insert into facilities (code, district, kind, name_th, name_en)
       values (gen_random_uuid(), $1, $2, 'รพ.', 'Hospital') returning id, district)
     insert into beds (facility_id, level, district, staffed, available, occupied, reported_at)
       select id, '3', district, 2, 2, 0, '2021-11-01' from made returning facility_id as id`,
    [district, kind],
  )
  return rows[0]?.id ?? 0
}

const staffOf = (id: number, district = '5001') => hub.worker('facility_staff', [district], `Hospital ${id}`, id)

async function ask(by: Worker, to?: number, severity = 'red') {
  const [one] = await openCases(database, 1, { severity })
  const { body } = await by.post(`/api/cases/${one?.case}/transfers`, { level: '3', ...(to && { facility: to }) })
  return { case: one?.case ?? 0, transfer: body.transfer }
}
const step = (by: Worker, id: number, name: string, body = {}) => by.post(`/api/transfers/${id}/${name}`, body)
const towards = (by: Worker, id: number) => by.get(`/api/transfers?area=5001&facility=${id}`)

describe('a transfer is approved by a second person', () => {
  it('who asked for it is told so, and is not offered it', async () => {
    const to = await facility()
    const [one] = await openCases(database, 1, { severity: 'red' })
    await responder.post(`/api/needs/${one?.need}/claim`)
    const { transfer } = (await responder.post(`/api/cases/${one?.case}/transfers`, { level: '3', facility: to })).body
    expect(transfer).toMatchObject({ requestedKey: accountKey(responder.grant?.account ?? '') })
    expect((await responder.get(`/api/cases/${one?.case}`)).body.steps).toEqual([
      'redirect',
      'refuse',
      'cancel',
      'died',
    ])
    expect(await step(responder, transfer.id, 'approve')).toMatchObject({
      status: 403,
      body: { error: { code: 'own_request', message: expect.stringContaining('a second person approves it') } },
    })
    expect((await step(beds, transfer.id, 'approve')).body.transfer.status).toBe('approved')
  })

  it('a vaccination site is no place to be sent to', async () => {
    const site = await facility('5001', 'vaccination')
    const [one] = await openCases(database, 1, { severity: 'red' })
    const asked = await chief.post(`/api/cases/${one?.case}/transfers`, { level: '3', facility: site })
    expect(asked).toMatchObject({ status: 422, body: { error: { code: 'invalid_input' } } })
    const { transfer } = await ask(chief)
    expect((await step(beds, transfer.id, 'approve', { facility: site })).status).toBe(422)
  })
})

describe('what comes to a facility', () => {
  it('is seen by its staff with the steps open to them, without anything of the person', async () => {
    const to = await facility()
    const staff = await staffOf(to)
    const { case: id, transfer } = await ask(chief, to)
    await step(beds, transfer.id, 'approve')
    const { body } = await towards(staff, to)
    expect(body).toMatchObject({
      transfers: [
        { id: transfer.id, caseId: id, level: '3', steps: ['accept', 'reject', 'died-at-destination'], case: null },
      ],
    })
    await step(staff, transfer.id, 'accept')
    await step(beds, transfer.id, 'transport')
    await step(beds, transfer.id, 'depart')
    expect((await towards(staff, to)).body).toMatchObject({ transfers: [{ steps: ['arrive', 'died-at-destination'] }] })
    expect((await step(staff, transfer.id, 'arrive')).body.transfer.status).toBe('arrived')
    expect((await towards(staff, to)).body).toMatchObject({ transfers: [] })
  })

  it('the arrival of somebody never sent is refused, whatever their transfer has come to, and moves no bed', async () => {
    const to = await facility()
    const staff = await staffOf(to)
    const never = await step(staff, 999_999, 'arrive')
    expect(never).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } })
    const { transfer } = await ask(chief, to)
    const arrive = () => step(staff, transfer.id, 'arrive')
    const refused = { status: 409, body: { error: { code: 'not_possible', message: expect.any(String) } } }
    expect(await arrive(), 'requested').toMatchObject(refused)
    await step(beds, transfer.id, 'approve')
    expect(await arrive(), 'approved').toMatchObject(refused)
    await step(staff, transfer.id, 'accept')
    expect(await arrive(), 'accepted').toMatchObject(refused)
    await step(beds, transfer.id, 'cancel')
    expect(await arrive(), 'cancelled').toMatchObject(refused)
    const { rows } = await database.pool.query('select available, held, occupied from beds where facility_id = $1', [
      to,
    ])
    expect(rows).toEqual([{ available: 2, held: 0, occupied: 0 }])
  })

  it('is no business of the staff of another facility of the same district', async () => {
    const to = await facility()
    const other = await staffOf(await facility())
    const { transfer } = await ask(chief, to)
    await step(beds, transfer.id, 'approve')
    expect((await towards(other, to)).status).toBe(403)
    for (const name of ['accept', 'arrive']) expect((await step(other, transfer.id, name)).status).toBe(404)
    expect((await step(other, transfer.id, 'reject', { reason: 'no_bed' })).status).toBe(404)
  })
})

it('the list of an area says which cases they are, and what is open to the reader', async () => {
  const { case: id, transfer } = await ask(chief)
  const { body } = await beds.get('/api/transfers?area=50')
  const listed = (body as unknown as { transfers: { id: number }[] }).transfers.find((row) => row.id === transfer.id)
  expect(listed).toMatchObject({
    caseId: id,
    steps: ['approve', 'redirect', 'refuse', 'cancel', 'died'],
    case: { severity: 'red', risk608: false, place: '5001' },
  })
})
