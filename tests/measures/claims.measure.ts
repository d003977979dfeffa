import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CaseHub, startCaseHub } from '../support/case-hub.ts'
import { type Race, raceByHttp, raceBySql } from '../support/claim-race.ts'
import { record } from '../support/measures.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'

const RESPONDERS = 200
const CASES = 100

let database: TestDatabase
let hub: CaseHub
beforeAll(async () => {
  database = await createTestDatabase()
  hub = startCaseHub(database)
})
afterAll(async () => {
  await hub.stop()
  await database.drop()
})

async function report(by: string, race: Race): Promise<void> {
  const how = `${RESPONDERS} responders each try the same ${CASES} cases at once, ${race.attempts} attempts in ${Math.round(race.ms)} ms, ${by}`
  await record(
    {
      name: `claim race, cases with exactly one winner (${by})`,
      value: race.wonOnce,
      unit: 'cases',
      goal: `${CASES}`,
      met: race.wonOnce === CASES && race.errors === 0,
      how,
    },
    {
      name: `claim race, losers told wrongly or not at all (${by})`,
      value: race.toldWrong + race.errors,
      unit: 'losers',
      goal: '0',
      met: race.toldWrong + race.errors === 0,
      how,
    },
  )
}

it('200 responders race for the same 100 cases, by SQL', async () => {
  const race = await raceBySql(database, RESPONDERS, CASES)
  await report('SQL', race)
  expect(race.wonTwice).toBe(0)
}, 600_000)

it('200 responders race for the same 100 cases, over HTTP', async () => {
  const race = await raceByHttp(database, hub, RESPONDERS, CASES)
  await report('HTTP', race)
  expect(race.wonTwice).toBe(0)
}, 900_000)
