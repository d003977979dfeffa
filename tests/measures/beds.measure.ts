import { afterAll, beforeAll, expect, it } from 'vitest'
import { walkBeds } from '../support/beds-model.ts'
import { walkHub } from '../support/beds-walk.ts'
import { type CaseHub, startCaseHub } from '../support/case-hub.ts'
import { record } from '../support/measures.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'

const SEED = 20211111
const PURE_STEPS = 1_000_000
const STEPS = 4_000

let database: TestDatabase
let hub: CaseHub
beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query(`update operation set kind = 'drill'`)
  hub = startCaseHub(database)
})
afterAll(async () => {
  await hub.stop()
  await database.drop()
})

it('beds that are overbooked', async () => {
  const pure = walkBeds(PURE_STEPS, SEED)
  const real = await walkHub(database, hub, STEPS, SEED)
  const overbooked = pure.overbooked + real.overbooked
  await record({
    name: 'beds that are overbooked after random requests, accepts, ends of holds, discharges, reports and crashes',
    value: overbooked,
    unit: 'beds',
    goal: '0',
    met: overbooked === 0,
    how: `${PURE_STEPS.toLocaleString('en')} steps of the rules, ${pure.taken.toLocaleString('en')} taken; ${STEPS.toLocaleString('en')} commands against PostgreSQL, eight at once, ${real.taken.toLocaleString('en')} taken, ${real.broken} with their session cut`,
  })
  expect(overbooked).toBe(0)
}, 900_000)
