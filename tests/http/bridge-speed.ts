import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import { fileURLToPath } from 'node:url'
import { addDays } from '../../hub/contract/vocabulary/days.ts'
import { createApp } from '../../hub/http/app.ts'
import { createMetrics } from '../../hub/runtime/metrics.ts'
import type { Situation } from '../../hub/situation/index.ts'
import { startHub } from '../security/hub.ts'
import { request } from './raw.ts'
import { serveBridge, serveNode } from './servers.ts'

/**
 * GET /api/situation of the whole application, behind the bridge and behind @hono/node-server, one process each, in
 * interleaved rounds on keep-alive connections. Needs no database. `node tests/http/bridge-speed.ts` prints JSON.
 */
const CONNECTIONS = 32
const ROUND_MS = 2000
const ROUNDS = 3
const UNREACHABLE = 'postgres://nobody@127.0.0.1:1/none'
const TODAY = '2021-11-11'

type Carrier = 'bridge' | 'node'
type Load = { readonly name: string; readonly headers: readonly string[] }

/** A nation of 78 areas over two weeks: about 1,100 cells of cases. */
function fill(situation: Situation): void {
  const groups = Array.from({ length: 78 * 14 }, (_, i) => ({
    table: 'cases',
    metric: 0,
    row: {
      district: `${String(10 + (i % 78))}01`,
      report_day: addDays(TODAY, -Math.floor(i / 78)),
      classification: 'confirmed',
    },
    n: 1 + (i % 977),
  }))
  const rows = [{ table: 'operation', row: { id: '1', day: TODAY, kind: 'live', title_th: '', title_en: '' } }]
  situation.reset({ epoch: 'e1', position: 1000, at: 0, groups, rows })
}

async function serve(carrier: Carrier): Promise<void> {
  const hub = startHub({ apiUrl: UNREACHABLE, authUrl: UNREACHABLE })
  fill(hub.deps.situation as Situation)
  const app = createApp({ ...hub.deps, metrics: createMetrics() })
  const server = await (carrier === 'bridge'
    ? serveBridge((req, bindings) => app.fetch(req, bindings))
    : serveNode((req, bindings) => app.fetch(req, bindings), true))
  process.on('message', () => process.send?.({ cpu: process.cpuUsage() }))
  process.on('disconnect', () => process.exit(0))
  process.send?.({ port: server.port })
}

async function ask<T>(child: ChildProcess): Promise<T> {
  const answer = once(child, 'message')
  child.send('cpu')
  const [message] = (await answer) as [T]
  return message
}

async function cpuSeconds(child: ChildProcess): Promise<number> {
  const { cpu } = await ask<{ cpu: NodeJS.CpuUsage }>(child)
  return (cpu.user + cpu.system) / 1e6
}

/** One request at a time on each connection, for `ms`. @returns requests answered */
async function load(port: number, headers: readonly string[], ms: number): Promise<number> {
  const bytes = Buffer.from(request('GET /api/situation?scope=nation', headers))
  let answered = 0
  let open = true
  const connections = Array.from({ length: CONNECTIONS }, () => {
    const socket = net.connect(port, '127.0.0.1')
    let missing = 0
    socket.on('data', (data) => {
      if (missing === 0) {
        const end = data.indexOf('\r\n\r\n') + 4
        const length = /content-length: (\d+)/i.exec(data.toString('latin1', 0, end))?.[1] ?? '0'
        missing = Number(length) + end
      }
      missing -= data.length
      if (missing > 0) return
      answered++
      if (open) socket.write(bytes)
      else socket.end()
    })
    socket.write(bytes)
    return once(socket, 'close')
  })
  setTimeout(() => {
    open = false
  }, ms)
  await Promise.all(connections)
  return answered
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

export type Speed = {
  readonly load: string
  readonly perSecond: Record<Carrier, number>
  readonly perCpuSecond: Record<Carrier, number>
  readonly ratio: number
}

/** Medians; `ratio`: answers per server CPU-second, the bridge's over @hono/node-server's. */
export async function measureBridge(): Promise<readonly Speed[]> {
  const loads: readonly Load[] = [
    { name: '200, gzip', headers: ['Accept-Encoding: gzip'] },
    { name: '200, not compressed', headers: [] },
    { name: '304', headers: [] },
  ]
  const carriers: readonly Carrier[] = ['bridge', 'node']
  const children = new Map<Carrier, { child: ChildProcess; port: number }>()
  for (const carrier of carriers) {
    const child = fork(fileURLToPath(import.meta.url), [carrier])
    const [{ port }] = (await once(child, 'message')) as [{ port: number }]
    children.set(carrier, { child, port })
  }
  const tag = await tagOf([...children.values()][0]?.port ?? 0)
  const speeds: Speed[] = []
  for (const { name, headers } of loads) {
    const sent = name === '304' ? [`If-None-Match: ${tag}`] : headers
    const perSecond = { bridge: [] as number[], node: [] as number[] }
    const perCpuSecond = { bridge: [] as number[], node: [] as number[] }
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [carrier, { child, port }] of children) {
        const before = await cpuSeconds(child)
        const answered = await load(port, sent, round === 0 ? ROUND_MS / 4 : ROUND_MS)
        const spent = (await cpuSeconds(child)) - before
        if (round === 0) continue
        perSecond[carrier].push(answered / (ROUND_MS / 1000))
        perCpuSecond[carrier].push(answered / spent)
      }
    }
    const of = (values: typeof perSecond) => ({
      bridge: Math.round(median(values.bridge)),
      node: Math.round(median(values.node)),
    })
    const cpu = of(perCpuSecond)
    speeds.push({
      load: name,
      perSecond: of(perSecond),
      perCpuSecond: cpu,
      ratio: Number((cpu.bridge / cpu.node).toFixed(2)),
    })
  }
  for (const { child } of children.values()) child.disconnect()
  return speeds
}

async function tagOf(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/api/situation?scope=nation`, {
    headers: { 'Accept-Encoding': 'identity' },
  })
  await response.arrayBuffer()
  return response.headers.get('etag') ?? ''
}

if (import.meta.main) {
  const [, , carrier] = process.argv
  if (carrier === 'bridge' || carrier === 'node') await serve(carrier)
  else process.stdout.write(`${JSON.stringify(await measureBridge(), null, 2)}\n`)
}
