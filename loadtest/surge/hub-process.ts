import { fileURLToPath } from 'node:url'
import { startHub } from '../../hub/process/hub.ts'
import { supervise } from '../../hub/process/supervisor.ts'
import { systemClock } from '../../hub/runtime/clock.ts'
import { readConfig } from '../../hub/runtime/config.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { createMetrics } from '../../hub/runtime/metrics.ts'

/**
 * The hub under load: what `npm start` runs, without the dashboard's files, one process or HUB_WORKERS. Its environment
 * says all; it ends with its parent.
 */
const config = readConfig(process.env)
const logger = createLogger(config.logLevel)

async function startOne(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const hub = await startHub({
    config,
    urls: {
      hubUrl: config.hubDatabaseUrl ?? '',
      apiUrl: config.apiDatabaseUrl ?? '',
      authUrl: config.authDatabaseUrl ?? '',
    },
    secret: config.authSecret ?? '',
    build: 'load test',
    clock: systemClock,
    logger,
    metrics: createMetrics({ processMetrics: true }),
    sharedPort: false,
  })
  return { port: hub.port, stop: () => hub.stop(0) }
}

async function startWorkers(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const supervisor = supervise({
    module: fileURLToPath(new URL('../../hub/process/main.ts', import.meta.url)),
    workers: config.workers,
    env: process.env,
    clock: systemClock,
    logger,
    spreadMs: 0,
  })
  return { port: await supervisor.port, stop: () => supervisor.stop() }
}

const hub = await (config.workers === 1 ? startOne() : startWorkers())
const stop = (): void => void hub.stop().then(() => process.exit(0))
process.once('disconnect', stop)
process.once('SIGTERM', stop)
// Ctrl-C reaches the whole group; the parent decides the order.
process.on('SIGINT', () => undefined)
process.send?.({ port: hub.port })
