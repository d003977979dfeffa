import { access, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Connections, openDatabase } from '../db/connection.ts'
import { pendingMigrations } from '../db/migrate.ts'
import { systemClock } from './clock.ts'
import { type Config, readConfig } from './config.ts'
import { authSecret } from './http/auth/secret.ts'
import { assertPortFree, type Hub, startHub } from './hub.ts'
import { startJobs } from './jobs/index.ts'
import { createLogger, type Logger } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { type FromWorker, supervise, underSupervisor } from './supervisor.ts'

export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
/** ms over which the clients of a hub that stops are told to come back. */
const RESTART_SPREAD_MS = 2000

export type Running = { readonly port: number; stop(): Promise<void> }

/** The environment of a process, read once. `make run` passes what it has opened already. */
export async function start(config: Config, connections: Connections, logger: Logger): Promise<Running> {
  await access(path.join(ROOT, 'dashboard/dist/index.html')).catch((cause: Error) => {
    throw new Error('the dashboard is not built: run `npm run build` first, or start with `make run`', { cause })
  })
  const secret = await authSecret({ given: config.authSecret, dataDir: config.dataDir, embedded: connections.embedded })
  if (config.workers === 1) {
    const hub = await startProcess(config, connections, secret, logger, false)
    const jobs = startJobs({ url: connections.ownerUrl, clock: systemClock, logger })
    return {
      port: hub.port,
      async stop() {
        await jobs.stop()
        await hub.stop(RESTART_SPREAD_MS)
      },
    }
  }
  if (config.port === 0) throw new Error('several workers share one port: set PORT to one, or HUB_WORKERS to 1')
  await assertPortFree(config.host, config.port)
  const supervisor = supervise({
    module: fileURLToPath(import.meta.url),
    workers: config.workers,
    env: {
      ...process.env,
      AUTH_SECRET: secret,
      DATABASE_URL: connections.ownerUrl,
      HUB_DATABASE_URL: connections.hubUrl,
      API_DATABASE_URL: connections.apiUrl,
      AUTH_DATABASE_URL: connections.authUrl,
    },
    clock: systemClock,
    logger,
    spreadMs: RESTART_SPREAD_MS,
  })
  process.on('SIGHUP', () => void supervisor.rollingRestart())
  const port = await supervisor.port
  const jobs = startJobs({ url: connections.ownerUrl, clock: systemClock, logger })
  return {
    port,
    async stop() {
      await jobs.stop()
      await supervisor.stop()
    },
  }
}

async function startProcess(
  config: Config,
  urls: Pick<Connections, 'hubUrl' | 'apiUrl' | 'authUrl'>,
  secret: string,
  logger: Logger,
  sharedPort: boolean,
  metricsText?: () => Promise<string>,
  metrics = createMetrics({ processMetrics: true }),
): Promise<Hub> {
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as { version: string }
  return startHub({
    config,
    urls,
    secret,
    build: version,
    clock: systemClock,
    logger,
    metrics,
    sharedPort,
    ...(metricsText ? { metricsText } : {}),
  })
}

/** A worker under supervise(): everything it needs stands in its environment. */
async function work(worker: string): Promise<void> {
  const config = readConfig(process.env)
  const logger = createLogger(config.logLevel).child({ worker: Number(worker) })
  const metrics = createMetrics({ processMetrics: true })
  let stop: (spreadMs: number) => Promise<void> = () => Promise.resolve()
  const supervisor = underSupervisor(metrics.registry, (spreadMs) => stop(spreadMs))
  const urls = {
    hubUrl: config.hubDatabaseUrl ?? '',
    apiUrl: config.apiDatabaseUrl ?? '',
    authUrl: config.authDatabaseUrl ?? '',
  }
  const hub = await startProcess(
    config,
    urls,
    config.authSecret ?? '',
    logger,
    true,
    () => supervisor.allMetrics(),
    metrics,
  )
  stop = (spreadMs) => hub.stop(spreadMs)
  process.send?.({ t: 'listening', port: hub.port } satisfies FromWorker)
  process.on('disconnect', () => void hub.stop(0).then(() => process.exit(0)))
}

/** Calls `stop` once, at the first SIGINT or SIGTERM; at the second the process ends as it stands. */
export function untilSignal(stop: () => Promise<void>, logger: Logger): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(130)
      stopping = true
      logger.info({ signal }, 'stopping')
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error({ error }, 'could not stop in order')
          process.exit(1)
        },
      )
    })
  }
}

/** A sentence for people instead of a stack, and exit code 1. */
export function fail(error: unknown): never {
  process.stderr.write(`Jitasa does not start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

/** `npm start`: production. No drill, no migration, no build: it says what is missing. */
async function production(): Promise<void> {
  const config = readConfig(process.env)
  const logger = createLogger(config.logLevel)
  const connections = await openDatabase(process.env, { info: (m) => logger.info(m), warn: (m) => logger.warn(m) })
  try {
    const pending = await pendingMigrations(connections.ownerUrl)
    if (pending.length > 0) {
      throw new Error(
        `the database lacks ${pending.length} migrations (${pending.join(', ')}): run \`npm run migrate\` first`,
      )
    }
    const running = await start(config, connections, logger)
    logger.info({ port: running.port }, 'listening')
    untilSignal(async () => {
      await running.stop()
      await connections.stop()
    }, logger)
  } catch (error) {
    await connections.stop()
    throw error
  }
}

if (import.meta.main) {
  const worker = process.env.HUB_WORKER
  await (worker === undefined ? production() : work(worker)).catch(fail)
}
