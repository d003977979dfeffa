import { access, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HubConnections } from '../../db/connection.ts'
import { catchSignals, Interrupted, orAborted, untilAborted, withHubDatabase } from '../../db/interrupt.ts'
import { pendingMigrations } from '../../db/migrate.ts'
import { checkDataKeys } from '../../db/personal/check.ts'
import { demandDataKey } from '../../db/personal/key-source.ts'
import { authSecret } from '../http/auth/secret.ts'
import { alertJob } from '../jobs/alert-job.ts'
import type { AlertWatch } from '../jobs/alerts.ts'
import { auditJob } from '../jobs/audit-chain.ts'
import { startJobs, TASKS } from '../jobs/index.ts'
import { markDay } from '../jobs/mark-day.ts'
import { startMessages } from '../jobs/messages/loop.ts'
import { createWays } from '../jobs/messages/ways.ts'
import { systemClock } from '../runtime/clock.ts'
import { type Config, readConfig } from '../runtime/config.ts'
import { createLogger, type Logger } from '../runtime/logger.ts'
import { createMetrics } from '../runtime/metrics.ts'
import { guardedFetch, outwardHosts } from '../runtime/outward.ts'
import { leaseTimes, warningTimes } from '../work/needs/lease.ts'
import { builtName } from './built.ts'
import { assertPortFree, type Hub, startHub } from './hub.ts'
import { type HubOptions, publicUrlOf } from './hub-options.ts'
import { refusePlainHttp } from './plain-http.ts'
import { supervise } from './supervisor.ts'
import { underSupervisor } from './worker-channel.ts'

export const ROOT = path.join(import.meta.dirname, '../..')
const OWNER_IS_HERE =
  'DATABASE_URL, the owner of the database, stands in the environment of the hub, which needs it for nothing: `npm run migrate -- --urls` prints the URLs of its four roles to set instead'
/** ms over which the clients of a hub that stops are told to come back, at least; longer when there are many. */
const RESTART_SPREAD_MS = 2000
/** A worker that was told to end has ended by then. */
const LEAVE_MS_MAX = 8000

export type Running = {
  readonly port: number
  stop(): Promise<void>
  /** with several workers: replaces one after the other */
  rollingRestart?(): Promise<void>
}

/**
 * The environment of a process, read once. `make run` passes what it has opened already.
 * @param connections none for a hub of HUB_ROLE=screens
 */
export async function start(config: Config, connections: HubConnections | undefined, logger: Logger): Promise<Running> {
  await access(path.join(ROOT, 'dashboard/dist/index.html')).catch((cause: Error) => {
    throw new Error('the dashboard is not built: run `npm run build` first, or start with `make run`', { cause })
  })
  const embedded = connections?.embedded ?? false
  const secret = await authSecret({ given: config.authSecret, dataDir: config.dataDir, embedded })
  await connections?.leaveOwner()
  if (config.workers === 1) {
    const metrics = createMetrics({ processMetrics: true })
    const running = await startProcess({ config, urls: connections, secret, logger, metrics, sharedPort: false })
    return { port: running.hub.port, stop: () => running.stop(running.hub.spreadMs(RESTART_SPREAD_MS, 1)) }
  }
  if (config.port === 0) throw new Error('several workers share one port: set PORT to one, or HUB_WORKERS to 1')
  await assertPortFree(config.host, config.port)
  const supervisor = supervise({
    module: fileURLToPath(import.meta.url),
    workers: config.workers,
    env: {
      ...process.env,
      AUTH_SECRET: secret,
      DATABASE_URL: undefined,
      HUB_DATABASE_URL: connections?.hubUrl,
      API_DATABASE_URL: connections?.apiUrl,
      AUTH_DATABASE_URL: connections?.authUrl,
      JOBS_DATABASE_URL: connections?.jobsUrl,
      ...(connections?.dataKey && { DATA_KEY: connections.dataKey }),
    },
    clock: systemClock,
    logger,
    spreadMs: RESTART_SPREAD_MS,
  })
  return {
    port: await supervisor.port,
    stop: () => supervisor.stop(),
    rollingRestart: () => supervisor.rollingRestart(),
  }
}

type ProcessOptions = Pick<HubOptions, 'config' | 'secret' | 'logger' | 'metrics' | 'sharedPort'> &
  Partial<Pick<HubOptions, 'metricsText' | 'fleet' | 'allWalls'>> & {
    readonly urls: Pick<HubConnections, 'hubUrl' | 'apiUrl' | 'authUrl' | 'jobsUrl'> | undefined
  }

/** A hub, and, where there is a database, the jobs of all hubs for as long as it leads. */
async function startProcess(options: ProcessOptions): Promise<{ hub: Hub; stop: Hub['stop'] }> {
  globalThis.fetch = guardedFetch(globalThis.fetch, outwardHosts(options.config))
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as { version: string }
  const dashboardDir = path.join(ROOT, 'dashboard/dist')
  const build = (await builtName(dashboardDir)) ?? version
  const urls = options.config.role === 'screens' ? undefined : options.urls
  let watch: AlertWatch | undefined
  const hub = await startHub({
    ...{ ...options, urls, build, version, dashboardDir, clock: systemClock },
    onFolded: (tx) => (tx === null ? watch?.replaced() : watch?.folded(tx)),
  })
  const { config, secret, logger, metrics } = options
  if (urls === undefined) return { hub, stop: hub.stop }
  const leader = { url: urls.jobsUrl, clock: systemClock, logger }
  const jobs = startJobs({ ...leader, tasks: [...TASKS, markDay(hub.situation)] })
  const alerting = alertJob(hub, config, systemClock)
  watch = alerting.watch
  const alerts = startJobs({ ...leader, ...alerting.job })
  const auditing = startJobs({ ...leader, ...auditJob(config, logger) })
  const messages = startMessages({
    ...leader,
    ways: createWays({ config, secret, publicUrl: publicUrlOf(config), now: () => systemClock.now() }),
    warnMs: warningTimes(leaseTimes(config.leaseMinutes)),
    metrics,
    leads: () => jobs.leads(),
  })
  return {
    hub,
    async stop(spreadMs, past) {
      await Promise.all([messages.stop(), jobs.stop(), alerts.stop(), auditing.stop(), hub.stop(spreadMs, past)])
    },
  }
}

/** A worker under supervise(): everything it needs stands in its environment. */
async function work(worker: string): Promise<void> {
  const config = readConfig(process.env)
  const logger = createLogger(config.logLevel).child({ worker: Number(worker) })
  const metrics = createMetrics({ processMetrics: true })
  let running: Awaited<ReturnType<typeof startProcess>> | undefined
  let leaving = false
  const leave = (leastMs = RESTART_SPREAD_MS, hubs = 1, past = 0): void => {
    if (leaving) return
    leaving = true
    setTimeout(() => process.exit(1), LEAVE_MS_MAX).unref()
    const spreadMs = running?.hub.spreadMs(leastMs, hubs) ?? leastMs
    channel.leaving(spreadMs)
    Promise.resolve(running?.stop(spreadMs, past)).then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'could not stop in order')
        process.exit(1)
      },
    )
  }
  const channel = underSupervisor(metrics.registry, leave, async (question) => running?.hub.walls(question) ?? [])
  // A terminal and most service managers send their signals to every process of the group.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => leave())
  process.on('SIGHUP', () => logger.debug('the supervisor restarts the workers'))
  running = await startProcess({
    config,
    urls: {
      hubUrl: config.hubDatabaseUrl ?? '',
      apiUrl: config.apiDatabaseUrl ?? '',
      authUrl: config.authDatabaseUrl ?? '',
      jobsUrl: config.jobsDatabaseUrl ?? '',
    },
    secret: config.authSecret ?? '',
    logger,
    metrics,
    sharedPort: true,
    metricsText: () => channel.allMetrics(),
    fleet: () => channel.fleet(),
    allWalls: (question) => channel.allWalls(question),
  })
  const { port, source, situation } = running.hub
  channel.listening(port, source.state().kind === 'streaming' ? situation.position : undefined)
}

/**
 * Until the signal, then stops what runs. What cannot stop in order is logged, and does not keep the database open.
 * SIGHUP, by which service managers ask for a reload, replaces the workers where there are several.
 */
export async function serve(
  running: Pick<Running, 'stop' | 'rollingRestart'>,
  signal: AbortSignal,
  logger: Logger,
): Promise<void> {
  process.on('SIGHUP', () => {
    if (running.rollingRestart) void running.rollingRestart()
    else logger.warn('SIGHUP does nothing with one worker: set HUB_WORKERS=2, or end it by SIGTERM and start it again')
  })
  await untilAborted(signal)
  logger.info({ why: String(signal.reason) }, 'stopping')
  await running.stop().catch((error: unknown) => {
    logger.error({ err: error }, 'could not stop in order')
    process.exitCode = 1
  })
}

/** A sentence for people instead of a stack. */
function fail(error: unknown, what = 'does not start'): never {
  process.stderr.write(`Jitasa ${what}: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(error instanceof Interrupted ? error.exitCode : 1)
}

/**
 * The process of `make run` or `npm start`, from the first moment that a signal may come to its end.
 * @param ofTerminal it ends, in order, with the terminal that it was started in
 */
export async function runToEnd(whole: (signal: AbortSignal) => Promise<void>, ofTerminal = false): Promise<never> {
  const signal = catchSignals(ofTerminal ? ['SIGINT', 'SIGTERM', 'SIGHUP'] : undefined)
  // Without a listener a hang-up ends the process at once, and every screen loses it without a word.
  process.on('SIGHUP', () => undefined)
  try {
    await whole(signal)
  } catch (error) {
    fail(error, signal.aborted && !(error instanceof Interrupted) ? 'was told to end' : undefined)
  }
  process.exit()
}

/** `npm start`: production. No drill, no migration, no build: it says what is missing. */
async function production(signal: AbortSignal): Promise<void> {
  const config = readConfig(process.env)
  if (config.drill) {
    throw new Error('DRILL=1 is set, and `npm start` runs no drill: unset it, or start with `DRILL=1 make run`')
  }
  const logger = createLogger(config.logLevel)
  for (const inClear of refusePlainHttp(config)) logger.warn(inClear)
  const run = async (connections: HubConnections | undefined): Promise<void> => {
    const running = await start(config, connections, logger)
    logger.info({ port: running.port }, 'listening')
    await serve(running, signal, logger)
  }
  if (config.role === 'screens') return run(undefined)
  demandDataKey(process.env)
  const told = { info: (message: string) => logger.info(message), warn: (message: string) => logger.warn(message) }
  if (config.databaseUrl !== undefined) logger.warn(OWNER_IS_HERE)
  await withHubDatabase(signal, process.env, told, async (connections) => {
    const pending = await orAborted(signal, pendingMigrations(connections.ownerUrl ?? connections.jobsUrl))
    if (pending.length > 0) {
      throw new Error(
        `the database lacks ${pending.length} migrations (${pending.join(', ')}): run \`npm run migrate\` first`,
      )
    }
    await orAborted(signal, checkDataKeys(connections.apiUrl))
    await run(connections)
  })
}

if (import.meta.main) {
  const worker = process.env.HUB_WORKER
  if (worker === undefined) await runToEnd(production)
  else await work(worker).catch((error: unknown) => fail(error))
}
