import { expect, it } from 'vitest'
import type { z } from 'zod'
import { openCases } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import type { placementsAnswer } from '../../contract/api/cases.ts'

const { database, hub } = await drillHubForFile()
const beds = await hub.worker('bed_coordinator', ['50'], 'Beds 50')

async function facility(level: string, available: number): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `with made as (insert into facilities (code, district, kind, name_th, name_en)
       values (gen_random_uuid(), '5001', 'hospital', 'รพ.', 'Hospital') returning id)
     insert into beds (facility_id, level, district, staffed, available, occupied, reported_at)
       select id, $1, '5001', $2, $2, 0, '2021-11-01' from made returning facility_id as id`,
    [level, available],
  )
  return rows[0]?.id ?? 0
}
const propose = async () => {
  const { status, body } = await beds.get('/api/placements?area=50')
  expect(status).toBe(200)
  return body as unknown as z.infer<typeof placementsAnswer>
}

it('proposes who goes where, says what it saves, and proposes no bed twice that is asked for already', async () => {
  const icu = await facility('3', 1)
  const oxygen = await facility('2.2', 1)
  const [yellow] = await openCases(database, 1, { severity: 'yellow', at: '2021-11-10T00:00:00Z' })
  const [one, two] = await openCases(database, 2, { severity: 'red' })
  const first = await propose()
  expect(first).toMatchObject({
    waiting: 3,
    placed: 2,
    // Who came first is yellow and would have the bed with oxygen; a red would wait for the next round.
    saved: { red: 24, yellow: -24, green: 0, unknown: 0 },
    placements: [
      { caseId: one?.case, facility: icu, level: '3', km: 0, severity: 'red', place: '5001' },
      { caseId: two?.case, facility: oxygen, level: '2.2' },
    ],
  })
  const { status } = await beds.post(`/api/cases/${one?.case}/transfers`, { level: '3', facility: icu })
  expect(status).toBe(200)
  const second = await propose()
  expect(second).toMatchObject({ waiting: 2, placed: 1, placements: [{ caseId: two?.case, facility: oxygen }] })
  await database.pool.query('update beds set available = 0, occupied = 1 where facility_id = $1', [oxygen])
  expect(await propose()).toMatchObject({ waiting: 2, placed: 0, placements: [] })
  expect(yellow).toBeDefined()
})

it('is for who may place people there', async () => {
  const elsewhere = await hub.worker('bed_coordinator', ['10'], 'Beds 10')
  expect((await elsewhere.get('/api/placements?area=50')).status).toBe(403)
  const volunteer = await hub.worker('volunteer', ['50'], 'VHV')
  expect((await volunteer.get('/api/placements?area=50')).status).toBe(403)
})
