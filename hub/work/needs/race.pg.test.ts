import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CaseHub, startCaseHub } from '../../../tests/support/case-hub.ts'
import { raceByHttp, raceBySql } from '../../../tests/support/claim-race.ts'
import { createTestDatabase, type TestDatabase } from '../../../tests/support/pg.ts'

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

it('of many responders exactly one wins each case, by SQL', async () => {
  expect(await raceBySql(database, 40, 25)).toMatchObject({ wonOnce: 25, wonTwice: 0, neverWon: 0, errors: 0 })
})

it('of many responders exactly one wins each case over HTTP, and every loser is told who', async () => {
  const race = await raceByHttp(database, hub, 30, 20)
  expect(race).toMatchObject({
    wonOnce: 20,
    wonTwice: 0,
    neverWon: 0,
    errors: 0,
    toldWrong: 0,
    toldRight: 30 * 20 - 20,
  })
})
