import { describe, expect, it } from 'vitest'
import { openCases } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'

const MINUTE_MS = 60_000

const { database, hub } = await drillHubForFile()
const chief = await hub.worker('district_chief', ['5001'], 'District 5001')
const nurse = await hub.worker('triage', ['50'], 'Triage 50')
const beds = await hub.worker('bed_coordinator', ['50'], 'Beds 50')
const responder = await hub.worker('responder', ['50'], 'Rescue 1')
const at = (id: number, command: string) => `/api/cases/${id}/${command}`

async function oneCase(severity = 'yellow', kind = 'medicine') {
  const [made] = await openCases(database, 1, { severity, kind })
  return made!
}

async function hospital(): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `with made as (insert into facilities (code, district, kind, name_th, name_en)
       values (gen_random_uuid(), '5001', 'hospital', 'รพ.', 'Hospital') returning id)
     insert into beds (facility_id, level, district, staffed, available, occupied, reported_at)
     select id, '3', '5001', 2, 2, 0, '2021-11-01' from made returning facility_id as id`,
  )
  return rows[0]?.id ?? 0
}

async function bedsAt(id: number) {
  const { rows } = await database.pool.query('select available, occupied, cleaning from beds where facility_id = $1', [
    id,
  ])
  return rows[0]
}

const facts = async (id: number) => (await chief.get(`/api/cases/${id}`)).body.case

/** Does something to a case as the chief, takes it back, and @returns the case before and after. */
async function doneAndUndone(id: number, command: string, body: object) {
  const before = await facts(id)
  hub.clock.at += MINUTE_MS
  const done = await chief.post(at(id, command), body)
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  const undone = await chief.post(at(id, 'undo'), { event: done.body.event })
  expect(undone.status, JSON.stringify(undone.body)).toBe(200)
  return { before, done: done.body.case, after: await facts(id) }
}

describe('a mis-tap is taken back', () => {
  it.each([
    ['contacts', { channel: 'phone', result: 'reached', note: 'x' }],
    ['contacts', { channel: 'phone', result: 'no_answer' }],
    ['escalate', { reason: 'worse' }],
    ['verify', {}],
    ['outcome', { outcome: 'recovered' }],
    ['close', { reason: 'invalid' }],
    ['triage', { severity: 'red', risk608: true, classification: 'confirmed' }],
    ['place', { place: 'hi' }],
  ])('%s %j: the case is as it was', async (command, body) => {
    const { case: id } = await oneCase()
    const { before, after } = await doneAndUndone(id, command, body)
    expect(after).toEqual(before)
  })

  it('a contact: the clock since the last one and what was escalated stand again, and the log has lost it', async () => {
    const { case: id } = await oneCase()
    await chief.post(at(id, 'contacts'), { channel: 'visit', result: 'reached' })
    hub.clock.at += MINUTE_MS
    await chief.post(at(id, 'escalate'), { reason: 'worse' })
    const { before, done, after } = await doneAndUndone(id, 'contacts', { channel: 'phone', result: 'reached' })
    expect(done).toMatchObject({ escalatedAt: null, contactedAt: hub.clock.at })
    expect(after).toEqual(before)
    expect(after).toMatchObject({ escalatedAt: expect.any(Number), contactedAt: hub.clock.at - 2 * MINUTE_MS })
    const { contacts } = (await chief.get(`/api/cases/${id}`)).body as unknown as { contacts: { channel: string }[] }
    expect(contacts.map(({ channel }) => channel)).toEqual(['visit'])
  })

  it('a reopening, unless somebody works on it already', async () => {
    const { case: id } = await oneCase()
    await chief.post(at(id, 'close'), { reason: 'helped', outcome: 'recovered' })
    const again = { reason: 'worse_again', needs: ['oxygen'] }
    const { before, after } = await doneAndUndone(id, 'reopen', again)
    expect(after).toEqual(before)
    const reopened = await chief.post(at(id, 'reopen'), again)
    const need = (await responder.get(`/api/cases/${id}`)).body.needs.find(({ status }) => status === 'open')
    await responder.post(`/api/needs/${need?.id}/claim`)
    expect(await chief.post(at(id, 'undo'), { event: reopened.body.event })).toMatchObject({
      status: 409,
      body: { error: { code: 'not_possible' } },
    })
    expect(await facts(id)).toMatchObject({ stage: 'verified', onBoard: true })
  })

  it('an escalation that had opened an ended case again', async () => {
    const { case: id } = await oneCase()
    await chief.post(at(id, 'close'), { reason: 'unreachable' })
    const { before, done, after } = await doneAndUndone(id, 'escalate', { reason: 'danger' })
    expect(done.stage).toBe('verified')
    expect(after).toEqual(before)
  })

  it('a triage: the lease it had shortened is whole again', async () => {
    const { case: id, need } = await oneCase('green')
    const claimed = await responder.post(`/api/needs/${need}/claim`)
    const red = await nurse.post(at(id, 'triage'), { severity: 'red' })
    const lease = async () => (await responder.get(`/api/cases/${id}`)).body.needs[0]?.leaseUntil
    expect(await lease()).toBe(hub.clock.at + 15 * MINUTE_MS)
    await nurse.post(at(id, 'undo'), { event: red.body.event })
    expect(await lease()).toBe(claimed.body.need.leaseUntil)
  })

  it('a triage and a placing: who took the responsibility for red at home does so again', async () => {
    const { case: id } = await oneCase('red')
    await beds.post(at(id, 'place'), { place: 'hi', override: 'ER 1, Dr on duty' })
    const triaged = await doneAndUndone(id, 'triage', { severity: 'green' })
    expect(triaged.done.override).toBeNull()
    expect(triaged.after).toEqual(triaged.before)
    const placed = await doneAndUndone(id, 'place', { place: 'waiting' })
    expect(placed.after).toMatchObject({ override: 'ER 1, Dr on duty', carePlace: 'hi' })
    const history = JSON.stringify((await chief.get(at(id, 'events'))).body)
    expect(history).not.toContain('Dr on duty')
  })
})

describe('merging a red case into one at home', () => {
  it('sends it to the queue for beds, as a triage does, and its undo home again', async () => {
    const { case: from } = await oneCase('red', 'food')
    const { case: into } = await oneCase('green')
    await beds.post(at(into, 'place'), { place: 'hi' })
    const before = await facts(into)
    hub.clock.at += MINUTE_MS
    const merged = await chief.post(at(from, 'merge'), { into })
    expect(await facts(into)).toMatchObject({ severity: 'red', carePlace: 'waiting', stage: 'waiting', override: null })
    const needs = (await chief.get(`/api/cases/${into}`)).body.needs
    expect(needs.map(({ kind }) => kind).sort()).toEqual(['bed', 'food', 'medicine'])
    expect((await chief.post(at(from, 'undo'), { event: merged.body.event })).status).toBe(200)
    expect(await facts(into)).toEqual({ ...before, severityAt: hub.clock.at })
  })
})

describe('merging a case that lies in a bed', () => {
  async function inBed(facility: number) {
    const { case: id } = await oneCase('red')
    await beds.post(at(id, 'place'), { place: 'hospital', facility, level: '3' })
    return id
  }

  it('gives the bed to the other case, and its undo gives it back', async () => {
    const facility = await hospital()
    const from = await inBed(facility)
    const { case: into } = await oneCase('red', 'food')
    const before = [await facts(from), await facts(into)]
    const merged = await chief.post(at(from, 'merge'), { into })
    expect(merged.body.case).toMatchObject({ stage: 'duplicate', facility: null })
    expect(await facts(into)).toMatchObject({ carePlace: 'hospital', facility, bedLevel: '3', stage: 'in_care' })
    expect(await bedsAt(facility)).toEqual({ available: 1, occupied: 1, cleaning: 0 })
    expect((await chief.post(at(from, 'undo'), { event: merged.body.event })).status).toBe(200)
    expect([await facts(from), await facts(into)]).toEqual(before)
    await chief.post(at(from, 'merge'), { into })
    await beds.post(at(into, 'place'), { place: 'discharged' })
    expect(await bedsAt(facility)).toEqual({ available: 1, occupied: 0, cleaning: 1 })
  })

  it('leaves it when the other case has one', async () => {
    const facility = await hospital()
    const [from, into] = [await inBed(facility), await inBed(facility)]
    const merged = await chief.post(at(from, 'merge'), { into })
    expect(await bedsAt(facility)).toEqual({ available: 0, occupied: 1, cleaning: 1 })
    await chief.post(at(from, 'undo'), { event: merged.body.event })
    expect(await bedsAt(facility)).toEqual({ available: 0, occupied: 2, cleaning: 0 })
    expect(await facts(from)).toMatchObject({ facility, bedLevel: '3', stage: 'in_care' })
  })
})
