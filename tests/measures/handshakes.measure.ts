import { randomBytes } from 'node:crypto'
import { connect as connectPlain, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import { freePort } from '../../db/postgres/cluster.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { buildDashboard } from '../../hub/process/build.ts'
import { readCpuSeconds } from '../../loadtest/bench/proc.ts'
import { record } from '../support/measures.ts'
import { nginx, startNginx } from '../support/nginx.ts'
import { createTestDatabase } from '../support/pg.ts'
import { startProduction } from '../support/production.ts'
import { ROOT } from '../support/up.ts'

const AT_ONCE = 64
const WARM_MS = 1_000
const WINDOW_MS = 10_000
/** Each kind again and again by turns: what slows the machine down falls on all alike. */
const ROUNDS = 3
const HANDSHAKE_MS_MAX = 20_000

type Open = () => Socket

/** One socket: connected, `GET /live` with `Upgrade`, answered with 101, and gone. */
function shake(open: Open, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = open()
    const fail = (error: Error) => {
      socket.destroy()
      reject(error)
    }
    socket.setTimeout(HANDSHAKE_MS_MAX, () => fail(new Error('no handshake in time')))
    socket.once('error', fail)
    socket.once('close', () => reject(new Error('closed before it was answered')))
    let said = ''
    socket.on('data', (data: Buffer) => {
      said += data.toString('latin1')
      if (!said.includes('\r\n\r\n')) return
      if (!said.startsWith('HTTP/1.1 101 ')) fail(new Error(said.slice(0, 200)))
      socket.destroy()
      resolve()
    })
    socket.write(
      `GET /live?v=${PROTOCOL_VERSION} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    )
  })
}

type Counted = { readonly seconds: number; readonly shakes: number; readonly cpu: readonly number[] }

it.skipIf(nginx === undefined)(
  'handshakes of /live: with TLS through nginx, without, and without nginx',
  async () => {
    await buildDashboard(ROOT)
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    const many = '100000'
    const hub = await startProduction(database, {
      ...{ HUB_WORKERS: '1', TRUSTED_PROXIES: '127.0.0.1', HANDSHAKES_PER_SECOND: many },
      ...{ SOCKETS_PER_ADDRESS: many, HTTP_CONNECTIONS_PER_ADDRESS: many },
    })
    onTestFinished(() => void hub.kill('SIGKILL'))
    const plainPort = await freePort()
    const front = await startNginx({ hubs: [hub.port], plainPort })
    onTestFinished(() => front.stop())
    const secured = { host: '127.0.0.1', port: front.port, servername: 'localhost', rejectUnauthorized: false }
    let session: Buffer | undefined
    let resumed = 0
    const kinds: Readonly<Record<string, { readonly port: number; readonly open: Open }>> = {
      'TLS through nginx': { port: front.port, open: () => connectTls(secured) },
      'TLS through nginx, resumed': {
        port: front.port,
        open: () => {
          const socket = connectTls({ ...secured, ...(session && { session }) })
          socket.on('session', (next) => {
            session = next
          })
          socket.once('secureConnect', () => void (socket.isSessionReused() && resumed++))
          return socket
        },
      },
      'through nginx, plain': { port: plainPort, open: () => connectPlain(plainPort, '127.0.0.1') },
      'of the hub alone, plain': { port: hub.port, open: () => connectPlain(hub.port, '127.0.0.1') },
    }
    const cpu = () => [
      readCpuSeconds(hub.child.pid!),
      front.pids.reduce((sum, pid) => sum + readCpuSeconds(pid), 0),
      process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
    ]
    const count = async ({ port, open }: { port: number; open: Open }): Promise<Counted> => {
      let shakes = 0
      let over = false
      const all = Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (; !over; shakes++) await shake(open, port)
        }),
      )
      await sleep(WARM_MS)
      const [before, from, first] = [cpu(), performance.now(), shakes]
      await sleep(WINDOW_MS)
      const [after, to, last] = [cpu(), performance.now(), shakes]
      over = true
      await all
      const spent = after.map((seconds, i) => seconds - (before[i] ?? 0))
      return { seconds: (to - from) / 1_000, shakes: last - first, cpu: spent }
    }
    const counted = new Map<string, Counted[]>()
    for (let round = 0; round < ROUNDS; round++)
      for (const [name, kind] of Object.entries(kinds))
        counted.set(name, [...(counted.get(name) ?? []), await count(kind)])
    for (const [name, rounds] of counted) {
      const sum = (of: (one: Counted) => number) => rounds.reduce((all, one) => all + of(one), 0)
      const shakes = sum((one) => one.shakes)
      const us = (i: number) => Math.round((sum((one) => one.cpu[i] ?? 0) * 1e6) / shakes)
      const rates = rounds.map((one) => Math.round(one.shakes / one.seconds))
      await record({
        ...{ name: `handshakes a second, ${name}`, value: Math.round(shakes / sum((one) => one.seconds)), unit: '/s' },
        how: `${AT_ONCE} at once, ${shakes} in ${ROUNDS} rounds by turns with the others (${rates.join(', ')}/s); each connects, upgrades, and goes. TLS: P-256. CPU a handshake: hub ${us(0)} µs, nginx (one worker) ${us(1)} µs, client ${us(2)} µs; all on the same two cores`,
      })
      expect(shakes).toBeGreaterThan(0)
    }
    expect(resumed).toBeGreaterThan(0)
  },
  600_000,
)
