import { beforeEach, describe, expect, it } from 'vitest'
import type { Worker } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'

let address = 0
const { database, hub } = await drillHubForFile()
const nurse = await hub.worker('triage', ['50'], 'Triage 50')
const responder = await hub.worker('responder', ['50'], 'Rescue 1')
const national = await hub.worker('national', ['TH'], 'Command')

beforeEach(() => {
  hub.clock.at += 60_000
})

/** Somebody in Chiang Mai asks for food. @returns the case, its need and the tracking code */
async function ask(over: object): Promise<{ id: number; need: number; code: string }> {
  const { status, body } = await hub.anyone.post(
    '/api/help',
    {
      language: 'en',
      consent: { given: true, version: '2026-11' },
      needs: ['food'],
      place: { area: '5001' },
      ...over,
    },
    { address: `203.0.113.${++address}` },
  )
  if (status !== 201) throw new Error(`the request was answered ${status}`)
  const { rows } = await database.pool.query('select case_id as id, id as need from needs order by id desc limit 1')
  return { ...rows[0], code: body.code }
}

const complaint = (who: Worker, id: number) => who.post(`/api/cases/${id}/complaint`)
const triage = (id: number, body: object) => nurse.post(`/api/cases/${id}/triage`, body)

describe('what a person says of their condition', () => {
  it('was shown nowhere: now those who triage read symptoms, saturation, risks and age, and each look is audited', async () => {
    const { id, code } = await ask({
      symptoms: ['cannot_finish_sentence'],
      risks: ['age60'],
      spo2: 91,
      birthYear: 1950,
      name: 'Somchai Test',
    })
    await hub.anyone.post('/api/help/more', { symptoms: ['fever'], risks: [] }, { code })
    const { status, body } = await complaint(nurse, id)
    expect(status).toBe(200)
    expect(body.said).toMatchObject([
      { symptoms: ['fever'], risks: [], spo2: null, age: null, danger: false },
      { symptoms: ['cannot_finish_sentence'], risks: ['age60'], spo2: 91, age: 71, danger: true, by: 'requester' },
    ])
    expect(JSON.stringify(body)).not.toContain('Somchai')
    const { rows } = await database.pool.query(
      `select actor, role, area from audit_log where action = 'case.complaint' and resource = $1`,
      [`case:${id}`],
    )
    expect(rows).toEqual([{ actor: nurse.grant?.account, role: 'triage', area: '5001' }])
  })

  it('is read by whoever says who gets a bed, audited as well', async () => {
    const { id } = await ask({ symptoms: ['drowsy'], spo2: 89 })
    const beds = await hub.worker('bed_coordinator', ['50'], 'Beds 50')
    const far = await hub.worker('bed_coordinator', ['51'], 'Beds 51')
    expect((await complaint(beds, id)).body.said).toMatchObject([{ symptoms: ['drowsy'], spo2: 89 }])
    expect((await complaint(far, id)).status).toBe(404)
    const { rows } = await database.pool.query(
      `select role from audit_log where action = 'case.complaint' and resource = $1`,
      [`case:${id}`],
    )
    expect(rows).toEqual([{ role: 'bed_coordinator' }])
  })

  it('is kept from those who neither triage nor hold, in the history too', async () => {
    const { id, need, code } = await ask({ symptoms: ['cough'] })
    await hub.anyone.post('/api/help/more', { symptoms: ['drowsy'], spo2: 93 }, { code })
    const seen = async (who: Worker) => JSON.stringify((await who.get(`/api/cases/${id}/events`)).body)
    for (const who of [responder, national]) {
      expect((await complaint(who, id)).status).toBe(403)
      expect(await seen(who)).not.toContain('drowsy')
    }
    await responder.post(`/api/needs/${need}/claim`)
    expect((await complaint(responder, id)).body.said).toHaveLength(2)
    expect(await seen(responder)).toContain('drowsy')
  })

  it('a record of a volunteer keeps it as well', async () => {
    const saved = await responder.post('/api/record', {
      kind: 'patient',
      place: { area: '5001' },
      symptoms: ['drowsy'],
      classification: 'probable',
    })
    expect((await complaint(nurse, saved.body.id)).body.said).toMatchObject([
      { symptoms: ['drowsy'], by: 'Rescue 1', danger: true },
    ])
  })
})

describe('triage against danger signs', () => {
  it('one tap made "cannot finish a sentence" yellow: a downgrade wants a reason, and keeps it', async () => {
    const { id } = await ask({ symptoms: ['cannot_finish_sentence'] })
    expect((await complaint(nurse, id)).body.reasonFor).toEqual(['yellow', 'green'])
    const refused = await triage(id, { severity: 'yellow' })
    expect([refused.status, refused.body.error.code]).toEqual([422, 'reason_needed'])
    expect((await triage(id, { severity: 'yellow', reason: 'seen' })).body.case.severity).toBe('yellow')
    const { rows } = await database.pool.query(
      `select details ->> 'reason' as reason from case_events where case_id = $1 and kind = 'case.triaged'`,
      [id],
    )
    expect(rows).toEqual([{ reason: 'seen' }])
  })

  it('confirming what stands, and worse, want none; signs told of since want one again', async () => {
    const { id, code } = await ask({ symptoms: ['drowsy'] })
    await triage(id, { severity: 'yellow', reason: 'misunderstood' })
    expect((await triage(id, { severity: 'yellow' })).status).toBe(200)
    expect((await triage(id, { severity: 'red' })).status).toBe(200)
    await triage(id, { severity: 'yellow', reason: 'better' })
    hub.clock.at += 60_000
    await hub.anyone.post('/api/help/more', { spo2: 88 }, { code })
    expect((await triage(id, { severity: 'yellow' })).body.error.code).toBe('reason_needed')
  })

  it('no danger sign, no reason', async () => {
    const { id } = await ask({ symptoms: ['breathless_on_exertion'], risks: ['age60'] })
    expect((await complaint(nurse, id)).body.reasonFor).toEqual([])
    expect((await triage(id, { severity: 'green' })).status).toBe(200)
  })
})
