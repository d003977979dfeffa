import { describe, expect, it } from 'vitest'
import { openCases, type Worker } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await drillHubForFile()
const nurse = await hub.worker('triage', ['50'], 'Triage 50')
const beds = await hub.worker('bed_coordinator', ['50'], 'Beds 50')
const receiving = await hub.worker('bed_coordinator', ['10'], 'Beds 10')
const chief = await hub.worker('district_chief', ['5001'], 'District 5001')
const responder = await hub.worker('responder', ['50'], 'Rescue 1')
const facilityId: number = await facility('5001', 'hospital')
const foreignFacility: number = await facility('1001', 'hospital')

async function facility(district: string, kind: string, available = 1): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into facilities (code, district, kind, name_th, name_en) values (gen_random_uuid(), $1, $2, 'รพ.', 'Hospital') returning id`,
    [district, kind],
  )
  const id = rows[0]?.id ?? 0
  await database.pool.query(
    `insert into beds (facility_id, level, district, staffed, available, occupied, reported_at) values ($1, '3', $2, $3, $3, 0, '2021-11-01')`,
    [id, district, available],
  )
  return id
}

async function bedsAt(id: number) {
  const { rows } = await database.pool.query<{ available: number; held: number; occupied: number; cleaning: number }>(
    `select available, held, occupied, cleaning from beds where facility_id = $1 and level = '3'`,
    [id],
  )
  return rows[0]
}

async function oneCase(severity = 'yellow', kind = 'bed') {
  const [made] = await openCases(database, 1, { severity, kind })
  if (made === undefined) throw new Error('no case was made')
  return made
}

const at = (id: number, command: string) => `/api/cases/${id}/${command}`

describe('triage', () => {
  it('moves both ways, timed, and shortens the lease of what is held', async () => {
    const { case: id, need } = await oneCase('green', 'medicine')
    const claim = await responder.post(`/api/needs/${need}/claim`)
    hub.clock.at += 1000
    const red = await nurse.post(at(id, 'triage'), { severity: 'red', risk608: true })
    expect(red.body.case).toMatchObject({ severity: 'red', risk608: true, severityAt: hub.clock.at, stage: 'triaged' })
    const held = (await responder.get(`/api/cases/${id}`)).body.needs[0]
    expect(held?.leaseUntil).toBe(hub.clock.at + 15 * 60_000)
    expect(held?.leaseUntil).toBeLessThan(claim.body.need.leaseUntil ?? 0)
    expect((await nurse.post(at(id, 'triage'), { severity: 'green' })).body.case.severity).toBe('green')
    expect((await responder.post(at(id, 'triage'), { severity: 'red' })).status).toBe(403)
  })

  it('of a case at home that turns red puts it into the queue for beds, with a need for one', async () => {
    const { case: id } = await oneCase('green', 'medicine')
    await beds.post(at(id, 'place'), { place: 'hi' })
    const { body } = await nurse.post(at(id, 'triage'), { severity: 'red' })
    expect(body.case).toMatchObject({ carePlace: 'waiting', stage: 'waiting', override: null })
    const needs = (await beds.get(`/api/cases/${id}`)).body.needs
    expect(needs.map((need) => need.kind).sort()).toEqual(['bed', 'medicine'])
    const undone = await nurse.post(at(id, 'undo'), { event: body.event })
    expect(undone.body.case).toMatchObject({ carePlace: 'hi', severity: 'green', stage: 'monitoring' })
  })
})

describe('the place of care', () => {
  it('of a red case is home only when somebody named overrides it', async () => {
    const { case: id } = await oneCase('red')
    expect(await beds.post(at(id, 'place'), { place: 'hi' })).toMatchObject({
      status: 422,
      body: { error: { code: 'override_needed' } },
    })
    const placed = await beds.post(at(id, 'place'), { place: 'hi', override: 'ER 1, Dr on duty' })
    expect(placed.body.case).toMatchObject({ carePlace: 'hi', override: 'ER 1, Dr on duty' })
  })

  it('in a hospital takes a bed that is available, and the last one only once', async () => {
    const hospital = await facility('5001', 'hospital', 1)
    const first = await oneCase('red')
    const second = await oneCase('red')
    const input = { place: 'hospital', facility: hospital, level: '3' }
    expect((await beds.post(at(first.case, 'place'), { place: 'hospital' })).body.error.code).toBe('bed_needed')
    const replies = await Promise.all([first, second].map(({ case: id }) => beds.post(at(id, 'place'), input)))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(replies.find(({ status }) => status === 409)?.body.error.code).toBe('no_bed_available')
    expect(await bedsAt(hospital)).toMatchObject({ available: 0, occupied: 1 })
    const inBed = replies[0]?.status === 200 ? first.case : second.case
    await beds.post(at(inBed, 'place'), { place: 'discharged' })
    expect(await bedsAt(hospital)).toMatchObject({ available: 0, occupied: 0, cleaning: 1 })
  })

  it('must be of the kind that the facility is, in the own area', async () => {
    const { case: id } = await oneCase('red')
    for (const facility of [facilityId, foreignFacility, 999_999]) {
      const { status, body } = await beds.post(at(id, 'place'), { place: 'hospitel', facility, level: '3' })
      expect([status, body.error.code]).toEqual([422, 'invalid_input'])
    }
  })
})

describe('a transfer', () => {
  it('to another province: approved, accepted with a held bed, on its way, arrived', async () => {
    const destination = await facility('1001', 'hospital')
    const staff = await hub.worker('facility_staff', ['1001'], 'Hospital 1001', destination)
    const { case: id, need } = await oneCase('red')
    const asked = await chief.post(at(id, 'transfers'), { level: '3' })
    const transfer = asked.body.transfer.id
    const step = (who: Worker, name: string, body = {}) => who.post(`/api/transfers/${transfer}/${name}`, body)
    expect((await chief.post(at(id, 'transfers'), { level: '3' })).status).toBe(409)
    expect((await step(beds, 'approve')).status).toBe(422)
    expect((await step(staff, 'accept')).status).toBe(404)
    expect((await step(beds, 'redirect', { facility: destination })).body.transfer.status).toBe('requested')
    expect((await step(beds, 'approve')).body.error.code).toBe('other_province_agrees')
    expect((await step(receiving, 'agree')).body.transfer.status).toBe('approved')
    const incoming = await staff.get(`/api/transfers?area=1001&facility=${destination}`)
    expect(incoming.body).toMatchObject({ transfers: [{ id: transfer, caseId: id }] })
    expect((await step(staff, 'accept')).body.transfer).toMatchObject({ status: 'accepted', bedHeld: true })
    expect(await bedsAt(destination)).toMatchObject({ available: 0, held: 1 })
    expect((await step(staff, 'arrive')).status).toBe(409)
    await step(beds, 'transport')
    await step(beds, 'depart')
    expect((await step(staff, 'arrive')).body.transfer).toMatchObject({ status: 'arrived', bedHeld: false })
    expect(await bedsAt(destination)).toMatchObject({ available: 0, held: 0, occupied: 1 })
    const { body } = await beds.get(`/api/cases/${id}`)
    expect(body.case).toMatchObject({ carePlace: 'hospital', facility: destination, bedLevel: '3', onBoard: false })
    expect(body.needs.find((row) => row.id === need)?.status).toBe('transferred')
    expect((await step(beds, 'cancel')).status).toBe(409)
  })

  it('that is called off, or whose patient dies, gives the bed back', async () => {
    const destination = await facility('1001', 'hospital')
    const staff = await hub.worker('facility_staff', ['1001'], 'Hospital 1001 b', destination)
    for (const [end, outcome] of [
      ['cancel', 'none'],
      ['died', 'died'],
    ] as const) {
      const { case: id } = await oneCase('red')
      const asked = await chief.post(at(id, 'transfers'), { level: '3', facility: destination })
      const transfer = `/api/transfers/${asked.body.transfer.id}`
      await receiving.post(`${transfer}/agree`)
      await staff.post(`${transfer}/accept`)
      expect(await bedsAt(destination)).toMatchObject({ available: 0, held: 1 })
      expect((await beds.post(`${transfer}/${end}`)).status).toBe(200)
      expect(await bedsAt(destination)).toMatchObject({ available: 1, held: 0 })
      expect((await beds.get(`/api/cases/${id}`)).body.case.outcome).toBe(outcome)
    }
  })

  it('is no business of a responder who holds nothing of the case', async () => {
    const { case: id, need } = await oneCase('red')
    const asked = await chief.post(at(id, 'transfers'), { level: '3', facility: foreignFacility })
    const cancel = () => responder.post(`/api/transfers/${asked.body.transfer.id}/cancel`)
    expect((await cancel()).status).toBe(403)
    expect((await responder.post(`/api/needs/${need}/close`, { reason: 'cancelled' })).status).toBe(403)
    await responder.post(`/api/needs/${need}/claim`)
    expect((await cancel()).status).toBe(200)
  })

  it('is rejected with a reason when there is no bed', async () => {
    const destination = await facility('1001', 'hospital', 0)
    const staff = await hub.worker('facility_staff', ['1001'], 'Hospital 1001 c', destination)
    const { case: id } = await oneCase('red')
    const asked = await chief.post(at(id, 'transfers'), { level: '3', facility: destination })
    const transfer = `/api/transfers/${asked.body.transfer.id}`
    await receiving.post(`${transfer}/agree`)
    expect((await staff.post(`${transfer}/accept`)).body.error.code).toBe('no_bed_available')
    expect((await staff.post(`${transfer}/reject`, {})).status).toBe(400)
    expect((await staff.post(`${transfer}/reject`, { reason: 'no_bed' })).body.transfer).toMatchObject({
      status: 'rejected',
      rejectedReason: 'no_bed',
    })
  })
})

describe('closing', () => {
  it('needs a reason, ends the needs, frees the board; reopening brings it back', async () => {
    const { case: id } = await oneCase('green', 'food')
    expect((await chief.post(at(id, 'close'), {})).status).toBe(400)
    expect((await chief.post(at(id, 'close'), { reason: 'died', outcome: 'recovered' })).status).toBe(409)
    const closed = await chief.post(at(id, 'close'), { reason: 'helped', outcome: 'recovered' })
    expect(closed.body.case).toMatchObject({
      stage: 'closed',
      closedReason: 'helped',
      outcome: 'recovered',
      outcomeDay: '2021-11-11',
      onBoard: false,
    })
    expect((await chief.post(at(id, 'close'), { reason: 'helped' })).status).toBe(409)
    const reopened = await nurse.post(at(id, 'reopen'), { reason: 'worse_again', needs: ['oxygen'] })
    expect(reopened.body.case).toMatchObject({ stage: 'verified', outcome: 'none', onBoard: true })
  })

  it('is undone with the needs it closed', async () => {
    const { case: id } = await oneCase('green', 'food')
    const closed = await chief.post(at(id, 'close'), { reason: 'helped', outcome: 'recovered' })
    const undone = await chief.post(at(id, 'undo'), { event: closed.body.event })
    expect(undone.body.case).toMatchObject({ stage: 'reported', outcome: 'none', outcomeDay: null, onBoard: true })
  })
})

describe('merging', () => {
  it('moves what is still needed, keeps both histories, and takes the more urgent severity', async () => {
    const from = await oneCase('red', 'bed')
    const into = await oneCase('green', 'food')
    await nurse.post(at(from.case, 'needs'), { needs: ['food', 'oxygen'] })
    const merged = await nurse.post(at(from.case, 'merge'), { into: into.case })
    expect(merged.body.case).toMatchObject({ stage: 'duplicate', mergedInto: into.case, onBoard: false })
    const { body } = await nurse.get(`/api/cases/${into.case}`)
    expect(body.case.severity).toBe('red')
    expect(body.needs.map((need) => need.kind).sort()).toEqual(['bed', 'food', 'oxygen'])
    const history = (await nurse.get(at(into.case, 'events'))).body.events.map((event) => event.kind)
    expect(history).toEqual(['case.needs_added', 'need.closed', 'case.absorbed', 'case.merged'])
    expect((await nurse.post(at(into.case, 'merge'), { into: into.case })).status).toBe(422)
    expect((await nurse.post(at(into.case, 'merge'), { into: from.case })).status).toBe(409)
  })
})

describe('the list behind a number', () => {
  it('has as many rows as the number says, page by page without a gap', async () => {
    await openCases(database, 7, { district: '5002', severity: 'red', kind: 'oxygen' })
    await openCases(database, 5, { district: '5002', severity: 'green', kind: 'oxygen' })
    for (const order of ['urgent', 'newest']) {
      const seen: number[] = []
      let cursor: string | number | null = ''
      while (cursor !== null) {
        const page = await nurse.get(
          `/api/cases?area=5002&metric=needs.oxygen.open&limit=5&order=${order}${cursor && `&cursor=${cursor}`}`,
        )
        expect(page.status).toBe(200)
        seen.push(...page.body.cases.map((row) => row.id))
        cursor = page.body.cursor
      }
      expect(new Set(seen).size).toBe(12)
      expect(seen).toHaveLength(12)
    }
    const urgent = await nurse.get('/api/cases?area=5002&order=urgent&board=yes&need=oxygen')
    expect(urgent.body.cases.map((row) => row.severity)).toEqual([...Array(7).fill('red'), ...Array(5).fill('green')])
  })

  it('says what is wrong with a question', async () => {
    for (const query of [
      'metric=waiting.',
      'metric=doses.1',
      'metric=cases',
      'cursor=abc',
      'severity=purple',
      'limit=0',
    ]) {
      const { status, body } = await nurse.get(`/api/cases?area=5002&${query}`)
      expect([status, body.error.code]).toEqual([400, 'invalid_input'])
    }
    expect((await nurse.get('/api/cases?area=10')).status).toBe(403)
  })
})
