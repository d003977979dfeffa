import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSession } from '../../db/client.ts'
import { startEmbedded } from '../../db/embedded.ts'
import { runningCluster } from '../../db/postgres/cluster.ts'
import { clusterFolder, makeDataDir } from '../support/data-dir.ts'
import { FAULTS, startWorld, suffer, type World } from '../support/faults.ts'
import { loseWrites } from '../support/lost-writes.ts'
import { quantile, record } from '../support/measures.ts'

/** Each fault so often, one after the other as soon as the hub is level. */
const TIMES = 20
const FAULT_MS_MAX = 1_800_000
const TERMINATIONS = 200

let world: World
beforeAll(async () => {
  world = await startWorld()
}, 180_000)
afterAll(() => world.stop())

it.each(FAULTS)(
  '$failure',
  async (fault) => {
    const levels: number[] = []
    let deaths = 0
    let differences = 0
    for (let i = 0; i < TIMES; i++) {
      const suffered = await suffer(world, fault)
      levels.push(suffered.levelMs)
      differences += suffered.differences
      if (suffered.died) deaths++
      if (suffered.died || suffered.differences > 0) break
    }
    const worst = Math.round(Math.max(...levels))
    const how = `${levels.length} times on a hub of its own; verify compares until all is equal; half within ${Math.round(quantile(levels, 0.5))} ms`
    const name = `fault: ${fault.failure}`
    await record(
      { name: `${name}: process deaths`, value: deaths, unit: 'deaths', goal: '0', met: deaths === 0, how },
      {
        name: `${name}: differences that stay`,
        value: differences,
        unit: 'cells and rows',
        goal: '0',
        met: differences === 0 && levels.length === TIMES,
        how,
      },
      {
        name: `${name}: level again, the worst`,
        value: worst,
        unit: 'ms',
        goal: `≤ ${fault.levelMsMax}`,
        met: worst <= fault.levelMsMax,
        how,
      },
    )
    expect({ deaths, differences }).toEqual({ deaths: 0, differences: 0 })
  },
  FAULT_MS_MAX,
)

it(
  'sessions of the API are ended in the middle of their transactions',
  async () => {
    const lost = await loseWrites(world, TERMINATIONS, 600_000)
    const how = `six writers record without end; ${lost.terminated} sessions ended while in a transaction, ${lost.acknowledged} acknowledged, ${lost.told503} times 503`
    const wrong = lost.wrong + lost.strange.length
    await record(
      {
        name: 'lost API sessions: process deaths',
        value: lost.died ? 1 : 0,
        unit: 'deaths',
        goal: '0',
        met: !lost.died && lost.terminated >= TERMINATIONS,
        how,
      },
      {
        name: 'lost API sessions: acknowledged writes that are not there exactly once, and strange answers',
        value: wrong,
        unit: 'writes',
        goal: '0',
        met: wrong === 0,
        how,
      },
    )
    expect(lost).toMatchObject({ died: false, wrong: 0, strange: [] })
  },
  FAULT_MS_MAX,
)

it(
  'the session that holds the embedded server in use is lost, and a command leaves',
  async () => {
    const { dataDir, remove } = await makeDataDir()
    const embedded = await startEmbedded(dataDir, { info: () => undefined, warn: () => undefined })
    const owner = createSession(embedded.ownerUrl, 'jitasa measure')
    await owner.connect()
    const child = path.join(import.meta.dirname, '../support/embedded-child.ts')
    let stops = 0
    try {
      const before = await runningCluster(await clusterFolder(dataDir))
      for (let i = 0; i < TIMES; i++) {
        await owner.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'jitasa in use'`,
        )
        const command = spawn(process.execPath, [child, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
        await once(command.stdout, 'data')
        command.kill('SIGTERM')
        await once(command, 'exit')
        if ((await runningCluster(await clusterFolder(dataDir)))?.pid !== before?.pid) stops++
      }
    } finally {
      await owner.end().catch(() => undefined)
      await embedded.stop()
      await remove()
    }
    await record({
      name: 'lost use of the embedded server: servers stopped under a hub by a command that leaves',
      value: stops,
      unit: 'stops',
      goal: '0',
      met: stops === 0,
      how: `${TIMES} times: the session 'jitasa in use' ended, then a command that joins the server and leaves`,
    })
    expect(stops).toBe(0)
  },
  FAULT_MS_MAX,
)
