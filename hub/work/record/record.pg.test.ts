import { beforeAll, describe, expect, it } from 'vitest'
import type { Worker } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import { openTable } from '../../../tests/support/people.ts'
import { message } from '../../contract/refusals/messages.ts'
import { createApp } from '../../http/app.ts'
import { TASKS } from '../../jobs/tasks.ts'
import { createMetrics } from '../../runtime/metrics.ts'

const { database, hub } = await drillHubForFile()
const volunteer = await hub.worker('volunteer', ['5001'], 'VHV 5001')

/** What the job does a week later. */
const forgetAnswers = async () => {
  const client = await database.jobs.connect()
  await TASKS.find(({ name }) => name === 'forget idempotency keys')!.run(client, Date.now() + 8 * 86_400_000)
  client.release()
  expect((await one('select count(*) as n from idempotency')).n).toBe(0)
}
const place = { area: '500101' }
const patient = (over = {}) => ({ kind: 'patient', place, name: 'นาง ทดสอบ ตัวอย่าง', phone: '0800000001', ...over })
const one = async (sql: string, values: unknown[] = []) => (await database.pool.query(sql, values)).rows[0]

describe('what cannot be true of a person', () => {
  const refusal = async (over: object) => {
    const { status, body } = await volunteer.post('/api/record', patient(over), { language: 'th' })
    const [field] = (body.error?.details ?? []) as { path: string; key: string; message: string }[]
    return [status, field?.path, field?.key, field?.message]
  }

  it('is refused at its field, in the page’s language', async () => {
    const said = (key: Parameters<typeof message>[1]) => message('th', key)
    const id = { kind: 'thai', number: '1-2345-67890-12-3' }
    expect(await refusal({ id })).toEqual([400, 'id.number', 'id_thai_wrong', said('id_thai_wrong')])
    expect(await refusal({ name: '\u200b\u200d\u3164' })).toEqual([400, 'name', 'required', said('required')])
    expect(await refusal({ name: '\ud800' })).toEqual([400, 'name', 'wrong', said('wrong')])
    expect(await refusal({ birthYear: 2200 })).toEqual([
      422,
      'birthYear',
      'birth_year_future',
      said('birth_year_future'),
    ])
    expect(await refusal({ phone: '0812345678, 0897654321' })).toEqual([400, 'phone', 'phone_two', said('phone_two')])
    const bangkok = { area: '500101', point: { lat: 13.75, lon: 100.5 } }
    expect(await refusal({ place: bangkok })).toEqual([422, 'place.point', 'place_apart', said('place_apart')])
    expect(await refusal({ birthMonth: 5 })).toEqual([422, 'birthYear', 'required', said('required')])
    const coming = { birthYear: 2021, birthMonth: 12 }
    expect(await refusal(coming)).toEqual([422, 'birthMonth', 'birth_month_future', said('birth_month_future')])
  })

  it('a pin in another province is kept when whoever set it says that it is really so', async () => {
    const bangkok = { area: '500101', point: { lat: 13.75, lon: 100.5 }, acceptApart: true }
    const made = await volunteer.post('/api/record', patient({ name: 'ไกลบ้าน', phone: '0800000055', place: bangkok }))
    expect(made.status).toBe(201)
    expect(await one('select place from cases where id = $1', [made.body.id])).toEqual({ place: '500101' })
    const kept = (await openTable(database.pool, 'case_private')).find((row) => row.case_id === made.body.id)
    expect(kept).toMatchObject({ lat: '13.75', lon: '100.5' })
    const asked = await hub.anyone.post('/api/help', {
      language: 'th',
      consent: { given: true, version: '2026-11' },
      needs: ['food'],
      place: bangkok,
    })
    expect(asked.status).toBe(201)
  })

  it('an infant of 5 months was "born 2021", 0 years old: the months are kept, and told to who triages or holds', async () => {
    const infant = { name: 'ทารก', phone: '0800000005', secondPhone: '0800000006', birthYear: 2021, birthMonth: 6 }
    const { body } = await volunteer.post('/api/record', {
      ...patient(infant),
      needs: ['medicine'],
    })
    const nurse = await hub.worker('triage', ['50'], 'Triage 50')
    const said = (await nurse.post(`/api/cases/${body.id}/complaint`)).body.said
    expect(said).toMatchObject([{ age: 0, ageMonths: 5 }])
    const [need] = (await volunteer.get(`/api/cases/${body.id}`)).body.needs
    await volunteer.post(`/api/needs/${need?.id}/claim`)
    const revealed = (await volunteer.post(`/api/cases/${body.id}/reveal`)).body
    expect(revealed).toMatchObject({
      birthYear: 2021,
      birthMonth: 6,
      phone: '+66800000005',
      secondPhone: '+66800000006',
    })
    const year = await volunteer.post('/api/record', patient({ name: 'ปี', phone: '0800000007', birthYear: 2019 }))
    expect((await nurse.post(`/api/cases/${year.body.id}/complaint`)).body.said).toMatchObject([
      { age: 2, ageMonths: null },
    ])
  })

  it('a second phone is told with a contact, is found by, and is a likely duplicate', async () => {
    const { body } = await volunteer.post('/api/record', {
      ...patient({ name: 'สองเบอร์', phone: '0800000081', place: { area: '500103' } }),
      needs: ['food'],
    })
    const [need] = (await volunteer.get(`/api/cases/${body.id}`)).body.needs
    await volunteer.post(`/api/needs/${need?.id}/claim`)
    const contact = { channel: 'phone', result: 'no_answer' }
    const path = `/api/cases/${body.id}/contacts`
    expect(await volunteer.post(path, { ...contact, phone: '12' })).toMatchObject({ status: 400 })
    expect((await volunteer.post(path, { ...contact, phone: '081-999-8888' })).status).toBe(200)
    expect((await volunteer.post(`/api/cases/${body.id}/reveal`)).body).toMatchObject({
      phone: '+66800000081',
      secondPhone: '+66819998888',
    })
    const events = JSON.stringify((await volunteer.get(`/api/cases/${body.id}/events`)).body)
    expect(events).not.toContain('819998888')
    const hotline = await hub.worker('hotline', ['50'], 'Hotline 50')
    const found = (await hotline.post('/api/cases/search', { text: '0819998888' })).body.cases
    expect(found.map(({ id }) => id)).toEqual([body.id])
    const likely = await volunteer.post('/api/record/duplicates', { place: { area: '500104' }, phone: '0819998888' })
    expect(likely.body.likely).toMatchObject([{ case: body.id, reason: 'same_phone' }])
  })

  it('a right Thai number, a pin near its area and a Buddhist year are taken for what they are', async () => {
    const { status, body } = await volunteer.post(
      '/api/record',
      patient({
        name: 'พุทธ ศักราช',
        phone: '0800000064',
        id: { kind: 'thai', number: '1-2345-67890-12-1' },
        birthYear: 2507,
        place: { area: '500101', point: { lat: 18.79, lon: 98.98 } },
      }),
    )
    expect(status).toBe(201)
    const linked = await one('select person_id as person from case_private where case_id = $1', [body.id])
    const person = (await openTable(database.pool, 'people')).find(({ id }) => id === linked?.person)
    expect(person).toMatchObject({ birth_year: 1964, id_number: '1234567890121' })
  })

  it('a body that is not UTF-8 is refused, and nothing of it is kept', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"kind":"request","note":"'),
      Buffer.from([0xa1, 0xd2]),
      Buffer.from('"}'),
    ])
    const { deps } = hub.hub
    const response = await createApp({ ...deps, metrics: createMetrics() }).fetch(
      new Request('http://localhost/api/record', {
        method: 'POST',
        body: bytes,
        headers: { 'content-type': 'application/json', host: 'localhost' },
      }),
      { remoteAddress: '192.0.2.1', scheme: 'http' },
    )
    expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([
      400,
      'not_utf8',
    ])
  })

  it('a device whose clock is in 2019 makes no report day of 2019; what it said is kept', async () => {
    const sourceAt = '2019-01-01T00:00:00Z'
    const made = await volunteer.post('/api/record', patient({ name: 'นาฬิกา', phone: '0800000019', sourceAt }))
    expect(await one('select report_day from cases where id = $1', [made.body.id])).toEqual({
      report_day: '2021-11-11',
    })
    expect(await one(`select details->'deviceAt' as said from case_events where case_id = $1`, [made.body.id])).toEqual(
      {
        said: Date.parse(sourceAt),
      },
    )
    const dose = await volunteer.post('/api/record', { kind: 'dose', place, dose: 1, sourceAt })
    expect(await one('select day, device_at from vaccinations where id = $1', [dose.body.id])).toEqual({
      day: '2021-11-11',
      device_at: new Date(sourceAt),
    })
    const test = await volunteer.post('/api/record', { kind: 'test', place, test: 'atk', positive: false, sourceAt })
    const office = await hub.worker('provincial_health', ['50'], 'Office 50')
    for (const [metric, { id }] of [
      ['doses', dose.body],
      ['tests', test.body],
    ] as const) {
      const { body } = await office.get(`/api/reports?area=50&metric=${metric}&day=2021-11-11`)
      const listed = body.reports.find((row) => row.id === id)
      expect(listed, metric).toMatchObject({ deviceAt: Date.parse(sourceAt) })
      expect(listed?.sourceAt, metric).toBeGreaterThan(Date.parse('2020-01-01'))
    }
  })

  it('passports and names are compared whatever keyboard they were typed on', async () => {
    const at = { place: { area: '500102' } }
    await volunteer.post(
      '/api/record',
      patient({ ...at, name: 'คำแก้ว ทดลอง', phone: '0800000071', id: { kind: 'passport', number: 'AB123456' } }),
    )
    const search = async (over: object) =>
      (await volunteer.post('/api/record/duplicates', { ...at, ...over })).body.likely.map(({ reason }) => reason)
    expect(await search({ idNumber: 'ab 123-456' })).toEqual(['same_id'])
    expect(await search({ name: 'คําแก้ว ทดลอง' })).toEqual(['similar_name_and_place'])
  })
})

describe('a record', () => {
  it('of each kind is saved where it belongs', async () => {
    const request = await volunteer.post('/api/record', { kind: 'request', place, symptoms: ['none'], needs: ['food'] })
    expect(request).toMatchObject({ status: 201, body: { severity: 'green', likely: [] } })
    const vulnerable = await volunteer.post('/api/record', {
      kind: 'vulnerable',
      place,
      name: 'ทดสอบ',
      reasons: ['age60'],
      doses: 1,
      address: 'บ้านไม้ หลังวัด',
      note: 'ติดเตียง',
    })
    expect(vulnerable.status).toBe(201)
    expect((await openTable(database.pool, 'vulnerable')).find(({ id }) => id === vulnerable.body.id)).toMatchObject({
      reasons: ['age60'],
      doses: 1,
      address: 'บ้านไม้ หลังวัด',
      notes: 'ติดเตียง',
    })
    const register = await volunteer.get('/api/vulnerable?area=5001')
    expect(register.body).toMatchObject({ people: [{ place: '500101', reasons: ['age60'] }] })
    expect(JSON.stringify(register.body)).not.toContain('ทดสอบ')
    const test = await volunteer.post('/api/record', {
      kind: 'test',
      place,
      test: 'atk',
      positive: true,
      name: 'ทดสอบ หนึ่ง',
    })
    expect(await one('select * from tests where id = $1', [test.body.id])).toMatchObject({
      tested: 1,
      positive: 1,
      day: '2021-11-11',
    })
    expect(await one('select * from cases where id = $1', [test.body.case])).toMatchObject({
      classification: 'probable',
    })
    const dose = await volunteer.post('/api/record', {
      kind: 'dose',
      place,
      dose: 2,
      group: 'age60',
      day: '2021-11-10',
    })
    expect(await one('select * from vaccinations where id = $1', [dose.body.id])).toMatchObject({
      kind: 'late',
      doses: 1,
      dose: 2,
    })
  })

  it('of a dose at a site that was closed meanwhile is not lost: right when it was open then, else refused and sent for another place', async () => {
    const site = async (code: string, closedAt: number | null, into: number | null = null) => {
      const { rows } = await database.pool.query<{ id: number }>(
        `insert into facilities (code, district, kind, name_th, name_en, active, closed_at, merged_into)
         values ($1, '5001', 'vaccination', 'จุดฉีด', 'Site', $2, $3, $4) returning id`,
        [code, closedAt === null, closedAt === null ? null : new Date(closedAt), into],
      )
      return rows[0]?.id ?? 0
    }
    const at = hub.clock.at
    const give = (facility: number, key?: string) =>
      volunteer.post(
        '/api/record',
        { kind: 'dose', place, dose: 1, facility, sourceAt: new Date(at - 3_600_000).toISOString() },
        key === undefined ? {} : { key },
      )
    const closedAfter = await site('dose-a', at - 60_000)
    const after = await give(closedAfter)
    expect(await one('select facility_id from vaccinations where id = $1', [after.body.id])).toEqual({
      facility_id: closedAfter,
    })
    const closedBefore = await site('dose-b', at - 7_200_000)
    const refused = await give(closedBefore, 'offline-dose-b')
    expect([refused.status, refused.body.error]).toMatchObject([
      409,
      { code: 'site_closed', message: expect.stringContaining('ข้อมูลไม่หาย') },
    ])
    const open = await site('dose-c', null)
    const other = await give(open, 'offline-dose-b2')
    expect(other.status).toBe(201)
    const merged = await site('dose-d', at - 7_200_000, open)
    const stayed = await give(merged)
    expect(await one('select facility_id from vaccinations where id = $1', [stayed.body.id])).toEqual({
      facility_id: open,
    })
    expect((await give(99_999_999)).status).toBe(422)
  })

  it('says what is wrong to who records it, not in the language of whom it is about', async () => {
    const wrong = { kind: 'patient', place, language: 'my', phone: '12' }
    const one = await volunteer.post('/api/record', wrong, { language: 'th' })
    const batch = await volunteer.post(
      '/api/record/batch',
      { records: [{ key: 'wrong-phone', record: wrong }] },
      { language: 'th' },
    )
    const told = [{ path: 'phone', message: message('th', 'phone_invalid') }]
    expect(one.body.error.details).toMatchObject(told)
    expect(batch.body.results[0]?.error).toMatchObject({ details: told })
  })

  it('names likely duplicates and is saved all the same', async () => {
    const first = await volunteer.post('/api/record', patient())
    const again = await volunteer.post('/api/record', patient({ name: 'อื่น' }))
    expect(again.body.likely).toMatchObject([{ case: first.body.id, reason: 'same_phone' }])
    const alike = await volunteer.post('/api/record/duplicates', { name: 'ทดสอบ  ตัวอย่าง', place })
    expect(alike.body.likely.map((found) => found.case)).toContain(first.body.id)
    expect(JSON.stringify(alike.body)).not.toContain('ตัวอย่าง')
    const elsewhere = await volunteer.post('/api/record/duplicates', { name: 'ทดสอบ ตัวอย่าง', place: { area: '1001' } })
    expect(elsewhere.status).toBe(403)
  })

  it('outside the own area is refused', async () => {
    expect((await volunteer.post('/api/record', patient({ place: { area: '1001' } }))).status).toBe(403)
    expect((await volunteer.post('/api/record', patient({ place: { area: '5002' } }))).status).toBe(403)
  })

  it('for a day to come is refused', async () => {
    const dose = await volunteer.post('/api/record', { kind: 'dose', place, dose: 1, day: '2021-11-12' })
    expect(dose).toMatchObject({ status: 422, body: { error: { details: [{ path: 'day' }] } } })
  })
})

describe('the offline queue', () => {
  it('gets a result for each record, and doubles nothing when it is sent again', async () => {
    const before = (await one('select count(*) as n from cases')).n
    const records = [
      { key: 'offline-1', record: { kind: 'request', place, symptoms: [], needs: ['food'] } },
      { key: 'offline-2', record: { kind: 'request', place } },
      { key: 'offline-3', record: { kind: 'dose', place: { area: '1001' }, dose: 1 } },
      { key: 'offline-4', record: null },
      { key: 'offline-5', record: patient({ phone: '0800000005', name: 'ห้า', sourceAt: '2021-11-10T02:00:00+07:00' }) },
    ]
    const sent = await volunteer.post('/api/record/batch', { records })
    expect(sent.body.results.map(({ key, status }) => [key, status])).toEqual([
      ['offline-1', 201],
      ['offline-2', 400],
      ['offline-3', 403],
      ['offline-4', 400],
      ['offline-5', 201],
    ])
    const again = await volunteer.post('/api/record/batch', { records })
    expect(again.body).toEqual(sent.body)
    expect((await one('select count(*) as n from cases')).n).toBe(before + 2)
    expect(await one('select * from cases order by id desc limit 1')).toMatchObject({ report_day: '2021-11-10' })
  })

  it('that was cut off in the middle goes on where it stopped', async () => {
    const records = Array.from({ length: 20 }, (_, i) => ({
      key: `cut-off-${i}`,
      record: { kind: 'request', place, needs: ['food'] },
    }))
    const before = (await one('select count(*) as n from cases')).n
    await volunteer.post('/api/record/batch', { records: records.slice(0, 13) })
    const both = await Promise.all([1, 2].map(() => volunteer.post('/api/record/batch', { records })))
    expect(both[0]?.body).toEqual(both[1]?.body)
    expect((await one('select count(*) as n from cases')).n).toBe(before + 20)
  })

  it('that comes again when the answers are long forgotten is what it was, of each kind', async () => {
    const records = [
      { kind: 'request', place, needs: ['food'] },
      patient({ phone: '0800000077', name: 'เจ็ด' }),
      { kind: 'vulnerable', place, name: 'แปด', reasons: ['age60'] },
      { kind: 'test', place, test: 'atk', positive: true, name: 'เก้า' },
      { kind: 'dose', place, dose: 1 },
    ].map((record, i) => ({ key: `after-a-month-${i}`, record }))
    const rows = () =>
      one(`select (select count(*) from cases) as cases, (select count(*) from vulnerable) as vulnerable,
        (select count(*) from tests) as tests, (select count(*) from vaccinations) as doses, (select count(*) from people) as people`)
    const sent = await volunteer.post('/api/record/batch', { records })
    const made = sent.body.results.map(({ body }) => [body?.id, body?.case])
    expect(sent.body.results.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
    const before = await rows()
    await forgetAnswers()
    const again = await volunteer.post('/api/record/batch', { records })
    expect(again.body.results.map(({ status, body }) => [status, body?.id, body?.case])).toEqual(
      made.map((ids) => [201, ...ids]),
    )
    expect(await rows()).toEqual(before)
    await forgetAnswers()
    const other = await volunteer.post('/api/record', { kind: 'dose', place, dose: 1 }, { key: 'after-a-month-0' })
    expect(other).toMatchObject({ status: 422, body: { error: { code: 'idempotency_key_reused' } } })
    const neighbour = await hub.worker('volunteer', ['5001'], 'VHV 5001 b')
    const same = await neighbour.post('/api/record', { kind: 'dose', place, dose: 1 }, { key: 'after-a-month-0' })
    expect(same.status).toBe(201)
  })

  it('of somebody who has signed out since is not saved under another account', async () => {
    const records = [{ key: 'other-account-1', record: { kind: 'request', place, needs: ['food'] } }]
    const account = '00000000-0000-4000-8000-000000000000'
    const sent = await volunteer.post('/api/record/batch', { account, records })
    expect(sent).toMatchObject({ status: 409, body: { error: { code: 'other_account' } } })
    expect((await one(`select count(*) as n from idempotency where key = 'other-account-1'`)).n).toBe(0)
  })

  it('of more than a hundred is refused as a whole', async () => {
    const records = Array.from({ length: 101 }, (_, i) => ({ key: `too-many-${i}`, record: {} }))
    expect((await volunteer.post('/api/record/batch', { records })).status).toBe(400)
  })
})

describe('facility reports', () => {
  let hospital: number
  let staff: Worker
  beforeAll(async () => {
    const { id } = await one(
      `insert into facilities (code, district, kind, name_th, name_en) values ('t1', '5001', 'hospital', 'รพ.', 'H') returning id`,
    )
    hospital = id
    staff = await hub.worker('facility_staff', ['5001'], 'Hospital', hospital)
  })
  const level = (over = {}) => ({
    level: '3',
    staffed: 10,
    available: 4,
    held: 0,
    occupied: 5,
    cleaning: 1,
    blocked: 0,
    ...over,
  })
  const report = (sourceAt: string, levels = [level()]) =>
    staff.post(`/api/facilities/${hospital}/beds`, { sourceAt, levels })

  it('stand by level, and an older count is refused as a whole', async () => {
    expect((await report('2021-11-11T02:00:00Z')).body.levels).toMatchObject([
      { level: '3', available: 4, staffed: 10 },
    ])
    const older = await report('2021-11-11T01:00:00Z', [level({ available: 9, occupied: 0 }), level({ level: '1' })])
    expect(older).toMatchObject({ status: 409, body: { error: { code: 'older_report', details: [{ level: '3' }] } } })
    expect((await staff.get(`/api/facilities/${hospital}/beds`)).body.levels).toHaveLength(1)
    expect((await one('select count(*) as n from bed_reports where facility_id = $1', [hospital])).n).toBe(1)
  })

  it('must add up, hold what transfers hold, and not come from the future', async () => {
    expect(await report('2021-11-11T02:30:00Z', [level({ available: 5 })])).toMatchObject({
      status: 422,
      body: { error: { details: [{ path: 'levels.0.staffed' }] } },
    })
    expect((await report('2021-11-12T02:30:00Z')).status).toBe(422)
    expect((await report('2021-11-11T02:30:00Z', [level(), level()])).status).toBe(400)
  })

  it('are nobody else’s to make', async () => {
    const { id } = await one(
      `insert into facilities (code, district, kind, name_th, name_en) values ('t3', '5001', 'hospital', 'รพ.', 'H') returning id`,
    )
    const other = await hub.worker('facility_staff', ['5001'], 'Other', id)
    expect(
      (await other.post(`/api/facilities/${hospital}/beds`, { sourceAt: '2021-11-11T02:40:00Z', levels: [level()] }))
        .status,
    ).toBe(403)
  })

  it('of doses are late on an earlier day, and a correction takes back no more than was given', async () => {
    const { id } = await one(
      `insert into facilities (code, district, kind, name_th, name_en) values ('t2', '5001', 'vaccination', 'จุด', 'V') returning id`,
    )
    const site = await hub.worker('vaccination_staff', ['5001'], 'Site', id)
    const path = `/api/facilities/${id}/vaccinations`
    expect((await site.post(path, { rows: [{ dose: 1, doses: 100 }] })).body).toMatchObject({
      day: '2021-11-11',
      late: false,
    })
    expect((await site.post(path, { day: '2021-11-10', rows: [{ dose: 1, doses: 20 }] })).body).toMatchObject({
      late: true,
    })
    expect((await site.post(path, { rows: [{ dose: 1, doses: -5 }] })).status).toBe(400)
    expect((await site.post(path, { correction: true, rows: [{ dose: 1, doses: -101 }] })).status).toBe(422)
    expect((await site.post(path, { correction: true, rows: [{ dose: 1, doses: -30 }] })).status).toBe(200)
    const chief = await hub.worker('district_chief', ['5001'], 'District')
    const behind = await chief.get('/api/reports?area=5001&metric=doses.corrected&day=2021-11-11')
    expect(behind.body).toMatchObject({ reports: [{ amount: -30, kind: 'correction' }] })
  })

  it('of tests keep positive within tested, corrections too', async () => {
    const nurse = await hub.worker('triage', ['50'], 'Triage')
    const tests = (over = {}) =>
      nurse.post('/api/tests', { area: '5001', kind: 'pcr', tested: 50, positive: 7, ...over })
    expect((await tests()).status).toBe(200)
    expect((await tests({ positive: 51 })).status).toBe(400)
    expect((await tests({ tested: -10, positive: 0 })).status).toBe(400)
    expect((await tests({ correction: true, tested: -10, positive: -2 })).status).toBe(200)
    expect((await tests({ correction: true, tested: -41, positive: 0 })).status).toBe(422)
    expect((await tests({ area: '1001' })).status).toBe(403)
  })
})

describe('consent on behalf of somebody', () => {
  const request = { kind: 'request', place, name: 'ยินยอม', symptoms: ['none'], needs: ['food'] }
  const given = { version: '2026-11', language: 'km', givenBy: 'relative' }
  const newest = async () => (await database.pool.query('select * from consents order by id desc limit 1')).rows[0]

  it('is kept with its version, language, time and who was told, also of a phone with an older text', async () => {
    const sourceAt = new Date(hub.clock.at - 3 * 86_400_000).toISOString()
    const made = await volunteer.post('/api/record', { ...request, sourceAt, consent: given })
    expect(made.status).toBe(201)
    expect(await newest()).toMatchObject({
      case_id: made.body.id,
      vulnerable_id: null,
      version: '2026-11',
      language: 'km',
      given_by: 'relative',
      taken_by: volunteer.grant?.account,
      at: new Date(sourceAt),
    })
    const register = { kind: 'vulnerable', place, reasons: ['age60'], consent: { ...given, givenBy: 'person' } }
    const { body } = await volunteer.post('/api/record', register)
    expect(await newest()).toMatchObject({ case_id: null, vulnerable_id: body.id, given_by: 'person' })
  })

  it('to a text that was never shown is refused with its code, and nothing is kept', async () => {
    const count = 'select count(*) as n from cases'
    const before = (await database.pool.query(count)).rows[0].n
    const refused = await volunteer.post('/api/record', { ...request, consent: { ...given, version: '1999' } })
    expect(refused).toMatchObject({ status: 422, body: { error: { code: 'consent_unknown' } } })
    expect((await database.pool.query(count)).rows[0].n).toBe(before)
  })
})
