import path from 'node:path'
import { afterAll, beforeAll, it } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { quantile, record } from '../support/measures.ts'
import { startWallRobot, WALL_FAULTS, type WallRobot } from '../support/wall-robot.ts'

const TIMES = 20
/** A frozen page is noticed after 15 s and opened anew 5 s later; a new build is taken within 20 s; the rest of it is a cold start. */
const GOAL_MS_MAX = 30_000
/** A wall that is not right by then is given up. */
const RIGHT_MS_MAX = 60_000
const FAULT_MS_MAX = 1_800_000

let robot: WallRobot
beforeAll(async () => {
  await buildDashboard(path.resolve(import.meta.dirname, '../..'))
  robot = await startWallRobot(RIGHT_MS_MAX)
}, 240_000)
afterAll(() => robot?.stop())

it.each(WALL_FAULTS)(
  '%s',
  async (fault) => {
    const times: number[] = []
    for (let i = 0; i < TIMES; i++) times.push(await robot.suffer(fault))
    const seconds = (ms: number) => (ms / 1_000).toFixed(1)
    const worst = Math.max(...times)
    const spread = `least ${seconds(Math.min(...times))} s, half within ${seconds(quantile(times, 0.5))} s`
    await record({
      name: `wall, ${fault}: right again, the worst`,
      value: Number(seconds(worst)),
      unit: 's',
      how: `${TIMES} times, without a hand: from the end of the fault until its number is SQL's, as live; ${spread}`,
      goal: `≤ ${GOAL_MS_MAX / 1_000} s, every time`,
      met: worst <= GOAL_MS_MAX,
    })
  },
  FAULT_MS_MAX,
)
