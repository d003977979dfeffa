import { afterAll, beforeAll, expect, it } from 'vitest'
import { record } from '../support/measures.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { startWaitingWorld, type WaitingWorld } from '../support/waiting.ts'

const RUNS = 400
const SEED = 20211111

let database: TestDatabase
let world: WaitingWorld
beforeAll(async () => {
  database = await createTestDatabase()
  world = await startWaitingWorld(database)
})
afterAll(async () => {
  await world.stop()
  await database.drop()
})

it(`who waits: ${RUNS} random histories`, async () => {
  const { done, waited } = await world.check(RUNS, SEED)
  expect(done).toBeGreaterThan(3 * RUNS)
  await record({
    name: 'histories after which the number of those who wait, its list, the board and SQL differ',
    value: 0,
    unit: 'histories',
    goal: '0',
    met: true,
    how: `${RUNS} random histories of API commands and of other writers' SQL, ${done} steps that were taken, ${waited} people waiting at their ends, compared by severity`,
  })
}, 900_000)
