import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { startWallRobot, WALL_FAULTS, type WallRobot } from '../support/wall-robot.ts'

/** Each fault so often; tests/measures/wall-robot.measure.ts takes twenty. */
const TIMES = 2
/** Ends what does not come back. How fast a wall is right again is claimed where it is measured. */
const RIGHT_MS_MAX = 120_000

let robot: WallRobot

beforeAll(async () => {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
  robot = await startWallRobot(RIGHT_MS_MAX)
}, 240_000)
afterAll(() => robot?.stop())

it.each(WALL_FAULTS)('after %s the wall shows what SQL says, without a hand', { timeout: 600_000 }, async (fault) => {
  for (let i = 0; i < TIMES; i++) expect(await robot.suffer(fault)).toBeLessThan(RIGHT_MS_MAX)
})
