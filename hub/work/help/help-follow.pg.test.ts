import { beforeEach, describe, expect, it } from 'vitest'
import { deviceOf, openCases } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import { openTable } from '../../../tests/support/people.ts'

let address = 0
const { database, hub } = await drillHubForFile()
const anyone = hub.anyone
const nurse = await hub.worker('triage', ['50'], 'Triage 50')
const chief = await hub.worker('provincial_health', ['50'], 'Province 50')
const responder = await hub.worker('responder', ['50'], 'Rescue 1')

beforeEach(() => {
  hub.clock.at += 60_000
})

async function rows(sql: string, values: unknown[] = []) {
  return (await database.pool.query(sql, values)).rows
}
const caseRow = async (id: number) => (await rows('select * from cases where id = $1', [id]))[0]

type Asked = { readonly code: string; readonly device: string; readonly case: number; readonly need: number }

async function ask(over: Record<string, unknown> = {}): Promise<Asked> {
  const asked = await anyone.post(
    '/api/help',
    {
      language: 'en',
      consent: { given: true, version: '2026-11' },
      needs: ['food'],
      symptoms: ['fever'],
      place: { area: '5001' },
      ...over,
    },
    { address: `203.0.113.${++address}` },
  )
  if (asked.status !== 201) throw new Error(`the request was answered ${asked.status}`)
  const [made] = await rows('select case_id, id from needs order by id desc limit 1')
  return { code: asked.body.code, device: deviceOf(asked), case: made.case_id, need: made.id }
}

async function other(district: string, kind = 'bed'): Promise<{ case: number; need: number }> {
  const [made] = await openCases(database, 1, { district, kind, severity: 'green' })
  if (made === undefined) throw new Error('no case was made')
  return made
}

const status = async ({ code }: Asked) => (await anyone.get('/api/help/status', { code })).body as unknown as Seen
const more = ({ code }: Asked, body: object) => anyone.post('/api/help/more', body, { code })
const cancel = ({ code, device: cookie }: Asked) => anyone.post('/api/help/cancel', {}, { code, cookie })
type Seen = {
  readonly state: string
  readonly severity: string
  readonly place: string
  readonly changedAt: number
  readonly needs: readonly { readonly kind: string; readonly holder: string | null }[]
}

async function merge(from: number, into: number): Promise<void> {
  const { status: answered } = await nurse.post(`/api/cases/${from}/merge`, { into })
  if (answered !== 200) throw new Error(`the merge was answered ${answered}`)
}

it('the person is told how often their data was opened and by whom, without a name, also of what was merged', async () => {
  const asked = await ask()
  const opened = async () =>
    ((await anyone.get('/api/help/status', { code: asked.code })).body as unknown as { opened: unknown }).opened
  expect(await opened()).toEqual([])
  for (let i = 0; i < 2; i++) expect((await chief.post(`/api/cases/${asked.case}/reveal`)).status).toBe(200)
  expect((await nurse.post(`/api/cases/${asked.case}/complaint`)).status).toBe(200)
  const told = [
    { by: 'hotline', times: 1 },
    { by: 'office', times: 2 },
  ]
  expect(await opened()).toEqual(told)
  await merge(asked.case, (await other('5001')).case)
  expect(await opened()).toEqual(told)
})

describe('after a merge', () => {
  it('into another district the person sees who helps, and what they add reaches them', async () => {
    const asked = await ask()
    const into = await other('5002')
    await merge(asked.case, into.case)
    expect(await status(asked)).toMatchObject({ state: 'received', place: '5002', needs: [{}, {}] })
    await responder.post(`/api/needs/${into.need}/claim`)
    expect(await status(asked)).toMatchObject({ state: 'being_handled' })
    expect((await more(asked, { note: 'it got worse', needs: ['oxygen'], symptoms: ['drowsy'] })).status).toBe(200)
    expect(await caseRow(into.case)).toMatchObject({ severity: 'red', heard_at: new Date(hub.clock.at) })
    expect(await openTable(database.pool, 'case_private')).toContainEqual(
      expect.objectContaining({ case_id: into.case, notes: 'it got worse' }),
    )
    expect(await rows(`select district from needs where case_id = $1 and kind = 'oxygen'`, [into.case])).toEqual([
      { district: '5002' },
    ])
    expect((await caseRow(asked.case)).heard_at).toBeNull()
  })

  it('and another merge, over three districts, the last case is the one that is seen, added to and cancelled', async () => {
    const asked = await ask()
    const second = await other('5002')
    const third = await other('5003', 'medicine')
    await merge(asked.case, second.case)
    await merge(second.case, third.case)
    expect((await status(asked)).needs.map(({ kind }) => kind).sort()).toEqual(['bed', 'food', 'medicine'])
    expect((await more(asked, { risks: ['age60'] })).status).toBe(200)
    expect(await caseRow(third.case)).toMatchObject({ risk608: true, severity: 'yellow' })
    expect(await cancel(asked)).toMatchObject({ status: 200, body: { state: 'cancelled', stage: 'closed' } })
    expect(await caseRow(third.case)).toMatchObject({ stage: 'closed', closed_reason: 'cancelled' })
  })

  it('of two requests, taking back one ends nothing for the other: people decide', async () => {
    const mother = await ask({ place: { area: '5001' } })
    const son = await ask({ place: { area: '5002' }, needs: ['bed'] })
    await merge(mother.case, son.case)
    expect((await cancel(mother)).body).toMatchObject({ state: 'cancelling' })
    expect(await caseRow(son.case)).toMatchObject({ stage: 'reported', escalated_at: new Date(hub.clock.at) })
    expect(await status(son)).toMatchObject({ state: 'received' })
    expect((await cancel(mother)).status).toBe(409)
    hub.clock.at += 1000
    expect((await cancel(son)).body).toMatchObject({ state: 'cancelled' })
    expect(await status(mother)).toMatchObject({ state: 'cancelled' })
  })
})

describe('after a cancel', () => {
  it('a case that staff open again is alive for the person too, and can be cancelled again', async () => {
    const asked = await ask()
    await cancel(asked)
    expect(await status(asked)).toMatchObject({ state: 'cancelled' })
    await nurse.post(`/api/cases/${asked.case}/reopen`, { reason: 'worse_again', needs: ['bed'] })
    expect(await status(asked)).toMatchObject({ state: 'received' })
    expect((await more(asked, { note: 'still here' })).status).toBe(200)
    expect(await cancel(asked)).toMatchObject({ status: 200, body: { state: 'cancelled' } })
  })

  it('while an ambulance is on its way the person is told that people decide, until somebody has reached them', async () => {
    const asked = await ask()
    await database.pool.query(
      `insert into transfers (case_id, district, level, requested_label, requested_at, updated_at)
       values ($1, '5001', '3', 'Test', now(), now())`,
      [asked.case],
    )
    expect((await cancel(asked)).body).toMatchObject({ state: 'cancelling', stage: 'reported' })
    expect((await cancel(asked)).status).toBe(409)
    hub.clock.at += 1000
    await responder.post(`/api/needs/${asked.need}/claim`)
    const contact = { channel: 'phone', result: 'reached' }
    expect((await responder.post(`/api/cases/${asked.case}/contacts`, contact)).status).toBe(200)
    expect(await status(asked)).toMatchObject({ state: 'being_handled' })
  })
})

describe('a bed that is found', () => {
  it('is told with its place and the time of each step, and arriving is no end', async () => {
    const asked = await ask()
    const beds = await hub.worker('bed_coordinator', ['50'], 'Beds 50')
    const { rows } = await database.pool.query<{ id: number }>(
      `with made as (insert into facilities (code, district, kind, name_th, name_en)
         values ('found', '5001', 'hospital', 'รพ.', 'Hospital Found') returning id, district)
       insert into beds (facility_id, level, district, staffed, available, occupied, reported_at)
         select id, '3', district, 1, 1, 0, '2021-11-01' from made returning facility_id as id`,
    )
    const times: number[] = []
    const go = async (work: () => Promise<{ status: number }>) => {
      hub.clock.at += 60_000
      times.push(hub.clock.at)
      expect((await work()).status).toBe(200)
    }
    await go(() => responder.post(`/api/needs/${asked.need}/claim`))
    const level = { level: '3', facility: rows[0]?.id }
    const { transfer } = (await responder.post(`/api/cases/${asked.case}/transfers`, level)).body
    await beds.post(`/api/transfers/${transfer.id}/approve`)
    expect(await status(asked)).toMatchObject({ bed: null, takenAt: times[0] })
    await go(() => beds.post(`/api/transfers/${transfer.id}/accept`))
    await beds.post(`/api/transfers/${transfer.id}/transport`)
    await go(() => beds.post(`/api/transfers/${transfer.id}/depart`))
    await go(() => beds.post(`/api/transfers/${transfer.id}/arrive`))
    const [takenAt, foundAt, onTheWayAt, arrivedAt] = times
    expect(await status(asked)).toMatchObject({
      state: 'being_handled',
      takenAt,
      bed: { nameEn: 'Hospital Found', foundAt, onTheWayAt, arrivedAt },
    })
  })
})

describe('what a person adds', () => {
  it('marks the case for boards, without what was said', async () => {
    const asked = await ask()
    expect((await caseRow(asked.case)).heard_at).toBeNull()
    hub.clock.at += 5000
    const answer = await more(asked, { note: 'we moved to the temple' })
    expect(answer.body).toMatchObject({ changedAt: hub.clock.at })
    expect((await caseRow(asked.case)).heard_at).toEqual(new Date(hub.clock.at))
    const seen = await nurse.get(`/api/cases/${asked.case}`)
    expect(seen.body.case).toMatchObject({ heardAt: hub.clock.at })
  })

  it('that turns a case red leaves its holder no more time than red has', async () => {
    const asked = await ask()
    await responder.post(`/api/needs/${asked.need}/claim`)
    await more(asked, { symptoms: ['drowsy'] })
    const [need] = await rows('select lease_until from needs where id = $1', [asked.need])
    expect(need.lease_until).toEqual(new Date(hub.clock.at + 15 * 60_000))
  })

  it('may be the risk alone, and says what symptoms there are in the history', async () => {
    const asked = await ask()
    expect((await more(asked, { risks: ['pregnant'] })).status).toBe(200)
    expect(await caseRow(asked.case)).toMatchObject({ risk608: true, severity: 'yellow' })
    await more(asked, { symptoms: ['cough', 'fever'], spo2: 97 })
    expect((await caseRow(asked.case)).risk608).toBe(true)
    const [event] = await rows(`select details from case_events where case_id = $1 order by id desc limit 1`, [
      asked.case,
    ])
    expect(event.details).toMatchObject({ symptoms: 'cough,fever', spo2: 97, worse: false })
    expect((await more(asked, {})).status).toBe(400)
  })
})

/** Fires two commands that meet at a case which is held, so that they get it in this order. */
async function meet<A, B>(id: number, first: () => Promise<A>, second: () => Promise<B>): Promise<[A, B]> {
  const holder = await database.pool.connect()
  const waiting = async (count: number) => {
    for (let tries = 0; tries < 400; tries++) {
      const [{ n }] = await rows(
        `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      if (n >= count) return
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    throw new Error(`${count} commands did not wait for the case`)
  }
  try {
    await holder.query('begin')
    await holder.query('select from cases where id = $1 for update', [id])
    const one = first()
    await waiting(1)
    const two = second()
    await waiting(2)
    await holder.query('commit')
    return await Promise.all([one, two])
  } finally {
    await holder.query('rollback')
    holder.release()
  }
}

it('what was added before a merge is still news after it', async () => {
  const asked = await ask()
  await more(asked, { note: 'x' })
  const into = await other('5002')
  await merge(asked.case, into.case)
  expect((await caseRow(into.case)).heard_at).toEqual(new Date(hub.clock.at))
})

describe('at the same moment', () => {
  it('a cancel and a close free one bed, and the later of them is told', async () => {
    const asked = await ask()
    const [{ id: facility }] = await rows(
      `insert into facilities (code, district, kind, name_th, name_en) values ('meet', '5001', 'hospital', 'ก', 'A') returning id`,
    )
    await database.pool.query(
      `insert into beds (facility_id, level, district, staffed, available, occupied) values ($1, '3', '5001', 5, 2, 3)`,
      [facility],
    )
    await database.pool.query(`update cases set facility_id = $1, bed_level = '3', stage = 'in_care' where id = $2`, [
      facility,
      asked.case,
    ])
    const [closed, cancelled] = await meet(
      asked.case,
      () => chief.post(`/api/cases/${asked.case}/close`, { reason: 'helped' }),
      () => cancel(asked),
    )
    expect([closed.status, cancelled.status]).toEqual([200, 409])
    expect(await rows('select occupied, cleaning from beds where facility_id = $1', [facility])).toEqual([
      { occupied: 2, cleaning: 1 },
    ])
    expect(await caseRow(asked.case)).toMatchObject({ closed_reason: 'helped' })
    expect(await status(asked)).toMatchObject({ state: 'ended' })
  })

  it('a nurse’s word is not written over by what the person adds', async () => {
    const asked = await ask()
    const [triaged, added] = await meet(
      asked.case,
      () => nurse.post(`/api/cases/${asked.case}/triage`, { severity: 'red' }),
      () => more(asked, { symptoms: ['breathless_on_exertion'] }),
    )
    expect([triaged.status, added.status]).toEqual([200, 200])
    expect(await caseRow(asked.case)).toMatchObject({ severity: 'red', stage: 'triaged' })
  })
})
