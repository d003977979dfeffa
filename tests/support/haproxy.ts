import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../db/postgres/cluster.ts'

const UP_MS_MAX = 20_000

/** @returns HAProxy of HAPROXY or of this machine; `undefined` where there is none: its tests are skipped, and say so */
function findHaproxy(): string | undefined {
  for (const file of [process.env.HAPROXY, 'haproxy', '/usr/sbin/haproxy']) {
    if (file === undefined) continue
    try {
      execFileSync(file, ['-v'], { stdio: 'ignore' })
      return file
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  process.stderr.write('no HAProxy; its tests are skipped\n')
  return undefined
}

export const haproxy = findHaproxy()

/** HAProxy before a hub on 127.0.0.1: connections to the hub are kept, and shared by all clients. @param lines of its frontend */
export async function startHaproxy(
  hub: number,
  lines: readonly string[] = [],
): Promise<{ port: number; stop(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-haproxy-'))
  const port = await freePort()
  const config = path.join(folder, 'haproxy.cfg')
  await writeFile(
    config,
    `global
  maxconn 2000
defaults
  mode http
  timeout connect 2s
  timeout client 10s
  timeout server 10s
  http-reuse always
frontend all
  bind 127.0.0.1:${port}
  ${lines.join('\n  ')}
  default_backend hub
backend hub
  option forwardfor
  server one 127.0.0.1:${hub}
`,
  )
  const child = spawn(haproxy ?? 'haproxy', ['-db', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000)
  })
  for (const end = Date.now() + UP_MS_MAX; !(await answers(port)); await sleep(20)) {
    if (child.exitCode === null && Date.now() < end) continue
    child.kill('SIGKILL')
    throw new Error(`HAProxy does not start:\n${said}`)
  }
  return {
    port,
    async stop() {
      child.kill('SIGTERM')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    const end = (is: boolean) => {
      socket.destroy()
      resolve(is)
    }
    socket.once('connect', () => end(true)).once('error', () => end(false))
  })
}
