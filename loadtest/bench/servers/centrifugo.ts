import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { freePort } from '../../../db/postgres/cluster.ts'
import { readCpuSeconds } from '../proc.ts'
import { Deltas, serve } from './control.ts'

/**
 * Centrifugo itself, `node centrifugo.ts BINARY`: its own process, into which messages come by its server API (HTTP). This one
 * publishes and is no part of what is measured: `listening` names Centrifugo's pid, and the stage takes that for the server.
 */
const [binary = 'centrifugo'] = process.argv.slice(2)
const CHANNEL = 'nation'
const UP_MS_MAX = 15_000
const LOOK_MS = 50
/**
 * Readers of this process's own, by whom a flood goes: the next message is published when all have the last but one. Centrifugo
 * puts a message into a queue for each client and answers; without them queues would grow until it closes the clients.
 */
const WITNESSES = 8
const UNDER_WAY_MAX = 2

/** As it comes, but for who may connect and publish, and nothing is asked of the internet. */
const config = (port: number) => ({
  http_server: { address: '127.0.0.1', port: String(port) },
  client: { insecure: true },
  http_api: { insecure: true },
  channel: { without_namespace: { allow_subscribe_for_client: true } },
  debug: { enabled: true },
  usage_stats: { disabled: true },
  log: { level: 'error' },
})

const agent = new Agent({ keepAlive: true, maxSockets: UNDER_WAY_MAX })

function ask(port: number, method: 'GET' | 'POST', where: string, body = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
    const asked = request({ host: '127.0.0.1', port, path: where, method, agent, headers }, (answer) => {
      answer.resume()
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve()
        else reject(new Error(`${where} is answered with ${answer.statusCode}`))
      })
    })
    asked.once('error', reject)
    asked.end(body)
  })
}

async function up(port: number): Promise<void> {
  const until = Date.now() + UP_MS_MAX
  for (;;) {
    try {
      await ask(port, 'POST', '/api/info', '{}')
      return
    } catch (error) {
      if (Date.now() > until) throw error
      await sleep(LOOK_MS)
    }
  }
}

/** Publications that each witness has. */
function witness(port: number): { count: number } {
  const seen = { count: 0 }
  const socket = new WebSocket(`ws://127.0.0.1:${port}/connection/websocket`, { perMessageDeflate: false })
  socket.on('open', () => socket.send(`{"id":1,"connect":{}}\n{"id":2,"subscribe":{"channel":"${CHANNEL}"}}`))
  socket.on('message', (data: Buffer) => {
    for (const line of data.toString('latin1').split('\n')) {
      if (line === '{}') socket.send('{}')
      else if (line.startsWith('{"push":')) seen.count++
    }
  })
  socket.on('error', fail)
  return seen
}

function fail(error: Error): never {
  process.stderr.write(`centrifugo: ${error.message}\n`)
  centrifugo.kill('SIGKILL')
  process.exit(1)
}

const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-centrifugo-'))
const port = await freePort()
await writeFile(path.join(folder, 'config.json'), JSON.stringify(config(port)))
const centrifugo = spawn(binary, ['--config', path.join(folder, 'config.json')], {
  stdio: ['ignore', 'ignore', 'inherit'],
})
centrifugo.once('exit', (code) => process.exit(code ?? 1))
process.once('exit', () => centrifugo.kill('SIGKILL'))
await up(port)
await rm(folder, { recursive: true })
const pid = centrifugo.pid ?? 0

const deltas = new Deltas()
const witnesses = Array.from({ length: WITNESSES }, () => witness(port))
let handed = 0

serve(
  {
    waitMs: 1,
    ready: () => witnesses.every(({ count }) => handed - count < UNDER_WAY_MAX),
    publish(bytes) {
      handed++
      ask(port, 'POST', '/api/publish', `{"channel":"${CHANNEL}","data":${deltas.next(bytes)}}`).catch(fail)
    },
    cpuUs: () => Math.round(readCpuSeconds(pid) * 1e6),
    // Go collects, and gives back to the kernel what it keeps for later within minutes: what is there is what it takes.
    settle: () => ask(port, 'GET', '/debug/pprof/heap?gc=1'),
  },
  port,
  pid,
)
