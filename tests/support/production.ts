import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '../../db/postgres/cluster.ts'
import type { TestDatabase } from './pg.ts'

const ROOT = path.dirname(path.dirname(import.meta.dirname))
const START_MS_MAX = 60_000
const SAID_MAX = 2000

export type ProductionHub = {
  readonly port: number
  readonly url: string
  readonly child: ChildProcess
  /** its last lines, of both streams */
  said(): readonly string[]
  /** Resolves when the process is gone. */
  kill(signal: NodeJS.Signals): Promise<number | null>
}

/**
 * `npm start` as an operator runs it, ready: a process and a database of its own. The dashboard must be built.
 * `root`: another copy of the project than this one. Its port has a name: one that Linux chose itself (0) can be taken by nobody while sockets of a killed hub linger.
 */
export async function startProduction(
  database: Pick<TestDatabase, 'hubUrl' | 'apiUrl' | 'authUrl' | 'jobsUrl'>,
  env: Readonly<Record<string, string>> = {},
  secret = randomBytes(32).toString('hex'),
  root = ROOT,
): Promise<ProductionHub> {
  const child = spawn(process.execPath, [path.join(root, 'hub/process/main.ts')], {
    cwd: root,
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      LOG_LEVEL: 'info',
      ALLOW_PLAIN_HTTP: '1',
      AUTH_SECRET: secret,
      HUB_DATABASE_URL: database.hubUrl,
      API_DATABASE_URL: database.apiUrl,
      AUTH_DATABASE_URL: database.authUrl,
      JOBS_DATABASE_URL: database.jobsUrl,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const said: string[] = []
  const port = await new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the hub does not start:\n${said.join('\n')}`)), START_MS_MAX)
    const hear = (line: string): void => {
      said.push(line)
      if (said.length > SAID_MAX) said.shift()
      const log = line.startsWith('{') ? (JSON.parse(line) as { msg?: string; port?: number }) : {}
      if (log.msg !== 'listening' || log.port === undefined) return
      clearTimeout(late)
      resolve(log.port)
    }
    createInterface({ input: child.stdout }).on('line', hear)
    createInterface({ input: child.stderr }).on('line', hear)
    void gone.then((code) => {
      clearTimeout(late)
      reject(new Error(`the hub ended with ${code}:\n${said.join('\n')}`))
    })
  })
  while (!(await fetch(`http://127.0.0.1:${port}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 20))
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    child,
    said: () => said,
    kill(signal) {
      child.kill(signal)
      return gone
    },
  }
}
