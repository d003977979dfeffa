import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { buildDashboard } from '../../hub/process/build.ts'
import { type Hub, startHub } from '../../hub/process/hub.ts'
import { systemClock } from '../../hub/runtime/clock.ts'
import { readConfig } from '../../hub/runtime/config.ts'
import { createLogger, type Logger } from '../../hub/runtime/logger.ts'
import { createMetrics } from '../../hub/runtime/metrics.ts'
import { createTestDatabase, type TestDatabase } from './pg.ts'
import { testBuild } from './test-build.ts'

export type TestSystem = {
  readonly url: string
  readonly port: number
  readonly database: TestDatabase
  readonly secret: string
  hub: Hub
  /** resolves when the stream is live */
  ready(): Promise<void>
  /** the hub alone; its clients and the database stay */
  stopHub(): Promise<void>
  /** on the same port */
  startHub(): Promise<void>
  stop(): Promise<void>
}

const ROOT = path.dirname(path.dirname(import.meta.dirname))
const READY_MS_MAX = 20_000

/** A whole hub as production runs it, on a free port and a database of its own, with the built dashboard. */
export async function startTestSystem(
  env: Readonly<Record<string, string>> = {},
  logger: Logger = createLogger('silent'),
): Promise<TestSystem> {
  const database = await createTestDatabase()
  await buildDashboard(ROOT)
  const build = await testBuild()
  const secret = randomBytes(32).toString('hex')
  const start = (port: number): Promise<Hub> =>
    startHub({
      config: readConfig({ HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'silent', ...env }),
      urls: database,
      secret,
      build,
      clock: systemClock,
      logger,
      metrics: createMetrics(),
      sharedPort: false,
    })
  const hub = await start(0)
  const system: TestSystem = {
    url: `http://127.0.0.1:${hub.port}`,
    port: hub.port,
    database,
    secret,
    hub,
    async ready() {
      const until = Date.now() + READY_MS_MAX
      while (system.hub.source.state().kind !== 'streaming') {
        if (Date.now() > until) throw new Error(`not ready: ${JSON.stringify(system.hub.source.state())}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    stopHub: () => system.hub.stop(0),
    async startHub() {
      system.hub = await start(system.port)
    },
    async stop() {
      await system.hub.stop(0)
      await database.drop()
    },
  }
  await system.ready()
  return system
}
