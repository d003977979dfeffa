import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '../../db/postgres/cluster.ts'
import { readFeedAddress } from '../../hub/runtime/feed-address.ts'
import type { BusOptions } from '../../hub/source/jetstream/bus.ts'

const ROOT = path.dirname(path.dirname(import.meta.dirname))
const MODULE = 'github.com/nats-io/nats-server/v2@v2.15.2'
const CACHE = path.join(ROOT, 'node_modules/.cache/jitasa-nats')
const BUILD_MS_MAX = 900_000
const UP_MS_MAX = 30_000

const run = promisify(execFile)

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

/** Go's own places too: where it is installed by hand, it is not always in PATH. */
async function findGo(): Promise<string | undefined> {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/local/go/bin', '/usr/lib/go/bin']
  for (const folder of folders) if (await exists(path.join(folder, 'go'))) return path.join(folder, 'go')
  return undefined
}

/** @returns the nats-server of NATS_SERVER, or one that is built once, by Go; `undefined` without Go */
async function findServer(): Promise<string | undefined> {
  const given = process.env.NATS_SERVER
  if (given) return given
  const built = path.join(CACHE, 'nats-server')
  if (await exists(built)) return built
  const go = await findGo()
  if (go === undefined) return undefined
  await mkdir(CACHE, { recursive: true })
  const folder = await mkdtemp(path.join(CACHE, 'build-'))
  try {
    await run(go, ['install', MODULE], { env: { ...process.env, GOBIN: folder }, timeout: BUILD_MS_MAX })
    await rename(path.join(folder, 'nats-server'), built)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return built
}

/** Of this process. Without it and without Go its tests are skipped. */
export const natsServer = await findServer()
if (natsServer === undefined) process.stderr.write('no nats-server and no Go to build it with: its tests are skipped\n')

export type NatsNode = {
  readonly port: number
  kill(signal: NodeJS.Signals): Promise<void>
  signal(signal: NodeJS.Signals): void
  isAlive(): boolean
  start(): Promise<void>
  /** of one that is killed: everything it held is gone */
  wipe(): Promise<void>
}

export type Nats = {
  readonly nodes: readonly NatsNode[]
  /** HUB_FEED of a hub that may use all nodes */
  readonly url: string
  bus(name: string): BusOptions
  stop(): Promise<void>
}

export type NatsOptions = {
  readonly nodes?: number
  /** more of the configuration file */
  readonly config?: string
  /** before the hosts of the URL: `tls://user:password@` */
  readonly scheme?: string
}

/** A NATS of its own with JetStream; several nodes make a cluster. Nodes keep their data when they are killed. */
export async function startNats({
  nodes: count = 1,
  config = '',
  scheme = 'nats://',
}: NatsOptions = {}): Promise<Nats> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-nats-'))
  const ports = await Promise.all(Array.from({ length: count }, () => freePort()))
  const routes = await Promise.all(Array.from({ length: count }, () => freePort()))
  const nodes = await Promise.all(
    ports.map(async (port, i) => {
      const cluster = `cluster { name: jitasa, listen: "127.0.0.1:${routes[i]}", routes: [${routes
        .map((each) => `"nats-route://127.0.0.1:${each}"`)
        .join(', ')}] }`
      const file = path.join(folder, `${i}.conf`)
      await writeFile(
        file,
        `server_name: n${i}\nlisten: "127.0.0.1:${port}"\njetstream { store_dir: "${path.join(folder, `store-${i}`)}" }\n` +
          `${count > 1 ? cluster : ''}\n${config}\n`,
      )
      return node(file, port, path.join(folder, `store-${i}`))
    }),
  )
  await Promise.all(nodes.map((each) => each.start()))
  const url = `${scheme}${ports.map((port) => `127.0.0.1:${port}`).join(',')}`
  const address = readFeedAddress(url)
  if (address === undefined) throw new Error(`not an address of NATS: ${url}`)
  return {
    nodes,
    url,
    bus: (name) => ({ address, name }),
    async stop() {
      await Promise.all(nodes.map((each) => each.kill('SIGKILL')))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function node(file: string, port: number, store: string): NatsNode {
  let child: ChildProcess | undefined
  let gone: Promise<void> = Promise.resolve()
  return {
    port,
    wipe: () => rm(store, { recursive: true, force: true }),
    signal: (signal) => void child?.kill(signal),
    isAlive: () => child !== undefined && child.exitCode === null && child.signalCode === null,
    async kill(signal) {
      child?.kill(signal)
      await gone
    },
    async start() {
      const started = spawn(natsServer ?? 'nats-server', ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] })
      child = started
      let said = ''
      started.stderr.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-4000)
      })
      gone = new Promise((resolve) => started.once('exit', () => resolve()))
      for (const end = Date.now() + UP_MS_MAX; !(await answers(port)); await sleep(20)) {
        if (started.exitCode !== null || Date.now() > end) throw new Error(`nats-server does not start:\n${said}`)
      }
    },
  }
}

/** It greets whoever connects. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port })
    const end = (heard: boolean) => {
      socket.destroy()
      resolve(heard)
    }
    socket.once('data', () => end(true))
    socket.once('error', () => end(false))
  })
}
