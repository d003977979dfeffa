import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createSession } from '../../db/client.ts'
import { startEmbedded } from '../../db/embedded.ts'
import { runningCluster } from '../../db/postgres/cluster.ts'
import { clusterFolder, makeDataDir } from '../support/data-dir.ts'
import { recordResult, resultOf, timesSoFar } from './results.ts'
import type { Suffered } from './suffer.ts'
import { IS_SHORT, TIMES } from './suite.ts'

const CHILD = path.join(import.meta.dirname, '../support/embedded-child.ts')
const MS_MAX = 600_000
const WORLD = 'embedded server'
const FAULT = 'the session that holds the embedded server in use is lost, and a command leaves'

it.skipIf(IS_SHORT)(
  FAULT,
  async () => {
    const { dataDir, remove } = await makeDataDir()
    const embedded = await startEmbedded(dataDir, { info: () => undefined, warn: () => undefined })
    const owner = createSession(embedded.ownerUrl, 'jitasa chaos')
    await owner.connect()
    const missing = TIMES - (await timesSoFar(WORLD, FAULT))
    const all: Suffered[] = []
    try {
      const before = await runningCluster(await clusterFolder(dataDir))
      while (all.length < missing) {
        await owner.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'jitasa in use'`,
        )
        const began = performance.now()
        const command = spawn(process.execPath, [CHILD, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
        await once(command.stdout, 'data')
        command.kill('SIGTERM')
        await once(command, 'exit')
        const stays = (await runningCluster(await clusterFolder(dataDir)))?.pid === before?.pid
        all.push({
          ...{ acknowledged: 0, lost: 0, doubled: 0, wrong: 0, mended: 0 },
          recoveryMs: performance.now() - began,
          strange: stays ? [] : ['the server was stopped under the hub'],
        })
        if (!stays) break
      }
    } finally {
      await owner.end()
      await embedded.stop()
      await remove()
    }
    const result = resultOf(WORLD, FAULT, all)
    await recordResult(result)
    expect(result).toMatchObject({ strange: [] })
  },
  MS_MAX,
)
