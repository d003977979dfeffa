import { spawn } from 'node:child_process'
import { chown, mkdir, open, readFile, readlink, realpath, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import type { Account } from './run.ts'
import { run } from './run.ts'

export type Settings = Readonly<Record<string, string | number>>

/** A server as its postmaster.pid tells. `ready`: it accepts connections. */
export type Running = { readonly pid: number; readonly port: number; readonly ready: boolean }

export const OWNER = 'postgres'
export const HOST = '127.0.0.1'

const READY_MS_MAX = 60_000
const FAST_STOP_MS_MAX = 20_000
const IMMEDIATE_STOP_MS_MAX = 10_000
const POLL_MS = 20

/** What logical replication needs, and what keeps personal data of failing statements out of the server's log. */
export const BASE_SETTINGS: Settings = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  wal_level: 'logical',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: -1,
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

export function clusterUrl(port: number, password: string, database = 'postgres'): string {
  return `postgres://${OWNER}:${encodeURIComponent(password)}@${HOST}:${port}/${database}`
}

/** A TCP port of the loopback that nobody listens on now; `wanted` when that is free. */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (wanted === 0) reject(error)
      else freePort().then(resolve, reject)
    })
    probe.listen(wanted, HOST, () => {
      const address = probe.address()
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no address'))
        else resolve(address.port)
      })
    })
  })
}

/** Makes a cluster in `dir` (which must not exist or be empty), UTF-8, with PostgreSQL's own C.UTF-8 on every system. */
export async function initCluster(
  binaries: Binaries,
  account: Account | undefined,
  dir: string,
  password: string,
): Promise<void> {
  // Beside the cluster, so that what removes a cluster left half-made finds it too.
  const passwordFile = `${dir}.password`
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    await mkdir(dir, { recursive: true, mode: 0o700 })
    if (account) for (const file of [passwordFile, dir]) await chown(file, account.uid, account.gid)
    const options = [
      `--pgdata=${dir}`,
      `--username=${OWNER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
    ]
    await run(binaries.initdb, options, account)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

/**
 * Starts a server, in a session of its own so that Ctrl-C reaches only its owner, and waits until it accepts connections.
 * @param logFile what the server says is appended to it.
 * @throws Error with the last lines of the log when it ends before that.
 */
export async function startCluster(
  binaries: Binaries,
  account: Account | undefined,
  dir: string,
  port: number,
  settings: Settings,
  logFile: string,
): Promise<Running> {
  const log = await open(logFile, 'a', 0o600)
  const from = (await log.stat()).size
  const flags = Object.entries({ ...settings, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  let ended: string | undefined
  try {
    const child = spawn(binaries.postgres, ['-D', dir, ...flags], {
      ...account,
      cwd: dir,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    })
    child.once('error', (error) => {
      ended = error.message
    })
    child.once('exit', (code, signal) => {
      ended = signal ?? `code ${code}`
    })
    child.unref()
    const deadline = performance.now() + READY_MS_MAX
    while (ended === undefined && performance.now() < deadline) {
      const running = await runningCluster(dir)
      if (running?.ready && running.pid === child.pid) return running
      await sleep(POLL_MS)
    }
    if (ended === undefined) child.kill('SIGQUIT')
  } finally {
    await log.close()
  }
  const tail = (await readFile(logFile)).subarray(from).toString('utf8').trim()
  throw new Error(`PostgreSQL did not start (${ended ?? `not ready in ${READY_MS_MAX / 1000} s`}): ${tail}`)
}

async function lockFile(dir: string): Promise<string | undefined> {
  try {
    return await readFile(path.join(dir, 'postmaster.pid'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** @returns the server that runs on `dir`, or `undefined`; a postmaster.pid whose process is no longer a server is stale. */
export async function runningCluster(dir: string): Promise<Running | undefined> {
  const lines = (await lockFile(dir))?.split('\n') ?? []
  const pid = Math.abs(Number(lines[0]))
  if (!Number.isInteger(pid) || pid === 0 || !(await servesFolder(pid, dir))) return undefined
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Removes a postmaster.pid that a kill -9 left and whose process id another program of the same user bears now: the
 * server would refuse to start because of it. A stale file whose process is gone the server overwrites by itself.
 */
export async function removeStaleLock(dir: string): Promise<void> {
  const before = await lockFile(dir)
  if (before === undefined || (await runningCluster(dir)) !== undefined) return
  if (before === (await lockFile(dir))) await rm(path.join(dir, 'postmaster.pid'))
}

/** A process id may have been given to another program since: a server's working directory is its data directory. */
async function servesFolder(pid: number, dir: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return (await run('ps', ['-o', 'command=', '-p', String(pid)])).includes('postgres')
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(dir))
  } catch {
    return false
  }
}

/** Fast shutdown: sessions are ended, everything committed is on disk. A server that hangs is ended at once and recovers at its next start. */
export async function stopCluster(dir: string): Promise<'stopped' | 'recovers'> {
  for (const [signal, waitMsMax] of [
    ['SIGINT', FAST_STOP_MS_MAX],
    ['SIGQUIT', IMMEDIATE_STOP_MS_MAX],
  ] as const) {
    const running = await runningCluster(dir)
    if (running === undefined) return 'stopped'
    process.kill(running.pid, signal)
    const deadline = performance.now() + waitMsMax
    while (performance.now() < deadline) {
      if (!(await servesFolder(running.pid, dir))) return signal === 'SIGINT' ? 'stopped' : 'recovers'
      await sleep(POLL_MS)
    }
  }
  throw new Error(`PostgreSQL on ${dir} does not stop. End its process by hand.`)
}
