import { beforeEach, describe, expect, it } from 'vitest'
import { expireCalls, forgetCallNumbers } from '../../../db/queries/calls.ts'
import type { Worker } from '../../../tests/support/case-hub.ts'
import { caseHubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await caseHubForFile()
const agent = await hub.worker('hotline', ['50'], 'Hotline 1')
const rival = await hub.worker('hotline', ['50'], 'Hotline 2')
const other = await hub.worker('hotline', ['51'], 'Lamphun 1')
const responder = await hub.worker('responder', ['50'], 'Rescue 1')
const MINUTE = 60_000
const PHONE = '+66812345678'

beforeEach(() => {
  hub.clock.at += MINUTE
})

const iso = (ago: number) => new Date(hub.clock.at - ago).toISOString()
const note = (over: object = {}, who: Worker = agent) =>
  who.post('/api/calls', { area: '5001', phone: '081 234 5678', ...over })
async function noted(over: object = {}): Promise<number> {
  const { status, body } = await note(over)
  expect(status, JSON.stringify(body)).toBe(201)
  return body.call.id
}
const move = (who: Worker, id: number, name: string, body: object = {}) => who.post(`/api/calls/${id}/${name}`, body)
const rowOf = async (id: number) => (await database.pool.query('select * from calls where id = $1', [id])).rows[0]

describe('a call to the hotline', () => {
  it('is owed, taken by one who is told its number, and ended with the case it became; the audit log says who saw it', async () => {
    const id = await noted({ note: 'asks for oxygen', language: 'my', rangAt: iso(5 * MINUTE) })
    expect(await rowOf(id)).toMatchObject({ state: 'owed', due_at: new Date(hub.clock.at + 25 * MINUTE) })
    const taken = await move(agent, id, 'claim')
    expect(taken.body).toMatchObject({ phone: PHONE, note: 'asks for oxygen', call: { holder: 'Hotline 1' } })
    const { rows } = await database.pool.query(`select actor, details from audit_log where resource = $1`, [
      `call:${id}`,
    ])
    expect(rows).toEqual([{ actor: agent.grant?.account, details: {} }])
    const made = await agent.post('/api/record', { kind: 'request', place: { area: '5001' }, needs: ['oxygen'] })
    const ended = await move(agent, id, 'end', { result: 'reached', case: made.body.case })
    expect(ended.body.call).toMatchObject({ state: 'ended', outcome: 'reached', case: made.body.case })
    const list = await agent.get('/api/calls?area=50')
    expect(list.body.calls.map((call) => call.id)).toContain(id)
    expect(JSON.stringify(list.body)).not.toContain('812345678')
  })

  it('two agents take it at once: one has it, the other is told who', async () => {
    const id = await noted()
    const both = await Promise.all([move(agent, id, 'claim'), move(rival, id, 'claim')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const lost = both.find(({ status }) => status === 409)
    expect(lost?.body.error.code).toBe('already_claimed')
    expect(JSON.stringify(lost?.body)).not.toContain('812345678')
  })

  it('an agent who says nothing for ten minutes loses it, by the sweep and before it', async () => {
    const id = await noted()
    await move(agent, id, 'claim')
    hub.clock.at += 10 * MINUTE
    expect((await move(agent, id, 'end', { result: 'reached' })).body.error.code).toBe('call_free')
    await expireCalls(database.pool, hub.clock.at)
    expect(await rowOf(id)).toMatchObject({ state: 'owed', claimed_by: null })
    expect((await move(rival, id, 'claim')).status).toBe(200)
  })

  it('the exchange tells of one call three times, also at once: it is one call, and moves on', async () => {
    const tell = (report: string) => note({ ref: 'pbx-1', report })
    const first = await Promise.all([tell('waiting'), tell('waiting')])
    expect(new Set(first.map(({ body }) => body.call.id)).size).toBe(1)
    expect((await tell('abandoned')).body.call.state).toBe('owed')
    const late = await tell('waiting')
    expect(late.body.call).toMatchObject({ id: first[0]?.body.call.id, state: 'owed' })
    expect((await other.post('/api/calls', { area: '5101', phone: '0812345678', ref: 'pbx-1' })).body.call.id).not.toBe(
      late.body.call.id,
    )
  })

  it('a number that is none, another province, a case of elsewhere and a role that may not: said, and nothing is kept', async () => {
    const before = await database.pool.query('select count(*) from calls')
    expect((await note({ phone: '12' })).status).toBe(400)
    expect((await note({ area: '5101' })).status).toBe(403)
    expect((await note({ area: '9999' })).status).toBe(422)
    expect((await note({ area: '9900' })).status).toBe(422)
    expect((await note({}, responder)).status).toBe(403)
    expect((await note({ ref: 'a b' })).status).toBe(400)
    expect((await database.pool.query('select count(*) from calls')).rows).toEqual(before.rows)
    const id = await noted()
    expect((await move(other, id, 'claim')).status).toBe(404)
    await move(agent, id, 'claim')
    expect((await move(agent, id, 'end', { result: 'reached', case: 999_999 })).status).toBe(404)
    expect(await rowOf(id)).toMatchObject({ state: 'claimed' })
  })

  it('of a caller whose district is not known is the province’s', async () => {
    expect((await note({ area: '5000' })).body.call).toMatchObject({ district: '5000', state: 'owed' })
  })

  it('its number is forgotten a while after it ended, and not before', async () => {
    const id = await noted()
    await move(agent, id, 'claim')
    await move(agent, id, 'end', { result: 'not_needed' })
    const kept = async () => (await database.pool.query('select from call_numbers where call_id = $1', [id])).rowCount
    await forgetCallNumbers(database.pool, hub.clock.at)
    expect(await kept()).toBe(1)
    await forgetCallNumbers(database.pool, hub.clock.at + 1)
    expect(await kept()).toBe(0)
  })
})
