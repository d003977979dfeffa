import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../db/postgres/cluster.ts'
import { type Hub, startHub } from '../../hub/process/hub.ts'
import { systemClock } from '../../hub/runtime/clock.ts'
import { readConfig } from '../../hub/runtime/config.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { createMetrics } from '../../hub/runtime/metrics.ts'
import type { Nats } from './nats.ts'
import type { TestDatabase } from './pg.ts'
import { testBuild } from './test-build.ts'

const ROOT = path.dirname(path.dirname(import.meta.dirname))
const SAID_MAX = 500

export const SECRET = randomBytes(32).toString('hex')

export type FleetHub = { readonly hub: Hub; readonly url: string }

/** A hub in this process that follows NATS. @param database none: a hub of HUB_ROLE=screens */
export async function startFleetHub(
  nats: Pick<Nats, 'url'>,
  database: TestDatabase | undefined,
  env: Readonly<Record<string, string>> = {},
): Promise<FleetHub> {
  const build = await testBuild()
  const hub = await startHub({
    config: readConfig({
      ...{ HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', HUB_FEED: nats.url, TRUSTED_PROXIES: '127.0.0.1' },
      ...(database === undefined ? { HUB_ROLE: 'screens' } : {}),
      ...env,
    }),
    ...{ urls: database, secret: SECRET, build, clock: systemClock, sharedPort: false },
    logger: createLogger('silent'),
    metrics: createMetrics(),
  })
  return { hub, url: `http://127.0.0.1:${hub.port}` }
}

/** A process of the fleet, as an operator runs it. */
export type FleetProcess = {
  readonly child: ChildProcess
  readonly url: string
  said(): string
  kill(signal: NodeJS.Signals): Promise<void>
}

/** `npm run feeder` */
export const startFeederProcess = (
  { hubUrl }: Pick<TestDatabase, 'hubUrl'>,
  nats: Pick<Nats, 'url'>,
  env: Readonly<Record<string, string>> = {},
): Promise<FleetProcess> =>
  startProcess('hub/process/feeder.ts', { HUB_DATABASE_URL: hubUrl, HUB_FEED: nats.url, ...env })

/** `npm start` as a hub of HUB_ROLE=screens, ready */
export async function startScreensProcess(
  nats: Pick<Nats, 'url'>,
  apiOrigin = 'http://127.0.0.1:1',
  port?: string,
): Promise<FleetProcess> {
  const started = await startProcess('hub/process/main.ts', {
    ...(port === undefined ? {} : { PORT: port }),
    ...{ HUB_ROLE: 'screens', HUB_FEED: nats.url, API_ORIGIN: apiOrigin, AUTH_SECRET: SECRET, ALLOW_PLAIN_HTTP: '1' },
  })
  while (!(await fetch(`${started.url}/readyz`)).ok) await sleep(20)
  return started
}

async function startProcess(module: string, env: Readonly<Record<string, string>>): Promise<FleetProcess> {
  const port = env.PORT ?? String(await freePort())
  const child = spawn(process.execPath, [path.join(ROOT, module)], {
    cwd: ROOT,
    env: { ...process.env, HOST: '127.0.0.1', ...env, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const said: string[] = []
  const listening = Promise.withResolvers<void>()
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      said.push(line)
      if (said.length > SAID_MAX) said.shift()
      if (line.includes('"listening"')) listening.resolve()
    })
  }
  void gone.then(() => listening.reject(new Error(`${module} ended:\n${said.join('\n')}`)))
  await listening.promise
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    said: () => said.join('\n'),
    async kill(signal) {
      child.kill(signal)
      await gone
    },
  }
}
