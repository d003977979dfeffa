import { expect, it } from 'vitest'
import { raceByHttp, raceBySql } from '../../../tests/support/claim-race.ts'
import { caseHubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await caseHubForFile()

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
