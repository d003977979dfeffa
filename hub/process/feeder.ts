import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { GRANT_TABLES } from '../authorize/grants.ts'
import { systemClock } from '../runtime/clock.ts'
import { type Config, readConfig } from '../runtime/config.ts'
import { createLogger } from '../runtime/logger.ts'
import { createMetrics, type Metrics, mayScrape } from '../runtime/metrics.ts'
import { whyNotLive } from '../source/health.ts'
import { runElected } from '../source/jetstream/election.ts'
import { Feeder, type FeederState } from '../source/jetstream/feeder.ts'
import { startLeaderWatch } from '../source/jetstream/leader-watch.ts'
import { busOf } from './feed.ts'
import { watchFeeder } from './feeder-metrics.ts'
import { runToEnd } from './main.ts'

/** `npm run feeder`: one of however many leads, reads PostgreSQL and fills NATS; the others stand by. */
async function feed(signal: AbortSignal): Promise<void> {
  const config = readConfig(process.env)
  const logger = createLogger(config.logLevel)
  const url = config.hubDatabaseUrl
  if (url === undefined) throw new Error('HUB_DATABASE_URL is not set: the feeder reads PostgreSQL as role jitasa_hub')
  const bus = busOf(config, 'jitasa feeder')
  const metrics = createMetrics({ processMetrics: true })
  let feeder: Feeder | undefined
  watchFeeder(metrics, () => feeder?.state())
  const server = await serveHealth(config, metrics, () => feeder?.state())
  logger.info({ port: (server.address() as { port: number }).port }, 'listening')
  const watch = startLeaderWatch({ bus, clock: systemClock, logger })
  try {
    await runElected(
      {
        ...{ url, logger, stuck: () => watch.stuck() },
        async lead(lost) {
          const name = randomBytes(6).toString('hex')
          feeder = new Feeder({
            ...{ url, bus, replicas: config.feedReplicas, alsoRead: GRANT_TABLES, clock: systemClock, logger, name },
          })
          try {
            const over = new Promise<Error | undefined>((resolve) => {
              lost.addEventListener('abort', () => resolve(undefined), { once: true })
            })
            const overtaken = await Promise.race([over, feeder.ended])
            if (overtaken) throw overtaken
          } finally {
            await feeder.stop()
            feeder = undefined
          }
        },
      },
      signal,
    )
  } finally {
    await watch.stop()
    server.close()
  }
}

/** Why it does not feed; `null`: it does, or stands by while another one leads. */
function whyNot(state: FeederState | undefined, now: number): string | null {
  if (state === undefined) return null
  return state.error ?? whyNotLive(state.source, now)
}

function serveHealth(config: Config, metrics: Metrics, state: () => FeederState | undefined): Promise<Server> {
  const server = createServer((request, answer) => {
    const json = (status: number, body: unknown): void => {
      answer.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
      answer.end(JSON.stringify(body))
    }
    if (request.url === '/healthz') json(200, { alive: true })
    else if (request.url === '/readyz') {
      const why = whyNot(state(), systemClock.now())
      json(why === null ? 200 : 503, { ready: why === null, leads: state() !== undefined, why, ...state() })
    } else if (request.url === '/metrics') {
      if (
        !mayScrape(config, {
          authorization: request.headers.authorization,
          address: request.socket.remoteAddress ?? '',
        })
      ) {
        return json(401, { error: { code: 'metrics_token', message: 'The bearer token is missing or wrong.' } })
      }
      metrics.registry.metrics().then(
        (text) => answer.writeHead(200, { 'Content-Type': metrics.registry.contentType }).end(text),
        (error: Error) => answer.destroy(error),
      )
    } else json(404, { error: { code: 'no_route', message: 'There are /healthz, /readyz and /metrics.' } })
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.port, config.host, () => resolve(server))
  })
}

if (import.meta.main) await runToEnd(feed)
