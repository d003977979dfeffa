import { systemClock } from '../../hub/clock.ts'
import { readConfig } from '../../hub/config.ts'
import { startHub } from '../../hub/hub.ts'
import { createLogger } from '../../hub/logger.ts'
import { createMetrics } from '../../hub/metrics.ts'

/** The hub under load: what `npm start` runs, without the dashboard's files. Its environment says all; it ends with its parent. */
const config = readConfig(process.env)
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
  logger: createLogger(config.logLevel),
  metrics: createMetrics({ processMetrics: true }),
  sharedPort: false,
})
const stop = (): void => void hub.stop(0).then(() => process.exit(0))
process.once('disconnect', stop)
process.once('SIGTERM', stop)
// Ctrl-C reaches the whole group; the parent decides the order.
process.on('SIGINT', () => undefined)
process.send?.({ port: hub.port })
