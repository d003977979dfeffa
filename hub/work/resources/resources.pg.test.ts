import { beforeEach, describe, expect, it } from 'vitest'
import { expireResourceClaims } from '../../../db/queries/resources.ts'
import type { Worker } from '../../../tests/support/case-hub.ts'
import { caseHubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await caseHubForFile()
const { rows: sites } = await database.pool.query<{ id: number }>(
  `insert into facilities (district, kind, name_th, name_en, active) values
     ('5001', 'ci', 'ศูนย์ 1', 'Centre 1', true), ('5001', 'ci', 'ศูนย์ 2', 'Centre 2', true),
     ('5001', 'ci', 'ศูนย์ 3', 'Centre 3', false) returning id`,
)
const [centre = 0, other = 0, closed = 0] = sites.map(({ id }) => id)
const staff = await hub.worker('facility_staff', ['5001'], 'Centre 1', centre)
const rescue = await hub.worker('responder', ['50'], 'Rescue 1')
const rival = await hub.worker('responder', ['50'], 'Rescue 2')
const chief = await hub.worker('provincial_health', ['50'], 'PHO Chiang Mai')
const neighbour = await hub.worker('responder', ['51'], 'Lamphun')
const HOUR = 3_600_000

beforeEach(() => {
  hub.clock.at += 60_000
})

const asked = async (over: object = {}, who: Worker = staff) =>
  who.post('/api/resources', { kind: 'oxygen', quantity: 6, facility: centre, ...over })
async function ask(over: object = {}, who: Worker = staff): Promise<number> {
  const { status, body } = await asked(over, who)
  expect(status, JSON.stringify(body)).toBe(201)
  return body.resource.id
}
const move = (who: Worker, id: number, name: string, body: object = {}) =>
  who.post(`/api/resources/${id}/${name}`, body)

describe('a request for resources', () => {
  it('is asked for by a facility, taken, and delivered; its history says by whom', async () => {
    const id = await ask({ urgent: true })
    const taken = await move(rescue, id, 'claim')
    expect(taken.body.resource).toMatchObject({
      ...{ kind: 'oxygen', quantity: 6, urgent: true, status: 'claimed', holder: 'Rescue 1', requestedBy: 'Centre 1' },
      facility: { id: centre, nameEn: 'Centre 1' },
      claimUntil: hub.clock.at + 4 * HOUR,
    })
    expect((await move(rescue, id, 'deliver')).body.resource.status).toBe('delivered')
    const { body } = await staff.get(`/api/resources/${id}`)
    expect(body.events.map(({ kind, by }) => `${kind} ${by}`)).toEqual([
      'requested Centre 1',
      'claimed Rescue 1',
      'delivered Rescue 1',
    ])
    const again = await move(rival, id, 'claim')
    expect([again.status, again.body.error.code]).toEqual([409, 'resource_ended'])
  })

  it('is delivered in part: the rest stays asked for, free, and the history says how much came', async () => {
    const id = await ask({ quantity: 6 })
    await move(rescue, id, 'claim')
    expect((await move(rescue, id, 'deliver', { quantity: 7 })).body.error.details).toMatchObject([
      { path: 'quantity', key: 'number_max' },
    ])
    expect((await move(rescue, id, 'deliver', { quantity: 0 })).status).toBe(400)
    expect((await move(rescue, id, 'deliver', { quantity: 4 })).body.resource).toMatchObject({
      ...{ status: 'open', quantity: 2, holder: null },
    })
    await move(rival, id, 'claim')
    expect((await move(rival, id, 'deliver')).body.resource).toMatchObject({ status: 'delivered', quantity: 2 })
    const { body } = await staff.get(`/api/resources/${id}`)
    expect(body.events.map(({ kind, quantity }) => [kind, quantity])).toEqual([
      ['requested', null],
      ['claimed', null],
      ['delivered', 4],
      ['claimed', null],
      ['delivered', 2],
    ])
  })

  it('is kept by its holder, and ends by itself when nobody keeps it, with its history', async () => {
    const id = await ask()
    await move(rescue, id, 'claim')
    hub.clock.at += 3 * HOUR
    expect((await move(rescue, id, 'claim')).body.resource.claimUntil).toBe(hub.clock.at + 4 * HOUR)
    hub.clock.at += 3 * HOUR
    expect(await expireResourceClaims(database.pool, hub.clock.at)).toBe(0)
    hub.clock.at += HOUR
    expect(await expireResourceClaims(database.pool, hub.clock.at)).toBe(1)
    const { body } = await staff.get(`/api/resources/${id}`)
    expect(body.resource).toMatchObject({ status: 'open', holder: null, claimUntil: null })
    expect(body.events.map(({ kind, by }) => `${kind} ${by}`)).toEqual([
      'requested Centre 1',
      'claimed Rescue 1',
      'kept Rescue 1',
      'expired Rescue 1',
    ])
    await move(staff, id, 'close', { reason: 'not_needed' })
  })

  it('is of one: the loser of a race is told who has it; after four hours it may be taken over', async () => {
    const id = await ask()
    const both = await Promise.all([move(rescue, id, 'claim'), move(rival, id, 'claim')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const loser = both[0]?.status === 409 ? rescue : rival
    const lost = both.find(({ status }) => status === 409)
    expect(lost?.body.error).toMatchObject({
      code: 'already_claimed',
      details: { holder: expect.stringMatching(/^Rescue/) },
    })
    hub.clock.at += 4 * HOUR
    expect((await move(loser, id, 'claim')).status).toBe(200)
  })

  it('is moved by its holder or a supervisor, closed by who asked or a supervisor', async () => {
    const id = await ask()
    await move(rescue, id, 'claim')
    expect((await move(rival, id, 'release')).status).toBe(403)
    expect((await move(rival, id, 'deliver')).status).toBe(403)
    expect((await move(rival, id, 'close', { reason: 'duplicate' })).status).toBe(403)
    expect((await move(chief, id, 'release')).body.resource).toMatchObject({ status: 'open', holder: null })
    expect((await move(staff, id, 'close', { reason: 'from_elsewhere' })).body.resource).toMatchObject({
      status: 'closed',
      reason: 'from_elsewhere',
    })
  })

  it('goes along with a facility that moves or is taken over', async () => {
    const { rows } = await database.pool.query<{ id: number }>(
      `insert into facilities (code, district, kind, name_th, name_en)
       select code, '5001', 'hospital', 'ทดสอบ', 'Test' from unnest(array['20901', '20902']) as code returning id`,
    )
    const [moved = 0, kept = 0] = rows.map((row) => row.id)
    const id = await ask({ facility: moved }, chief)
    const where = async () =>
      (await database.pool.query('select facility_id, district, place from resources where id = $1', [id])).rows
    await database.pool.query(`update facilities set district = '5002' where id = $1`, [moved])
    expect(await where()).toEqual([{ facility_id: moved, district: '5002', place: '5002' }])
    await database.pool.query(
      'update facilities set active = false, closed_at = now(), merged_into = $2 where id = $1',
      [moved, kept],
    )
    expect(await where()).toEqual([{ facility_id: kept, district: '5001', place: '5001' }])
  })

  it('of a community stands at its sub-district', async () => {
    const { rows } = await database.pool.query<{ code: string }>(
      `select min(code) as code from areas where code like '5002__' and level = 'subdistrict'`,
    )
    const place = rows[0]?.code ?? ''
    const id = await ask({ kind: 'food', quantity: 80, facility: undefined, area: place }, rescue)
    const { body } = await rescue.get(`/api/resources?area=${place}`)
    expect(body.resources).toMatchObject([{ id, place, district: '5002', facility: null }])
  })

  it.each([
    ['nothing', { quantity: 0 }, 400],
    ['less than nothing', { quantity: -4 }, 400],
    ['half a cylinder', { quantity: 1.5 }, 400],
    ['more than there can be', { quantity: 1_000_000 }, 400],
    ['for nobody', { facility: undefined }, 400],
    ['for both', { area: '5001' }, 400],
    ['for an area that is none', { facility: undefined, area: '9999' }, 422],
    ['for a facility that is none', { facility: 2_000_000_000 }, 404],
    ['for a closed facility', { facility: closed }, 409],
  ])('%s is refused', async (_, over, status) => {
    const said = await asked(over, chief)
    expect([said.status, typeof said.body.error.message], JSON.stringify(said.body)).toEqual([status, 'string'])
  })

  it('is nobody’s outside: a facility asks for itself, a responder works in their area', async () => {
    expect((await asked({ facility: other })).status).toBe(403)
    const id = await ask()
    expect((await move(neighbour, id, 'claim')).status).toBe(404)
    expect((await neighbour.get(`/api/resources/${id}`)).status).toBe(404)
    expect((await hub.anyone.get(`/api/resources/${id}`)).status).toBe(401)
    expect((await neighbour.get('/api/resources?area=50')).status).toBe(403)
  })
})
