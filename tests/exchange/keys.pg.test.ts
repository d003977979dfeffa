import { expect, test } from 'vitest'
import { createPerson, errorCode } from '../security/hub.ts'
import { hubForFile } from '../support/for-file.ts'

const { database, hub } = await hubForFile()
const { rows } = await database.pool.query<{ id: number }>(
  `insert into facilities (code, district, kind, name_th, name_en) values ('k1', '5001', 'hospital', 'รพ.', 'H') returning id`,
)
const facility = rows[0]?.id ?? 0
await createPerson(hub, 'staff', 'facility_staff', { areas: ['5001'], facility })
await createPerson(hub, 'office', 'provincial_health', { areas: ['50'] })
const group = (state: string, value: number) => ({
  code: { text: `beds.${state}` },
  stratifier: [{ stratum: [{ value: { text: '2.1' }, measureScore: { value } }] }],
})
const report = {
  ...{ resourceType: 'MeasureReport', status: 'complete', measure: 'http://hub.example/api/fhir/Measure/beds' },
  ...{ subject: { reference: `Location/${facility}` }, date: new Date().toISOString() },
  group: [group('staffed', 4), group('available', 3), group('occupied', 1)],
}
const set = { dataValues: [{ dataElement: 'tests.atk', period: '20211111', orgUnit: '5001', value: '3' }] }

test.each([
  ['FHIR', 'staff', '/api/fhir/MeasureReport', report],
  ['DHIS2', 'office', '/api/dhis2/dataValueSets', set],
])('%s: an Idempotency-Key that is none is refused in a sentence, and none is needed', async (_, login, path, body) => {
  const browser = await hub.signIn(login)
  for (const key of ['x', 'x'.repeat(300), '%00', 'with a space']) {
    const response = await browser.fetch('POST', path, { body, headers: { 'idempotency-key': key } })
    expect([response.status, await errorCode(response)], key).toEqual([400, 'idempotency_key'])
  }
  expect((await browser.fetch('POST', path, { body })).status).toBe(200)
})
