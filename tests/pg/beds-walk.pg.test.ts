import { expect, it } from 'vitest'
import { walkHub } from '../support/beds-walk.ts'
import { drillHubForFile } from '../support/for-file.ts'

const { database, hub } = await drillHubForFile()

it('random steps of both sides, ends of holds, reports, discharges and cut sessions at once overbook no bed', async () => {
  const { taken, overbooked } = await walkHub(database, hub, 800, 20211111)
  expect(overbooked).toBe(0)
  expect(taken).toBeGreaterThan(200)
}, 120_000)
