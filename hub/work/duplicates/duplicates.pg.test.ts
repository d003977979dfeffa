import { describe, expect, it } from 'vitest'
import { openCases, type Worker } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import { keepPerson } from '../../../tests/support/people.ts'

const { database, hub } = await drillHubForFile()
const nurse = await hub.worker('triage', ['50'], 'Triage 50')
const hotline = await hub.worker('hotline', ['50'], '1330-1')
const chief = await hub.worker('district_chief', ['5001'], 'District 5001')
const responder = await hub.worker('responder', ['50'], 'Rescue 1')
type Made = { readonly case: number; readonly need: number }

async function caseOf(phone: string | null, { district = '5001', severity = 'green', kind = 'food' } = {}) {
  const [made] = await openCases(database, 1, { district, severity, kind })
  if (made === undefined) throw new Error('no case was made')
  await keepPerson(database.pool, made.case, { name: 'Test', phone: phone ?? undefined })
  return made
}

const path = (one: Made, rest: string) => `/api/cases/${one.case}/${rest}`
const likelyTo = async (worker: Worker, one: Made) => {
  const { body } = await worker.get(path(one, 'duplicates'))
  return body.likely.map((found) => found.case)
}

describe('likely duplicates of a case', () => {
  it('are shown to whoever may merge both, with nothing of the person, and to nobody else', async () => {
    const one = await caseOf('+66000000001')
    const same = await caseOf('+66000000001')
    const elsewhere = await caseOf('+66000000001', { district: '5002' })
    await caseOf('+66000000002', { district: '5003' })
    expect(await likelyTo(chief, one)).toEqual([same.case])
    for (const worker of [nurse, hotline]) {
      const { body } = await worker.get(path(one, 'duplicates'))
      expect(new Set(body.likely.map((found) => found.case))).toEqual(new Set([same.case, elsewhere.case]))
      expect(JSON.stringify(body)).not.toMatch(/66000000001|Test/)
      expect((await worker.post(path(one, 'reveal'))).status).toBe(403)
    }
    // Holding a need shows one's own person, not who else is the same.
    await responder.post(`/api/needs/${one.need}/claim`)
    expect((await responder.get(path(one, 'duplicates'))).status).toBe(403)
  })

  it('are none for a case of which nothing is known', async () => {
    const [one] = await openCases(database, 1)
    expect(await likelyTo(chief, one ?? { case: 0, need: 0 })).toEqual([])
  })
})

describe('the page of a case', () => {
  it('says who acts in a holder’s place: a supervisor, and not whoever holds another need of it', async () => {
    const one = await caseOf(null)
    await responder.post(`/api/needs/${one.need}/claim`)
    const { body } = await responder.get(`/api/cases/${one.case}`)
    expect(body.may).toContain('case.release')
    expect(body.supervises).toBe(false)
    expect((await chief.get(`/api/cases/${one.case}`)).body.supervises).toBe(true)
  })
})

describe('a merge', () => {
  it('is taken back: needs return with their holders, and the other case has its severity again', async () => {
    const from = await caseOf(null, { severity: 'red', kind: 'oxygen' })
    const into = await caseOf(null, { district: '5002', severity: 'green', kind: 'food' })
    await nurse.post(path(from, 'needs'), { needs: ['food'] })
    await nurse.post(path(from, 'escalate'), { reason: 'worse' })
    await responder.post(`/api/needs/${from.need}/claim`)
    hub.clock.at += 1_000
    const merged = await nurse.post(path(from, 'merge'), { into: into.case })
    expect((await nurse.get(`/api/cases/${into.case}`)).body.case.severity).toBe('red')
    expect((await chief.post(path(from, 'undo'), { event: merged.body.event })).status).toBe(403)
    const undone = await nurse.post(path(from, 'undo'), { event: merged.body.event })
    expect(undone.body.case).toMatchObject({ stage: 'reported', mergedInto: null, onBoard: true })
    const [one, other] = await Promise.all([from, into].map(({ case: id }) => nurse.get(`/api/cases/${id}`)))
    const needs = one?.body.needs.map(({ kind, status, holder }) => [kind, status, holder])
    expect(needs).toEqual([
      ['oxygen', 'claimed', 'Rescue 1'],
      ['food', 'open', null],
    ])
    const { rows } = await database.pool.query('select district from needs where id = $1', [from.need])
    expect(rows).toEqual([{ district: '5001' }])
    expect(other?.body.case.severity).toBe('green')
    expect(other?.body.needs.map(({ kind }) => kind)).toEqual(['food'])
  })

  it('keeps the need that somebody has, and takes none from its holder', async () => {
    const from = await caseOf(null, { kind: 'food' })
    const into = await caseOf(null, { kind: 'food' })
    await responder.post(`/api/needs/${from.need}/claim`)
    const held = await responder.get(`/api/cases/${from.case}`)
    const merged = await nurse.post(path(from, 'merge'), { into: into.case })
    expect(merged.status).toBe(200)
    const needs = (await responder.get(`/api/cases/${into.case}`)).body.needs
    expect(needs.map(({ id, status, yours }) => [id, status, yours])).toEqual([
      [from.need, 'claimed', true],
      [into.need, 'closed', false],
    ])
    expect(needs[0]?.fence).toBe(held.body.needs[0]?.fence)
    expect((await nurse.post(path(from, 'undo'), { event: merged.body.event })).status).toBe(200)
    const other = (await nurse.get(`/api/cases/${into.case}`)).body
    expect(other).toMatchObject({ case: { onBoard: true }, needs: [{ id: into.need, status: 'open' }] })
    expect((await responder.get(`/api/cases/${from.case}`)).body.needs).toMatchObject([
      { status: 'claimed', yours: true },
    ])
    await hotline.post(`/api/needs/${into.need}/claim`)
    expect(await nurse.post(path(from, 'merge'), { into: into.case })).toMatchObject({
      status: 409,
      body: { error: { code: 'held_by_others', details: { holder: 'Rescue 1', need: 'food' } } },
    })
    expect((await chief.post(path(from, 'merge'), { into: into.case })).status).toBe(200)
  })

  it('that is taken back leaves a severity that was judged since', async () => {
    const from = await caseOf(null, { severity: 'red' })
    const into = await caseOf(null, { severity: 'green' })
    const merged = await nurse.post(path(from, 'merge'), { into: into.case })
    hub.clock.at += 1_000
    await nurse.post(path(into, 'triage'), { severity: 'yellow' })
    expect((await nurse.post(path(from, 'undo'), { event: merged.body.event })).status).toBe(200)
    expect((await nurse.get(`/api/cases/${into.case}`)).body.case.severity).toBe('yellow')
  })
})

describe('the steps of a transfer', () => {
  it('are those of the state and of the role', async () => {
    const beds = await hub.worker('bed_coordinator', ['50'], 'Beds 50')
    const { rows } = await database.pool.query<{ id: number }>(
      `with made as (insert into facilities (code, district, kind, name_th, name_en)
         values ('steps', '5001', 'hospital', 'รพ.', 'Hospital') returning id, district)
       insert into beds (facility_id, level, district, staffed, available, occupied, reported_at)
         select id, '3', district, 2, 2, 0, '2021-11-01' from made returning facility_id as id`,
    )
    const one = await caseOf(null)
    const steps = async (worker: Worker) => (await worker.get(`/api/cases/${one.case}`)).body.steps
    expect(await steps(chief)).toEqual([])
    const { transfer } = (await chief.post(path(one, 'transfers'), { level: '3', facility: rows[0]?.id })).body
    expect(await steps(chief)).toEqual(['redirect', 'refuse', 'cancel', 'died'])
    expect(await steps(beds)).toEqual(['approve', 'redirect', 'refuse', 'cancel', 'died'])
    expect(await steps(nurse)).toEqual([])
    expect((await nurse.get(`/api/cases/${one.case}`)).body.outcomes).toEqual([])
    expect((await chief.get(`/api/cases/${one.case}`)).body.outcomes).toContain('died')
    await beds.post(`/api/transfers/${transfer.id}/approve`)
    expect(await steps(chief)).toEqual(['refuse', 'cancel', 'died'])
    expect(await steps(beds)).toEqual(['accept', 'refuse', 'cancel', 'died'])
    await beds.post(`/api/transfers/${transfer.id}/refuse`, { reason: 'no_bed' })
    const { body } = await beds.get(`/api/cases/${one.case}`)
    expect(body).toMatchObject({ steps: [], transfer: null, lastTransfer: { rejectedReason: 'no_bed' } })
  })
})
