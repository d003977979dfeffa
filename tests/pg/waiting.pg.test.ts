import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { startWaitingWorld, type WaitingWorld } from '../support/waiting.ts'

const RUNS = 60

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

it('who waits for a place of care: number = its list = board = SQL after any history of commands and of SQL', async () => {
  const { done, waited } = await world.check(RUNS)
  expect(done).toBeGreaterThan(3 * RUNS)
  expect(waited).toBeGreaterThan(RUNS)
}, 180_000)
