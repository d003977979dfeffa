import { beforeEach, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { facilityAnswer, facilityHistoryAnswer } from '../../hub/contract/api/facilities.ts'
import { passOf } from '../security/subjects.ts'
import type { Worker } from '../support/case-hub.ts'
import { expectedCells } from '../support/expected-cells.ts'
import { caseHubForFile } from '../support/for-file.ts'

type Facility = z.infer<typeof facilityAnswer>
type Said = { status: number; body: Facility & { error: { code: string; message: string; details: never } } }

const { database, hub } = await caseHubForFile()
const office = await hub.worker('provincial_health', ['50'], 'PHO Chiang Mai')
const neighbour = await hub.worker('provincial_health', ['51'], 'PHO Lamphun')
const national = await hub.worker('national', ['TH'], 'EOC')
let number = 10_000
const nextCode = () => String(++number)

beforeEach(() => {
  hub.clock.at += 60_000
})

const post = (who: Worker, path: string, body: unknown) => who.post(path, body) as unknown as Promise<Said>
const read = (who: Worker, id: number) => who.get(`/api/facilities/${id}`) as unknown as Promise<Said>
const CITY = { area: '5001', point: { lat: 18.79, lon: 98.98 } }

async function make(over: Readonly<Record<string, unknown>> = {}, who = office): Promise<Facility> {
  const body = { kind: 'hospital', nameTh: 'รพ. ทดสอบ', nameEn: 'Test Hospital', place: CITY, ...over }
  const { status, body: made } = await post(who, '/api/facilities', body)
  expect(status, JSON.stringify(made)).toBe(200)
  return made
}

async function history(id: number): Promise<z.infer<typeof facilityHistoryAnswer>['events']> {
  const { body } = await office.get(`/api/facilities/${id}/history`)
  return (body as unknown as z.infer<typeof facilityHistoryAnswer>).events
}

describe('registering', () => {
  it('keeps what was said, in one form, with its history', async () => {
    const code = nextCode()
    const made = await make({
      code,
      hours: 'จ.-ศ. ๐๘.๐๐-๑๖.๓๐ น.',
      address: '110 ถนนสุเทพ',
      capacity: '40 beds in two halls',
      contacts: [{ desk: 'bed_desk', phone: '053 936 150' }],
    })
    expect(made).toMatchObject({
      code,
      kind: 'hospital',
      district: '5001',
      lat: 18.79,
      lon: 98.98,
      hours: 'Mo-Fr 08:00-16:30',
      contacts: [{ desk: 'bed_desk', phone: '+6653936150', note: null }],
      version: 1,
      active: true,
      may: { register: true, desk: true },
    })
    const [created] = await history(made.id)
    expect(created).toMatchObject({ kind: 'created', by: 'PHO Chiang Mai', changes: { code: [null, code] } })
    expect(JSON.stringify(created)).not.toContain('936150')
  })

  it.each(['hospital', 'field', 'hospitel', 'ci', 'hi_hub', 'vaccination', 'test', 'oxygen', 'crematorium'])(
    'takes the kind %s',
    async (kind) => {
      expect((await make({ kind, nameEn: undefined })).nameEn).toBe('รพ. ทดสอบ')
    },
  )

  it('two facilities with one code: 409 that names the other, though it lies in another province', async () => {
    const code = nextCode()
    const first = await make({ code, place: { area: '5101' } }, neighbour)
    const { status, body } = await post(office, '/api/facilities', { kind: 'ci', nameTh: 'ก', place: CITY, code })
    expect(status).toBe(409)
    expect(body.error).toMatchObject({
      code: 'code_taken',
      details: { code, facility: first.id, nameEn: 'Test Hospital', district: '5101' },
    })
  })

  it.each([
    ['a kind that there is not', { kind: 'zoo' }, 400, 'invalid_input', 'kind'],
    ['a code of four digits', { code: '1234' }, 400, 'invalid_input', 'code'],
    ['hours that are none', { hours: 'mornings' }, 400, 'invalid_input', 'hours'],
    [
      'a phone that is none',
      { contacts: [{ desk: 'bed_desk', phone: '12' }] },
      400,
      'invalid_input',
      'contacts.0.phone',
    ],
    ['a blank name', { nameTh: ' ' }, 400, 'invalid_input', 'nameTh'],
    ['a district that there is not', { place: { area: '5099' } }, 422, 'invalid_input', 'place.area'],
    [
      'a point in another country',
      { place: { point: { lat: 48.1, lon: 100.5 } } },
      400,
      'invalid_input',
      'place.point.lat',
    ],
  ])('%s is refused with its field', async (_, over, status, code, path) => {
    const answer = await post(office, '/api/facilities', { kind: 'ci', nameTh: 'ก', place: CITY, ...over })
    expect(answer.status).toBe(status)
    expect(answer.body.error).toMatchObject({ code, details: [{ path }] })
    expect(answer.body.error.message).toMatch(/[a-z]/)
  })

  it.each([
    ['in the sea', { area: '7707', point: { lat: 12.55, lon: 100.35 } }],
    ['in another province', { area: '5001', point: { lat: 13.75, lon: 100.5 } }],
  ])('a point %s is asked about, and kept when it is really so', async (_, place) => {
    const body = { kind: 'ci', nameTh: 'ก', place }
    const { status, body: refused } = await post(national, '/api/facilities', body)
    expect([status, refused.error.details]).toMatchObject([422, [{ path: 'place.point', key: 'place_apart' }]])
    const kept = await post(national, '/api/facilities', { ...body, place: { ...place, acceptApart: true } })
    expect([kept.status, kept.body.lat]).toEqual([200, place.point.lat])
  })

  it('an office registers nothing in another province', async () => {
    const { status } = await post(office, '/api/facilities', { kind: 'ci', nameTh: 'ก', place: { area: '5101' } })
    expect(status).toBe(403)
  })
})

describe('editing', () => {
  it('changes what is given, leaves the rest, and says what was before', async () => {
    const made = await make({ address: 'old' })
    const { body } = await post(office, `/api/facilities/${made.id}/edit`, { version: 1, address: null, nameEn: 'New' })
    expect(body).toMatchObject({ version: 2, address: null, nameEn: 'New', nameTh: made.nameTh })
    expect((await history(made.id))[0]).toMatchObject({
      kind: 'edited',
      changes: { address: ['old', null], name_en: ['Test Hospital', 'New'] },
    })
  })

  it('a stale version: 409 that says who was faster, and nothing is changed', async () => {
    const made = await make()
    await post(national, `/api/facilities/${made.id}/edit`, { version: 1, capacity: '10' })
    const { status, body } = await post(office, `/api/facilities/${made.id}/edit`, { version: 1, capacity: '20' })
    expect(status).toBe(409)
    expect(body.error).toMatchObject({ code: 'stale_version', details: { version: 2, by: 'EOC', since: hub.clock.at } })
    expect((await read(office, made.id)).body.capacity).toBe('10')
  })

  it('the same again changes nothing, and its version stays', async () => {
    const made = await make({ contacts: [{ desk: 'stores', phone: '053936150' }] })
    const again = { version: 1, nameTh: made.nameTh, contacts: made.contacts, place: CITY }
    expect((await post(office, `/api/facilities/${made.id}/edit`, again)).body.version).toBe(1)
    expect(await history(made.id)).toHaveLength(1)
  })

  it('moving it to another district takes its beds, its doses and its staff along', async () => {
    const made = await make()
    const staff = await hub.worker('facility_staff', ['5001'], 'Ward 1', made.id)
    const beds = {
      sourceAt: new Date(hub.clock.at).toISOString(),
      levels: [{ level: '3', staffed: 4, available: 1, occupied: 3 }],
    }
    expect((await staff.post(`/api/facilities/${made.id}/beds`, beds)).status).toBe(200)
    await office.post(`/api/facilities/${made.id}/vaccinations`, { rows: [{ dose: 1, group: 'general', doses: 7 }] })
    await post(office, `/api/facilities/${made.id}/edit`, { version: 1, place: { area: '5007' } })
    const { rows } = await database.pool.query(
      `select (select district from beds where facility_id = $1) as beds,
         (select district from vaccinations where facility_id = $1) as doses,
         (select areas from account_grants where facility_id = $1) as areas`,
      [made.id],
    )
    expect(rows[0]).toEqual({ beds: '5007', doses: '5007', areas: ['5007'] })
    const moved = await post(office, `/api/facilities/${made.id}/edit`, { version: 2, place: { area: '5101' } })
    expect(moved.status, 'out of the own province').toBe(403)
  })

  it('those who work there change its opening hours and phones, and nothing else', async () => {
    const made = await make()
    const other = await make()
    const staff = await hub.worker('facility_staff', ['5001'], 'Ward 1', made.id)
    const desk = { version: 1, hours: '24/7', contacts: [{ desk: 'emergency', phone: '053936150', note: 'door 3' }] }
    const { status, body } = await post(staff, `/api/facilities/${made.id}/desk`, desk)
    expect([status, body.hours, body.contacts[0]?.note, body.version]).toEqual([200, '24/7', 'door 3', 2])
    expect((await history(made.id))[0]).toMatchObject({
      kind: 'desk',
      by: 'Ward 1',
      changes: { contacts: ['', 'emergency'] },
    })
    expect((await post(staff, `/api/facilities/${made.id}/edit`, { version: 2, nameTh: 'x' })).status).toBe(403)
    expect((await post(staff, `/api/facilities/${other.id}/desk`, { version: 1, hours: '24/7' })).status).toBe(403)
  })

  it('who reports beds changes nothing of the registry, by SQL neither', async () => {
    const { id } = await make()
    const client = await database.pool.connect()
    try {
      await client.query(
        `begin; set local role jitasa_api; select set_config('jitasa.areas', '50', true), set_config('jitasa.role', 'bed_coordinator', true)`,
      )
      await client.query('update facilities set reported_at = now() where id = $1', [id])
      await expect(client.query(`update facilities set name_th = 'x' where id = $1`, [id])).rejects.toThrow(/keepers/)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})

describe('closing', () => {
  it('ends reports, transfers there and its place on screens; reopening brings it back', async () => {
    const made = await make()
    const closed = await post(office, `/api/facilities/${made.id}/close`, { version: 1, reason: 'ended' })
    expect(closed.body).toMatchObject({ active: false, closedAt: hub.clock.at, version: 2 })
    const beds = {
      sourceAt: new Date(hub.clock.at).toISOString(),
      levels: [{ level: '3', staffed: 1, available: 1, occupied: 0 }],
    }
    for (const [path, body] of [
      ['beds', beds],
      ['vaccinations', { rows: [{ dose: 1, group: 'general', doses: 7 }] }],
    ] as const) {
      const { status, body: said } = await office.post(`/api/facilities/${made.id}/${path}`, body)
      expect([status, said.error.code], path).toEqual([409, 'facility_closed'])
    }
    const { body: open } = await office.get('/api/facilities?area=50&limit=200')
    expect(open.facilities.map(({ id }) => id)).not.toContain(made.id)
    const { body: shut } = await office.get('/api/facilities?area=50&limit=200&state=closed')
    expect(shut.facilities.map(({ id }) => id)).toContain(made.id)
    const reopened = await post(office, `/api/facilities/${made.id}/reopen`, { version: 2 })
    expect(reopened.body).toMatchObject({ active: true, closedAt: null })
    expect((await office.post(`/api/facilities/${made.id}/beds`, beds)).status).toBe(200)
  })

  it('those without a pin are listed by themselves', async () => {
    const made = await make({ place: { area: '5001' } })
    const { body } = await office.get('/api/facilities?area=50&limit=200&state=unplaced')
    expect(body.facilities.map(({ id }) => id)).toContain(made.id)
    expect(body.facilities.every(({ lat }) => lat === null)).toBe(true)
  })
})

describe('merging two entries of one place', () => {
  async function pair() {
    const gone = await make({ code: nextCode(), place: { area: '5002', point: { lat: 18.5, lon: 98.36 } } })
    const kept = await make({ place: { area: '5001' } })
    return { gone, kept }
  }
  const merge = (gone: Facility, kept: Facility, who = office) =>
    post(who, `/api/facilities/${gone.id}/merge`, { version: gone.version, into: kept.id })
  const count = async (facility: number, available: number, minutesAgo: number) => {
    const sourceAt = new Date(hub.clock.at - minutesAgo * 60_000).toISOString()
    const levels = [{ level: '2.1', staffed: available, available, occupied: 0 }]
    expect((await office.post(`/api/facilities/${facility}/beds`, { sourceAt, levels })).status).toBe(200)
  }

  it('moves every row that names one to the other: the newer count of beds stands, and no number is counted twice', async () => {
    const { gone, kept } = await pair()
    await count(kept.id, 5, 10)
    await count(gone.id, 3, 1)
    await office.post(`/api/facilities/${gone.id}/vaccinations`, { rows: [{ dose: 2, group: 'general', doses: 40 }] })
    await hub.worker('facility_staff', ['5002'], 'Ward', gone.id)
    await database.pool.query(
      `with made as (insert into cases (district, report_day, source, facility_id) values ('5001', '2021-11-11', 'api', $1) returning id)
       insert into transfers (case_id, district, level, to_facility, bed_held, status, requested_label, requested_at, updated_at)
       select id, '5001', '2.1', $1, true, 'accepted', 'T', now(), now() from made`,
      [gone.id],
    )
    await database.pool.query(
      `insert into api_keys (prefix, key_hash, label, actions, facilities, created_at, expires_at)
       values ('0123456789ab', sha256('k'), 'K', '{facility.report}', array[$1::int, $2::int], now(), now() + interval '1 day')`,
      [gone.id, kept.id],
    )
    const doses = (await expectedCells(database.pool, 'province:50')).get('doses.total.2|50')
    const { status, body } = await merge(gone, kept)
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body).toMatchObject({ id: kept.id, code: gone.code, district: '5001', lat: 18.5 })
    expect((await read(office, gone.id)).body).toMatchObject({ active: false, mergedInto: kept.id, code: null })
    const { rows: naming } = await database.pool.query<{ name: string; columns: string }>(
      `select conrelid::regclass::text as name, attname as columns from pg_constraint
         join pg_attribute on attrelid = conrelid and attnum = conkey[1]
       where contype = 'f' and confrelid = 'facilities'::regclass and conrelid <> 'facility_events'::regclass`,
    )
    expect(naming.length).toBeGreaterThan(7)
    for (const { name, columns } of naming) {
      const { rows } = await database.pool.query(`select count(*)::int as n from ${name} where ${columns} = $1`, [
        gone.id,
      ])
      expect(rows[0].n, `${name}.${columns}`).toBe(0)
    }
    const { rows: keys } = await database.pool.query('select facilities from api_keys')
    expect(keys).toEqual([{ facilities: [kept.id] }])
    const { rows: beds } = await database.pool.query(
      'select staffed, available, held, district from beds where facility_id = $1',
      [kept.id],
    )
    expect(beds).toEqual([{ staffed: 3, available: 2, held: 1, district: '5001' }])
    expect((await expectedCells(database.pool, 'province:50')).get('doses.total.2|50')).toBe(doses)
    expect((await history(kept.id))[0]).toMatchObject({ kind: 'took_over', changes: { merged: [null, gone.id] } })
    expect((await history(gone.id))[0]).toMatchObject({ kind: 'merged', changes: { mergedInto: [null, kept.id] } })
  })

  it('a merged entry takes no reports, no edits and no second merge: it names the one that stayed', async () => {
    const { gone, kept } = await pair()
    await merge(gone, kept)
    for (const [path, body] of [
      ['edit', { version: 2, nameTh: 'x' }],
      ['reopen', { version: 2 }],
      ['merge', { version: 2, into: kept.id }],
      ['vaccinations', { rows: [{ dose: 1, group: 'general', doses: 1 }] }],
    ] as const) {
      const { status, body: said } = await post(office, `/api/facilities/${gone.id}/${path}`, body)
      expect([status, said.error.code, said.error.details], path).toEqual([409, 'facility_merged', { into: kept.id }])
    }
  })

  it('not into itself, not into a closed one, not over provinces by an office', async () => {
    const { gone, kept } = await pair()
    expect((await merge(gone, gone)).body.error.details).toMatchObject([{ path: 'into', key: 'merge_itself' }])
    const away = await make({ place: { area: '5101' } }, neighbour)
    expect((await merge(gone, away)).status).toBe(404)
    await post(office, `/api/facilities/${kept.id}/close`, { version: 1, reason: 'ended' })
    expect((await merge(gone, kept)).body.error.code).toBe('facility_closed')
    expect((await merge(gone, away, national)).status).toBe(200)
  })

  it('more beds held by transfers than the one that stays has: refused with the level, and nothing is moved', async () => {
    const { gone, kept } = await pair()
    await count(gone.id, 3, 10)
    await office.post(`/api/facilities/${kept.id}/beds`, {
      sourceAt: new Date(hub.clock.at).toISOString(),
      levels: [{ level: '2.1', staffed: 1, available: 0, occupied: 1 }],
    })
    await database.pool.query(
      `with made as (insert into cases (district, report_day, source) values ('5001', '2021-11-11', 'api') returning id)
       insert into transfers (case_id, district, level, to_facility, bed_held, status, requested_label, requested_at, updated_at)
       select id, '5001', '2.1', $1, true, 'accepted', 'T', now(), now() from made`,
      [gone.id],
    )
    const { status, body } = await merge(gone, kept)
    expect([status, body.error.code, body.error.details]).toEqual([409, 'merge_held', { level: '2.1' }])
    expect((await read(office, gone.id)).body.active).toBe(true)
  })
})

it('whoever works cases in the area reads the phones of its desks; nobody without an account does', async () => {
  const made = await make({ contacts: [{ desk: 'bed_desk', phone: '053936150' }] })
  const hotline = await hub.worker('hotline', ['50'], 'Hotline 1')
  const { body } = await read(hotline, made.id)
  expect([body.contacts, body.may]).toEqual([made.contacts, { register: false, desk: false }])
  const far = await hub.worker('hotline', ['10'], 'Hotline 2')
  expect((await read(far, made.id)).status).toBe(404)
  expect((await read(hub.anyone, made.id)).status).toBe(401)
})

it('when its reports are due is a calendar, of the kinds that have a deadline', async () => {
  const made = await make()
  const cookie = passOf(office.grant, hub.clock.at)
  const ask = (id: number) => hub.hub.fetch('GET', `/api/facilities/${id}/deadlines.ics`, { cookie })
  const response = await ask(made.id)
  expect(response.headers.get('content-type')).toMatch(/^text\/calendar/)
  expect(await response.text()).toContain('RRULE:FREQ=HOURLY;INTERVAL=2\r\n')
  expect((await ask((await make({ kind: 'crematorium' })).id)).status).toBe(404)
})

it('when reports of a kind are due is a calendar for everybody, that caches may keep', async () => {
  const ask = (query: string) => hub.hub.fetch('GET', `/api/deadlines.ics${query}`, {})
  const response = await ask('?kind=hospital')
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'public, max-age=3600'])
  expect(await response.text()).toContain('UID:deadline-hospital@jitasa.invalid\r\n')
  expect((await (await ask('')).text()).match(/BEGIN:VEVENT/g)).toHaveLength(5)
  expect(await (await ask('?kind=crematorium')).text()).not.toContain('VEVENT')
  expect((await ask('?kind=castle')).status).toBe(400)
})
