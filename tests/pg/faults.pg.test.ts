import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FAULTS, startWorld, suffer, type World } from '../support/faults.ts'
import { ACKNOWLEDGED_MIN, loseWrites } from '../support/lost-writes.ts'

const START_MS_MAX = 180_000
const FAULT_MS_MAX = 120_000

let world: World
beforeAll(async () => {
  world = await startWorld()
}, START_MS_MAX)
afterAll(() => world.stop())

describe('a hub as it runs in production outlives it, and shows again what SQL holds', () => {
  test.each(FAULTS)(
    '$failure',
    async (fault) => {
      const { died, differences } = await suffer(world, fault)
      expect({ died, differences }).toEqual({ died: false, differences: 0 })
    },
    FAULT_MS_MAX,
  )

  test(
    'sessions of the API are lost in the middle of their transactions: what was acknowledged is there, once',
    async () => {
      const lost = await loseWrites(world, 20, 60_000)
      expect(lost).toMatchObject({ died: false, wrong: 0, strange: [] })
      expect(lost.terminated).toBeGreaterThanOrEqual(20)
      expect(lost.acknowledged).toBeGreaterThanOrEqual(ACKNOWLEDGED_MIN)
      expect(lost.told503).toBeGreaterThan(0)
    },
    FAULT_MS_MAX,
  )
})
