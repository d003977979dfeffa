import { beforeEach, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Worker } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import type { planAnswer } from '../../contract/api/care.ts'

const { database, hub } = await drillHubForFile()
const volunteer = await hub.worker('volunteer', ['5001'], 'VHV 5001')
const nurse = await hub.worker('triage', ['50'], 'Triage 50')
const governor = await hub.worker('governor', ['50'], 'Governor 50')
const HOUR_MS = 3_600_000
const NOON = Date.parse('2021-11-12T05:00:00Z')

beforeEach(async () => {
  hub.clock.at = NOON
  await database.pool.query('delete from cases')
})

const one = async (sql: string, values: unknown[] = []) => (await database.pool.query(sql, values)).rows[0]
const iso = (ago: number) => new Date(hub.clock.at - ago).toISOString()

type Home = { place?: string; severity?: string; carePlace?: string; stage?: string; contactedAt?: string | null }

async function atHome(home: Home = {}): Promise<number> {
  const { place = '500101', severity = 'green', carePlace = 'hi', stage = 'monitoring', contactedAt = null } = home
  const { id } = await one(
    `insert into cases (district, place, report_day, severity, severity_at, source, on_board, stage, care_place, reported_at, contacted_at, closed_reason)
     values (left($1, 4), $1, '2021-11-11', $2, $6, 'volunteer', true, $4, $3, $6, $5, case $4 when 'closed' then 'helped' end) returning id`,
    [place, severity, carePlace, stage, contactedAt, iso(26 * HOUR_MS)],
  )
  await database.pool.query('insert into case_private (case_id) values ($1)', [id])
  return Number(id)
}
const check = (id: number, over: object = {}, by = volunteer) =>
  by.post('/api/record', { kind: 'check', case: id, feeling: 'same', sourceAt: iso(60_000), ...over })
const row = (id: number) => one('select * from cases where id = $1', [id])

describe('a daily check', () => {
  it('is kept, is a contact, and tells its values to those who triage and to nobody else', async () => {
    const id = await atHome({ contactedAt: iso(50 * HOUR_MS) })
    const { status, body } = await check(id, { spo2: 97, temperature: 37.84, feeling: 'better' })
    expect([status, body.case]).toEqual([201, id])
    expect(await row(id)).toMatchObject({ severity: 'green', contacted_at: new Date(NOON - 60_000) })
    expect(await one('select * from checks where case_id = $1', [id])).toMatchObject({
      spo2: 97,
      temperature: '37.8',
      feeling: 'better',
      said_by: 'VHV 5001',
    })
    const said = (await nurse.post(`/api/cases/${id}/complaint`)).body
    expect(said).toMatchObject({
      checks: [{ spo2: 97, temperature: 37.8, feeling: 'better', danger: false, own: false, by: 'VHV 5001' }],
      said: [{ symptoms: ['fever'], spo2: 97 }],
    })
    expect((await volunteer.post(`/api/cases/${id}/complaint`)).status).toBe(403)
    const history = JSON.stringify((await volunteer.get(`/api/cases/${id}/events`)).body)
    expect(history).toContain('case.checked')
    expect(history).not.toMatch(/97|37\.8/)
  })

  it('raises the severity by the guards and never lowers it', async () => {
    const id = await atHome({ severity: 'green' })
    expect((await check(id, { feeling: 'breathless' })).body).toMatchObject({ severity: 'yellow' })
    expect((await check(id, { feeling: 'better', spo2: 99 })).body).toMatchObject({ severity: 'yellow' })
    const row1 = await row(id)
    expect([row1.severity, row1.care_place]).toEqual(['yellow', 'hi'])
  })

  it('red at home goes to the queue for beds at once, asks for people, and stays checked while they wait', async () => {
    const id = await atHome({ severity: 'green' })
    expect((await check(id, { spo2: 93 })).body).toMatchObject({ severity: 'red' })
    expect(await row(id)).toMatchObject({ severity: 'red', care_place: 'waiting', stage: 'waiting', waiting: true })
    expect((await row(id)).escalated_at).not.toBeNull()
    expect(await one(`select kind, status from needs where case_id = $1`, [id])).toEqual({
      kind: 'bed',
      status: 'open',
    })
    expect((await check(id, { spo2: 92 })).status).toBe(201)
  })

  it('red whom somebody named keeps at home stays there', async () => {
    const id = await atHome({ severity: 'red' })
    await database.pool.query(`update cases set override_by = 'Office 1' where id = $1`, [id])
    await check(id, { spo2: 90 })
    expect(await row(id)).toMatchObject({ severity: 'red', care_place: 'hi', override_by: 'Office 1' })
  })

  it('who feels worse is looked at by people; the next one who is not clears that', async () => {
    const id = await atHome()
    await check(id, { feeling: 'worse' })
    expect(await row(id)).toMatchObject({ severity: 'green', escalated_at: new Date(NOON) })
    hub.clock.at += HOUR_MS
    await check(id, { feeling: 'better' })
    expect((await row(id)).escalated_at).toBeNull()
  })

  it('that was made before the last decision, or before another check, changes no severity', async () => {
    const id = await atHome()
    await check(id, { spo2: 98, sourceAt: iso(60_000) })
    await check(id, { spo2: 85, sourceAt: iso(2 * HOUR_MS) })
    expect(await row(id)).toMatchObject({ severity: 'green', contacted_at: new Date(NOON - 60_000) })
    await nurse.post(`/api/cases/${id}/triage`, { severity: 'yellow', reason: 'seen' })
    await check(id, { feeling: 'cannot_finish_sentence', sourceAt: iso(30_000) })
    expect((await row(id)).severity).toBe('yellow')
  })

  it.each([
    ['of the day before yesterday but one', -4 * 24 * HOUR_MS, 'check_past'],
    ['of tomorrow', 24 * HOUR_MS, 'time_future'],
  ])('%s is refused, and nothing of it is kept', async (_, ahead, key) => {
    const id = await atHome()
    const { status, body } = await check(id, { spo2: 80, sourceAt: iso(-ahead) })
    expect([status, body.error.details]).toMatchObject([422, [{ path: 'sourceAt', key }]])
    expect((await one('select count(*)::int as n from checks where case_id = $1', [id])).n).toBe(0)
    expect((await row(id)).severity).toBe('green')
  })

  it.each([
    { spo2: 49 },
    { spo2: 101 },
    { spo2: 96.5 },
    { temperature: 29 },
    { temperature: 372 },
    { feeling: 'fine' },
    { case: 0 },
  ])('that cannot be is refused: %j', async (over) => {
    expect((await check(await atHome(), over)).status).toBe(400)
  })

  it.each([[{ carePlace: 'hospital' }], [{ carePlace: 'discharged' }], [{ stage: 'closed' }]])(
    'of somebody who is not at home any more is refused: %j',
    async (home) => {
      const { status, body } = await check(await atHome(home))
      expect([status, body.error.code]).toEqual([409, 'not_at_home'])
    },
  )

  it('outside the own area, or by a role that calls nobody, is refused', async () => {
    expect((await check(await atHome({ place: '5002' }))).status).toBe(404)
    expect((await check(await atHome(), {}, governor)).status).toBe(403)
    expect((await check(999_999)).status).toBe(404)
  })

  it('sent again after its answer was forgotten is one check; of a merged case, of the one it became', async () => {
    const [id, into] = [await atHome(), await atHome()]
    const body = { kind: 'check', case: id, feeling: 'same', sourceAt: iso(60_000) }
    await volunteer.post('/api/record', body, { key: 'check-key-1' })
    await database.pool.query('delete from idempotency')
    await volunteer.post('/api/record', body, { key: 'check-key-1' })
    expect((await one('select count(*)::int as n from checks where case_id = $1', [id])).n).toBe(1)
    expect((await nurse.post(`/api/cases/${id}/merge`, { into })).status).toBe(200)
    const { body: answer } = await check(id, { spo2: 97 })
    expect(answer.case).toBe(into)
  })
})

type Plan = z.infer<typeof planAnswer>
const plan = async (id: number) => (await volunteer.get(`/api/cases/${id}/care`)).body as unknown as Plan
const item = (of: Plan, name: string) => of.items.find((each) => each.item === name)

describe('the plan of a person', () => {
  it('follows from the severity, and a check is one of its calls', async () => {
    const id = await atHome({ severity: 'green' })
    expect((await plan(id)).items.map(({ item: name, due }) => [name, due])).toEqual([
      ['call', true],
      ['oximeter', true],
      ['thermometer', true],
      ['meals', true],
    ])
    await check(id)
    expect(item(await plan(id), 'call')).toMatchObject({ done: 1, timesPerDay: 2, due: true, by: 'VHV 5001' })
    await check(id)
    expect(item(await plan(id), 'call')).toMatchObject({ done: 2, due: false })
    hub.clock.at += 24 * HOUR_MS
    expect(item(await plan(id), 'call')).toMatchObject({ done: 0, due: true })
    await database.pool.query(`update cases set severity = 'yellow' where id = $1`, [id])
    expect(item(await plan(id), 'medicine')).toMatchObject({ timesPerDay: null, due: true })
  })

  it('a kit is lent once and comes back once, also after the care has ended', async () => {
    const id = await atHome()
    const step = (body: object) => volunteer.post(`/api/cases/${id}/care`, body)
    expect((await step({ item: 'oximeter', kind: 'returned' })).body.error.code).toBe('kit_not_lent')
    expect((await step({ item: 'oximeter', kind: 'lent' })).status).toBe(200)
    expect((await step({ item: 'oximeter', kind: 'lent' })).body.error.code).toBe('kit_lent')
    expect(item(await plan(id), 'oximeter')).toMatchObject({ done: 1, due: false })
    await database.pool.query(`update cases set care_place = 'hospital' where id = $1`, [id])
    expect((await plan(id)).items.map(({ item: name }) => name)).toEqual(['oximeter'])
    expect((await step({ item: 'thermometer', kind: 'lent' })).body.error.code).toBe('not_at_home')
    expect((await step({ item: 'oximeter', kind: 'returned' })).status).toBe(200)
    expect((await plan(id)).items).toEqual([])
    expect((await step({ item: 'meals', kind: 'lent' })).status).toBe(400)
  })

  it('whoever looks after somebody sees their name, each time audited, until they leave it; others of the area do not', async () => {
    const id = await atHome()
    const other = await hub.worker('volunteer', ['5001'], 'VHV other')
    const reveal = (by = volunteer) => by.post(`/api/cases/${id}/reveal`)
    expect((await reveal()).status).toBe(403)
    await volunteer.post(`/api/cases/${id}/keeper`, { keep: true })
    expect((await plan(id)).keeper).toMatchObject({ label: 'VHV 5001', mine: true })
    expect((await reveal()).status).toBe(200)
    expect((await reveal(other)).status).toBe(403)
    expect((await volunteer.get(`/api/cases/${id}`)).body.may).toContain('case.reveal')
    const audited = await one(
      `select count(*)::int as n from audit_log where action = 'case.reveal' and resource = $1`,
      [`case:${id}`],
    )
    expect(audited.n).toBe(1)
    await volunteer.post(`/api/cases/${id}/keeper`, { keep: false })
    expect((await reveal()).status).toBe(403)
  })
})

describe('a slip of the finger', () => {
  const undo = (id: number, event: number | null | undefined, by = volunteer) =>
    by.post(`/api/cases/${id}/undo`, { event })

  it('a check that turned somebody red is taken back for 30 s: who they were, no bed asked for, no call, its values gone', async () => {
    const before = iso(50 * HOUR_MS)
    const id = await atHome({ contactedAt: before })
    const { body } = await check(id, { spo2: 91, feeling: 'cannot_finish_sentence' })
    expect(await row(id)).toMatchObject({ severity: 'red', care_place: 'waiting', waiting: true })
    const other = await hub.worker('volunteer', ['5001'], 'VHV another')
    expect((await undo(id, body.event, other)).body.error.code).toBe('not_yours')
    hub.clock.at += 20_000
    expect((await undo(id, body.event)).status).toBe(200)
    expect(await row(id)).toMatchObject({
      ...{ severity: 'green', care_place: 'hi', stage: 'monitoring', waiting: false, escalated_at: null },
      contacted_at: new Date(before),
    })
    expect(item(await plan(id), 'call')).toMatchObject({ done: 0, due: true })
    expect((await nurse.post(`/api/cases/${id}/complaint`)).body).toMatchObject({ checks: [], said: [] })
    expect((await one('select count(*)::int as n from checks where case_id = $1', [id])).n).toBe(1)
    expect((await list('area=5001')).people.map((person) => person.case)).toEqual([id])
    expect((await undo(id, body.event)).status).toBe(409)
  })

  it('not later, and not when something else has happened since', async () => {
    const id = await atHome()
    const { body } = await check(id)
    hub.clock.at += 31_000
    expect((await undo(id, body.event)).body.error.code).toBe('too_late')
    const again = await check(id, { feeling: 'better', sourceAt: iso(0) })
    await check(id, { feeling: 'worse', sourceAt: iso(0) })
    expect((await undo(id, again.body.event)).body.error.code).toBe('not_possible')
  })

  it.each([
    ['oximeter', 'lent'],
    ['meals', 'done'],
  ])('%s %s is taken back', async (name, kind) => {
    const id = await atHome()
    const { body } = await volunteer.post(`/api/cases/${id}/care`, { item: name, kind })
    expect(item(body as unknown as Plan, name)).toMatchObject({ done: 1, due: false })
    expect((await undo(id, body.event)).status).toBe(200)
    expect(item(await plan(id), name)).toMatchObject({ done: 0, due: true, lastAt: null })
  })
})

describe('what is owed', () => {
  type Defaults = { severities: { severity: string; own: boolean; owed: Record<string, unknown> }[] }
  const owed = { call: 3, meals: 0, oximeter: true, thermometer: false, medicine: true }
  const set = (by: Worker, body: object) => by.post('/api/care/defaults', body)
  const green = async (by: Worker, area: string) =>
    ((await by.get(`/api/care/defaults?area=${area}`)).body as unknown as Defaults).severities.find(
      ({ severity }) => severity === 'green',
    )

  it('a province sets it for its people at once, and gives it back to the nation; each time audited', async () => {
    const office = await hub.worker('provincial_health', ['50'], 'PHO 50')
    const national = await hub.worker('national', ['TH'], 'EOC')
    const id = await atHome()
    expect(await green(office, '50')).toMatchObject({ own: false, owed: { call: 2, meals: 1 } })
    expect((await set(office, { area: '50', severity: 'green', owed })).status).toBe(200)
    expect(await green(office, '50')).toEqual({ severity: 'green', own: true, owed })
    expect(await green(national, 'TH')).toMatchObject({ owed: { call: 2, meals: 1 } })
    expect((await plan(id)).items.map((each) => [each.item, each.timesPerDay])).toEqual([
      ['call', 3],
      ['oximeter', null],
      ['medicine', null],
    ])
    expect((await set(office, { area: '50', severity: 'green', owed: null })).status).toBe(200)
    expect(await green(office, '50')).toMatchObject({ own: false })
    const { rows } = await database.pool.query(
      `select area, resource, details from audit_log where action = 'care.plan' order by at, id`,
    )
    expect(rows).toMatchObject([
      { area: '50', resource: 'care:green', details: { ...owed, own: true } },
      { area: '50', resource: 'care:green', details: { call: 2, own: false } },
    ])
    expect((await set(office, { area: '51', severity: 'green', owed })).status).toBe(403)
    expect((await set(office, { area: 'TH', severity: 'green', owed })).status).toBe(403)
    expect((await set(volunteer, { area: '50', severity: 'green', owed })).status).toBe(403)
    expect((await set(national, { area: 'TH', severity: 'green', owed: null })).status).toBe(422)
    expect((await set(national, { area: '98', severity: 'green', owed })).status).toBe(422)
  })

  it.each([{ call: 0 }, { call: 25 }, { meals: -1 }, { meals: 1.5 }, { oximeter: 'yes' }, { oxygen: true }])(
    '%j is refused',
    async (over) => {
      const national = await hub.worker('national', ['TH'], 'EOC 2')
      expect((await set(national, { area: 'TH', severity: 'red', owed: { ...owed, ...over } })).status).toBe(400)
    },
  )
})

type List = {
  people: { case: number; uncalled: boolean; place: string }[]
  places: { place: string; uncalled: number; red: number; total: number }[] | null
  total: number | null
  cursor: string | null
}
const list = async (query: string, by = volunteer) => (await by.get(`/api/care?${query}`)).body as unknown as List

describe('who was not called today', () => {
  it('number, list and SQL are the same people, the worst sub-district and the longest silence first', async () => {
    const today = iso(HOUR_MS)
    const called = await atHome({ contactedAt: today })
    const green = await atHome({ contactedAt: iso(30 * HOUR_MS) })
    const longer = await atHome({ contactedAt: iso(60 * HOUR_MS) })
    const red = await atHome({ place: '500102', severity: 'red', carePlace: 'waiting' })
    await atHome({ carePlace: 'hospital' })
    await atHome({ stage: 'closed' })
    await atHome({ place: '5002' })
    const found = await list('area=5001')
    expect(found.people.map((person) => person.case)).toEqual([red, longer, green])
    expect(found.total).toBe(3)
    expect(found.places).toEqual([
      { place: '500102', total: 1, uncalled: 1, red: 1 },
      { place: '500101', total: 3, uncalled: 2, red: 0 },
    ])
    const sql =
      await one(`select count(*)::int as n from cases where district = '5001' and care_place in ('hi', 'ci', 'waiting')
      and outcome = 'none' and stage <> 'closed' and coalesce(contacted_at, '-infinity') < '2021-11-12T00:00:00+07'`)
    expect(sql.n).toBe(found.total)
    expect((await list('area=5001&show=all')).people).toHaveLength(4)
    expect((await list('area=500102')).people.map((person) => person.case)).toEqual([red])
    await check(green)
    expect((await list('area=5001')).people.map((person) => person.case)).toEqual([red, longer])
    expect((await list('area=5001&show=all')).people.find((person) => person.case === called)?.uncalled).toBe(false)
  })

  it('goes through all pages without a repeat or a gap; midnight in Bangkok begins the day', async () => {
    for (let i = 0; i < 7; i++) await atHome({ contactedAt: iso((24 + i) * HOUR_MS) })
    const seen: number[] = []
    let cursor = ''
    do {
      const page = await list(`area=5001&limit=3${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.people.map((person) => person.case))
      cursor = page.cursor ?? ''
    } while (cursor !== '')
    expect(new Set(seen).size).toBe(7)
    expect((await volunteer.get('/api/care?area=5001&cursor=x')).status).toBe(400)
    await database.pool.query(`update cases set contacted_at = '2021-11-11T23:59:59+07' where id = $1`, [seen[0]])
    await database.pool.query(`update cases set contacted_at = '2021-11-12T00:00:00+07' where id = $1`, [seen[1]])
    const due = (await list('area=5001')).people.map((person) => person.case)
    expect(due).toContain(seen[0])
    expect(due).not.toContain(seen[1])
  })
})

describe('the person answers on their status page', () => {
  async function asked(): Promise<{ code: string; id: number }> {
    const { body } = await hub.anyone.post('/api/help', {
      language: 'my',
      consent: { given: true, version: '2026-11' },
      needs: ['food'],
      place: { area: '500101' },
    })
    const { id } = await one('select max(id) as id from cases')
    return { code: body.code, id: Number(id) }
  }
  const answer = (code: string, body: object) => hub.anyone.post('/api/help/check', body, { code })
  const status = async (code: string) =>
    (await hub.anyone.get('/api/help/status', { code })).body as unknown as { check: { lastAt: number | null } | null }

  it('in care at home alone; a worrying answer turns them red and shows on the board, and is no human contact', async () => {
    const { code, id } = await asked()
    expect((await status(code)).check).toBeNull()
    expect((await answer(code, { feeling: 'same' })).body.error.code).toBe('not_at_home')
    await database.pool.query(
      `update cases set care_place = 'hi', stage = 'monitoring', severity = 'green' where id = $1`,
      [id],
    )
    expect((await status(code)).check).toEqual({ lastAt: null })
    hub.clock.at += 60_000
    const told = await answer(code, { feeling: 'worse', spo2: 91, temperature: 38.5 })
    expect(told.status).toBe(200)
    expect(await row(id)).toMatchObject({ severity: 'red', care_place: 'waiting', contacted_at: null })
    expect((await row(id)).escalated_at).toEqual(new Date(hub.clock.at))
    expect((await status(code)).check).toEqual({ lastAt: hub.clock.at })
    expect((await nurse.post(`/api/cases/${id}/complaint`)).body).toMatchObject({
      checks: [{ own: true, danger: true }],
    })
  })

  it('a second answer within ten minutes waits; a wrong code and wrong values are refused', async () => {
    const { code, id } = await asked()
    await database.pool.query(`update cases set care_place = 'ci', stage = 'monitoring' where id = $1`, [id])
    expect((await answer(code, { feeling: 'same' })).status).toBe(200)
    hub.clock.at += 60_000
    expect((await answer(code, { feeling: 'same' })).body.error).toMatchObject({
      code: 'too_many',
      details: { seconds: 540 },
    })
    hub.clock.at += 10 * 60_000
    expect((await answer(code, { feeling: 'better' })).status).toBe(200)
    expect((await answer('ZZZZ-ZZZZ', { feeling: 'same' })).status).toBe(404)
    expect((await answer(code, { feeling: 'same', spo2: 12 })).status).toBe(400)
    expect((await answer(code, {})).status).toBe(400)
  })
})
