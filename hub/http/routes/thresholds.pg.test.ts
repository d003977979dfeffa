import { expect, it } from 'vitest'
import { passOf } from '../../../tests/security/subjects.ts'
import type { Worker } from '../../../tests/support/case-hub.ts'
import { caseHubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await caseHubForFile()
const national = await hub.worker('national', ['TH'], 'Command')
const governor = await hub.worker('governor', ['50'], 'Governor')

async function put(worker: Worker, indicator: string, body: unknown, language = 'en') {
  const response = await hub.hub.fetch('PUT', `/api/thresholds/${indicator}`, {
    body,
    cookie: passOf(worker.grant, hub.clock.at),
    headers: { 'accept-language': language },
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

it('national command sets thresholds; they are listed, and the audit log says from what to what', async () => {
  expect(await put(national, 'beds.occupancy', { watch: 0.7, alarm: 0.85 })).toEqual({
    status: 200,
    body: { indicator: 'beds.occupancy', watch: 0.7, alarm: 0.85 },
  })
  const { body } = await national.get('/api/thresholds')
  expect(body).toMatchObject({
    thresholds: expect.arrayContaining([
      { indicator: 'beds.occupancy', watch: 0.7, alarm: 0.85, isDefault: false },
      { indicator: 'waiting.red', watch: null, alarm: 1, isDefault: true },
    ]),
  })
  const { rows } = await database.pool.query(`select resource, details from audit_log where action = 'threshold.set'`)
  expect(rows).toEqual([
    {
      resource: 'threshold:beds.occupancy',
      details: { watchBefore: 0.8, watch: 0.7, alarmBefore: 0.9, alarm: 0.85 },
    },
  ])
})

it.each([
  [
    'beds.occupancy',
    { watch: 0.8, alarm: 1.2 },
    'threshold_never',
    'This can never be met: the number lies between 0 and 1.',
  ],
  [
    'beds.full',
    { watch: 7, alarm: 14 },
    'threshold_order',
    'The alarm must be at least as bad as the watch: a number that alarms is worth a look too.',
  ],
  [
    'waiting.red',
    { watch: null, alarm: 0 },
    'threshold_always',
    'This would always be met, and say nothing: the number lies between 0 and 100000000.',
  ],
  [
    'care',
    { watch: 1, alarm: null },
    'threshold_none',
    'No value of this number is abnormal by itself, so it has no thresholds.',
  ],
] as const)('%s %j is refused with a sentence, and nothing is written', async (indicator, bounds, code, message) => {
  const before = await database.pool.query('select * from thresholds order by indicator')
  expect(await put(national, indicator, bounds)).toMatchObject({ status: 422, body: { error: { code, message } } })
  expect((await put(national, indicator, bounds, 'th')).body).toMatchObject({
    error: { message: expect.stringMatching(/[ก-๛]/) },
  })
  expect((await database.pool.query('select * from thresholds order by indicator')).rows).toEqual(before.rows)
})

it('no other role sets one, and what is no indicator is refused', async () => {
  expect((await put(governor, 'beds.occupancy', { watch: 0.5, alarm: 0.6 })).status).toBe(403)
  expect((await put(national, 'nothing', { watch: 1, alarm: 2 })).status).toBe(400)
  expect((await put(national, 'beds.occupancy', { watch: 'high', alarm: 2 })).status).toBe(400)
})
