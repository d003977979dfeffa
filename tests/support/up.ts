import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../db/postgres/cluster.ts'
import { childrenOf, runs } from '../fanout/workers-processes.ts'

export const ROOT = path.dirname(path.dirname(import.meta.dirname))
/** A machine that runs other tests beside takes several times what it takes alone; make measure has the goals. */
export const OPEN_MS_MAX = 120_000
const END_MS_MAX = 30_000
const ECHO_MS = 50

export type Up = {
  readonly child: ChildProcess
  /** its lines so far */
  readonly said: string[]
  url(): Promise<string>
  says(text: string | RegExp, msMax: number): Promise<void>
  /**
   * As Ctrl-C in a terminal does: to every process of the group, npm among them, which forwards it once more. Two that
   * come before the process has looked become one, so they are sent with a pause.
   */
  interrupt(): Promise<void>
  /** Resolves when all of them are gone, with the ids of those that stayed. */
  ended(): Promise<number[]>
}

const groups: number[] = []

/** Ends what a test that failed has left. */
export function killAll(): void {
  for (const group of groups) {
    try {
      process.kill(-group, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

/** `make run` without make: npm, in a group of its own. */
export async function up(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Up> {
  const port = String(await freePort())
  const { DATABASE_URL: _, DRILL: __, ...inherited } = process.env
  const child = spawn('npm', ['run', '--silent', 'up'], {
    cwd: ROOT,
    detached: true,
    env: { ...inherited, HOST: '127.0.0.1', PORT: port, DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const group = child.pid ?? 0
  groups.push(group)
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', (l) => said.push(l))
  const says = async (text: string | RegExp, msMax: number): Promise<void> => {
    for (const until = performance.now() + msMax; !said.some((line) => line.match(text)); await sleep(20)) {
      if (performance.now() > until || child.exitCode !== null) throw new Error(`no ${text} in:\n${said.join('\n')}`)
    }
  }
  return {
    child,
    said,
    says,
    async url() {
      await says('Jitasa is open at', OPEN_MS_MAX)
      return `http://localhost:${port}`
    },
    async interrupt() {
      process.kill(-group, 'SIGINT')
      await sleep(ECHO_MS)
      process.kill(-group, 'SIGINT')
    },
    async ended() {
      const all = await descendants(group)
      const staying = async () => (await Promise.all(all.map(async (pid) => ((await runs(pid)) ? [pid] : [])))).flat()
      for (const until = performance.now() + END_MS_MAX; performance.now() < until; await sleep(50)) {
        if ((await staying()).length === 0) break
      }
      return staying()
    },
  }
}

async function descendants(pid: number): Promise<number[]> {
  const children = await childrenOf(pid)
  return [pid, ...(await Promise.all(children.map(descendants))).flat()]
}

async function position(url: string): Promise<number> {
  const response = await fetch(`${url}/api/situation?scope=nation`)
  return response.ok ? ((await response.json()) as { to: number }).to : 0
}

/** Resolves when the hub is ready and the nation's position has moved twice. */
export async function flows(url: string): Promise<void> {
  const until = performance.now() + OPEN_MS_MAX
  const seen = new Set<number>()
  while (seen.size < 3) {
    if (performance.now() > until) throw new Error(`nothing flows within ${OPEN_MS_MAX} ms`)
    if ((await fetch(`${url}/readyz`)).ok) seen.add(await position(url))
    await sleep(100)
  }
}
