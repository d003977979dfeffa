import { beforeEach, describe, expect, it } from 'vitest'
import { endMessages } from '../../../db/queries/period.ts'
import type { Worker } from '../../../tests/support/case-hub.ts'
import { caseHubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await caseHubForFile()
const governor = await hub.worker('governor', ['50'], 'EOC Chiang Mai')
const health = await hub.worker('provincial_health', ['50'], 'PHO Chiang Mai')
const chief = await hub.worker('district_chief', ['5001'], 'Mueang')
const national = await hub.worker('national', ['TH'], 'DDC')
const responder = await hub.worker('responder', ['5001'], 'Rescue 1')
const neighbour = await hub.worker('governor', ['51'], 'EOC Lamphun')
const HOUR = 3_600_000

const inHours = (hours: number) => new Date(hub.clock.at + hours * HOUR).toISOString()
const start = (who: Worker, area: string) => who.post('/api/periods', { area, title: 'Day shift', endsAt: inHours(12) })
const say = (who: Worker, over: object = {}) =>
  who.post('/api/command-messages', { area: '50', text: 'Next briefing 18:00', until: inHours(2), ...over })
const look = (who: Worker, area = '50') => who.get(`/api/command?area=${area}`)
const code = ({ status, body }: Awaited<ReturnType<typeof look>>) => [status, body.error?.code]

beforeEach(async () => {
  hub.clock.at += 60_000
  await database.pool.query('truncate periods, objectives, command_messages, command_log')
})

describe('a shift', () => {
  it('is handed over with a summary, and ends when somebody else accepts it', async () => {
    const begun = await start(governor, '50')
    expect(begun.status, JSON.stringify(begun.body)).toBe(201)
    const id = begun.body.period?.id ?? 0
    hub.clock.at += HOUR
    const handed = await governor.post(`/api/periods/${id}/hand-over`, { summary: 'ICU full in Mueang' })
    expect(handed.body.period).toMatchObject({ status: 'handed_over', handedBy: 'EOC Chiang Mai' })
    const accept = (who: Worker) => who.post(`/api/periods/${id}/accept`, { title: 'Night shift', endsAt: inHours(8) })
    expect(code(await accept(governor))).toEqual([409, 'own_handover'])
    const next = await accept(health)
    expect(next.body.period).toMatchObject({ title: 'Night shift', status: 'running', startedBy: 'PHO Chiang Mai' })
    expect(code(await accept(health))).toEqual([409, 'period_state'])
    const { body } = await look(responder)
    expect(body.period?.id).toBe(next.body.period?.id)
    expect(body.before).toMatchObject({
      id,
      status: 'ended',
      summary: 'ICU full in Mueang',
      acceptedBy: 'PHO Chiang Mai',
    })
  })

  it('goes on when its hand-over is taken back', async () => {
    const id = (await start(governor, '50')).body.period?.id
    await governor.post(`/api/periods/${id}/hand-over`, { summary: 'Quiet' })
    const back = await governor.post(`/api/periods/${id}/take-back`)
    expect(back.body.period).toMatchObject({ status: 'running', handedBy: null, summary: 'Quiet' })
    expect(code(await health.post(`/api/periods/${id}/accept`, { title: 'X', endsAt: inHours(8) }))).toEqual([
      409,
      'period_state',
    ])
  })

  it('is one in an area: of two that begin at once, one is told who has it; another area has its own', async () => {
    const both = await Promise.all([start(governor, '50'), start(health, '50')])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    const lost = both.find(({ status }) => status === 409)
    expect(lost?.body.error).toMatchObject({
      code: 'period_running',
      details: { by: expect.stringMatching(/Chiang Mai$/) },
    })
    expect((await start(chief, '5001')).status).toBe(201)
    expect((await start(national, 'TH')).status).toBe(201)
  })

  it.each([
    ['that is over already', { endsAt: inHours(-1) }, [422, 'time_ahead']],
    ['of a week', { endsAt: inHours(7 * 24) }, [422, 'time_ahead']],
    ['without a title', { title: ' ' }, [400, 'invalid_input']],
    ['in an area that is none', { area: '99' }, [403, 'forbidden']],
    ['in a district that is none', { area: '5099' }, [422, 'invalid_input']],
    ['in a sub-district', { area: '500101' }, [400, 'invalid_input']],
  ])('%s is refused', async (_, over, expected) => {
    const said = await governor.post('/api/periods', { area: '50', title: 'Day', endsAt: inHours(8), ...over })
    expect(code(said), JSON.stringify(said.body)).toEqual(expected)
  })
})

describe('objectives and tasks', () => {
  it('are set, done and opened again, each time in the log', async () => {
    await start(governor, '50')
    const set = { area: '50', title: 'No red waits over 2 h', role: 'bed_coordinator', dueAt: inHours(6) }
    const objective = (await governor.post('/api/objectives', set)).body.objective
    const task = await governor.post('/api/objectives', {
      ...{ area: '50', kind: 'task', objective: objective.id, title: 'Open ward 4', owner: 'Zone 3 leader' },
    })
    expect(task.status, JSON.stringify(task.body)).toBe(201)
    for (const state of ['doing', 'done', 'done', 'open']) {
      const moved = await governor.post(`/api/objectives/${task.body.objective.id}/state`, { state })
      expect(moved.body.objective.state).toBe(state)
    }
    const { body } = await look(chief)
    expect(body.objectives.map(({ title, state }) => [title, state])).toEqual([
      ['No red waits over 2 h', 'open'],
      ['Open ward 4', 'open'],
    ])
    expect(body.log.map(({ kind, state }) => (state === null ? kind : state))).toEqual([
      ...['open', 'done', 'doing'],
      ...['objective', 'objective', 'started'],
    ])
  })

  it('of a district’s task are not another area’s', async () => {
    const { objective } = (await governor.post('/api/objectives', { area: '50', title: 'A', role: 'triage' })).body
    const task = { area: '5001', kind: 'task', objective: objective.id, title: 'B', role: 'triage' }
    expect(code(await chief.post('/api/objectives', task))).toEqual([422, 'invalid_input'])
  })

  it.each([
    ['of nobody', { role: undefined }],
    ['of a role and a label', { owner: 'Zone 3' }],
    ['of a role that is none', { role: 'king' }],
    ['that serves another', { objective: 1 }],
  ])('an objective %s is refused', async (_, over) => {
    const said = await governor.post('/api/objectives', { area: '50', title: 'A', role: 'triage', ...over })
    expect(code(said)).toEqual([400, 'invalid_input'])
  })
})

describe('the log of decisions', () => {
  it('grows by corrections, and changes in nothing', async () => {
    const first = (await governor.post('/api/decisions', { area: '50', text: 'Close the market' })).body.entry
    const second = await health.post('/api/decisions', { area: '50', text: 'Close two halls', corrects: first.id })
    expect(second.body.entry).toMatchObject({ kind: 'correction', corrects: first.id })
    const { body } = await look(responder)
    expect(body.log.map(({ text, by }) => `${text}, ${by}`)).toEqual([
      'Close two halls, PHO Chiang Mai',
      'Close the market, EOC Chiang Mai',
    ])
    const message = (await say(governor)).body.message
    const wrong = await governor.post('/api/decisions', { area: '50', text: 'X', corrects: first.id + 1_000 })
    expect(code(wrong)).toEqual([422, 'invalid_input'])
    expect(message.state).toBe('live')
  })
})

describe('a message from command', () => {
  it('stands until it ends or is withdrawn', async () => {
    const { message } = (await say(governor, { audience: 'screens', urgent: true })).body
    const short = (await say(governor, { until: inHours(1) })).body.message
    const withdrawn = await health.post(`/api/command-messages/${message.id}/withdraw`)
    expect(withdrawn.body.message.state).toBe('withdrawn')
    expect(code(await health.post(`/api/command-messages/${message.id}/withdraw`))).toEqual([409, 'message_ended'])
    expect(await endMessages(database.pool, hub.clock.at)).toBe(0)
    expect(await endMessages(database.pool, hub.clock.at + HOUR)).toBe(1)
    expect(code(await health.post(`/api/command-messages/${short.id}/withdraw`))).toEqual([409, 'message_ended'])
  })

  it.each([
    ['with a phone number', { text: 'Call Somchai 081 234 5678' }, [422, 'personal_number']],
    ['with an ID number', { text: '1-5099-00123-45-6' }, [422, 'personal_number']],
    ['that ends before it begins', { until: '2021-01-01T00:00:00Z' }, [422, 'time_ahead']],
    ['longer than a wall', { text: 'x'.repeat(161) }, [400, 'invalid_input']],
    ['to an audience that is none', { audience: 'aliens' }, [400, 'invalid_input']],
    ['to another province', { area: '51' }, [403, 'forbidden']],
    ['to the nation', { area: 'TH' }, [403, 'forbidden']],
  ])('%s is refused', async (_, over, expected) => {
    expect(code(await say(governor, over))).toEqual(expected)
  })

  it('is nobody’s outside the area, and written by nobody who does not command', async () => {
    const { message } = (await say(governor)).body
    expect((await look(neighbour)).status).toBe(403)
    expect((await look(hub.anyone)).status).toBe(401)
    expect((await say(responder, { area: '5001' })).status).toBe(403)
    expect((await say(chief)).status).toBe(403)
    expect((await neighbour.post(`/api/command-messages/${message.id}/withdraw`)).status).toBe(404)
    expect((await look(responder)).body.messages.map(({ text }) => text)).toEqual(['Next briefing 18:00'])
  })
})
