import * as uWS from 'uWebSockets.js'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import type { Delta } from '../../hub/contract/live/messages.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import {
  Admission,
  attachSocketIo,
  attachWebSocket,
  BACKPRESSURE_BYTES_MAX,
  createFanoutMetrics,
  Fanout,
} from '../../hub/fanout/index.ts'
import { refusesHead } from '../../hub/http/bridge.ts'
import { createMetrics } from '../../hub/runtime/metrics.ts'

const BIG = 'x'.repeat(64 * 1024)
const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

/** Every flush is one delta of 64 KiB: above what uWS batches, so that it is written within `publish`. */
class BigShown {
  readonly epoch = 'e'
  position = 1
  #flushed = 1
  hasDirty(): boolean {
    return this.position > this.#flushed
  }
  since(_scope: string, from: number): Delta {
    return { t: 'delta', s: 'nation', from, to: this.position, sum: 0, at: 0, c: [], r: [], x: [BIG] }
  }
  flush(): Delta[] {
    const delta = this.since('nation', this.#flushed)
    this.#flushed = this.position
    return [delta]
  }
}

async function startBigHub() {
  const shown = new BigShown()
  let drops = 0
  const metrics = { ...createFanoutMetrics(createMetrics()), dropped: () => void drops++ }
  const fanout = new Fanout({
    shown,
    metrics,
    build: 'test',
    flushMs: 1,
    beatMs: 1000,
    health: () => ({ live: true, lagMs: 0 }),
    authorize: () => 'allowed',
    loop: {
      now: Date.now,
      random: Math.random,
      after(ms, task) {
        const timer = ms === 0 ? setImmediate(task) : setTimeout(task, ms)
        return () => (ms === 0 ? clearImmediate(timer as NodeJS.Immediate) : clearTimeout(timer as NodeJS.Timeout))
      },
    },
  })
  const app = uWS.App()
  const carrier = {
    app,
    fanout,
    metrics,
    now: Date.now,
    ready: () => true,
    allowOrigin: () => true,
    admission: new Admission({ handshakesPerSecond: 100, socketsMax: 100, socketsPerAddress: 100 }),
    identify: (address: string) => ({ address, pass: null }),
    refusesHead,
    secure: false,
  }
  fanout.attach(attachWebSocket(carrier))
  fanout.attach(attachSocketIo(carrier))
  const token = await new Promise<uWS.us_listen_socket>((resolve) => app.listen('127.0.0.1', 0, resolve))
  cleanups.push(() => app.close())
  return { shown, fanout, port: uWS.us_socket_local_port(token), drops: () => drops }
}

type BigHub = Awaited<ReturnType<typeof startBigHub>>

/** One frame more: on a busy machine flushes come later, and two changes would be one frame. */
async function flushOnce({ shown, fanout }: BigHub): Promise<void> {
  shown.position++
  fanout.changed()
  while (shown.hasDirty()) await sleep(5)
}

type Message = { t: string; from: number; to: number }
type Reader = { position: number; gaps: number }

/** Folds positions as a client does (PROTOCOL.md, D1–D4). */
function fold(reader: Reader, message: Message): boolean {
  if (message.t !== 'delta') return false
  if (message.from > reader.position) reader.gaps += 1
  reader.position = message.to
  return true
}

const SUB = '{"t":"sub","s":"nation","at":0}'

/** What a frame says, and what has to be said in answer; Engine.IO's and Socket.IO's handshakes and pings among it. */
const DIALECTS = {
  [`/live?v=${PROTOCOL_VERSION}`]: (text: string) => {
    const message = JSON.parse(text) as Message
    return message.t === 'hello' ? SUB : message
  },
  [`/socket.io/?EIO=4&transport=websocket&v=${PROTOCOL_VERSION}`]: (text: string) => {
    if (text.startsWith('0')) return '40'
    if (text.startsWith('40')) return `42["m",${SUB}]`
    if (text.startsWith('42')) return (JSON.parse(text.slice(2)) as [string, Message])[1]
    return text === '2' ? '3' : undefined
  },
} as const
type Path = keyof typeof DIALECTS

async function openReader(
  port: number,
  path: Path,
  options: ClientOptions = {},
): Promise<Reader & { readonly socket: WebSocket; deltas: number }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, options)
  const reader = { socket, position: 0, gaps: 0, deltas: 0 }
  cleanups.push(() => socket.terminate())
  await new Promise<void>((resolve) =>
    socket.on('message', (data: Buffer) => {
      const heard = DIALECTS[path](data.toString())
      if (typeof heard === 'string') socket.send(heard)
      else if (heard !== undefined && fold(reader, heard)) {
        reader.deltas += 1
        resolve()
      }
    }),
  )
  return reader
}

test.each(Object.keys(DIALECTS) as Path[])(
  '[F3] %s: readers that stall under large frames: the hub lives, the others keep up, the stalled catch up without a gap',
  async (path) => {
    const hub = await startBigHub()
    const readers = await Promise.all(Array.from({ length: 6 }, () => openReader(hub.port, path)))
    const stalled = readers.slice(0, 3)
    for (const { socket } of stalled) socket.pause()
    for (let i = 0; i < 400 && hub.drops() < stalled.length; i++) {
      await flushOnce(hub)
    }
    expect(hub.drops()).toBe(stalled.length)
    await expect
      .poll(() => readers.slice(3).map(({ position }) => position), { timeout: 5000 })
      .toEqual([1, 2, 3].map(() => hub.shown.position))
    for (const { socket } of stalled) socket.resume()
    await expect
      .poll(() => stalled.map(({ position }) => position), { timeout: 5000 })
      .toEqual([1, 2, 3].map(() => hub.shown.position))
    expect(readers.map(({ gaps }) => gaps)).toEqual([0, 0, 0, 0, 0, 0])
  },
  20_000,
)

test('[F3] a client that no longer polls costs a bounded buffer, and catches up without a gap when it polls again', async () => {
  const hub = await startBigHub()
  const base = `http://127.0.0.1:${hub.port}/socket.io/?EIO=4&transport=polling&v=${PROTOCOL_VERSION}`
  const opened = (await (await fetch(base)).text()).slice(1)
  const url = `${base}&sid=${(JSON.parse(opened) as { sid: string }).sid}`
  const reader: Reader = { position: 0, gaps: 0 }
  const say = (packet: string) => fetch(url, { method: 'POST', body: packet })
  const poll = async (): Promise<number> => {
    const packets = (await (await fetch(url)).text()).split('\x1e')
    for (const packet of packets) {
      if (packet.startsWith('42')) fold(reader, (JSON.parse(packet.slice(2)) as [string, Message])[1])
    }
    return packets.reduce((sum, packet) => sum + packet.length, 0)
  }
  await say('40')
  await poll()
  await say(`42["m",${SUB}]`)
  while (reader.position === 0) await poll()
  for (let i = 0; i < 40; i++) await flushOnce(hub)
  expect(hub.drops()).toBe(1)
  expect(await poll()).toBeLessThan(BACKPRESSURE_BYTES_MAX + 2 * BIG.length)
  while (reader.position < hub.shown.position) await poll()
  expect(reader.gaps).toBe(0)
  hub.shown.position++
  hub.fanout.changed()
  while (reader.position < hub.shown.position) await poll()
  expect([reader.gaps, hub.drops()]).toEqual([0, 1])
}, 20_000)

test('[F3] a reader that reads old frames out of the kernels’ buffers leaves its topics long before those are full', async () => {
  const hub = await startBigHub()
  const flush = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await flushOnce(hub)
  }
  const [slow, silent] = [
    await openReader(hub.port, `/live?v=${PROTOCOL_VERSION}`),
    await openReader(hub.port, `/live?v=${PROTOCOL_VERSION}`, { autoPong: false }),
  ]
  const pinged = new Promise((resolve) => slow.socket.once('ping', resolve))
  await flush(6)
  await pinged
  slow.socket.pause()
  await flush(6)
  await expect.poll(hub.drops, { timeout: 8000 }).toBe(1)
  const before = slow.deltas
  await flush(20)
  slow.socket.resume()
  await expect.poll(() => slow.position, { timeout: 5000 }).toBe(hub.shown.position)
  expect(slow.deltas - before).toBeLessThanOrEqual(6 + 1)
  await expect.poll(() => silent.position, { timeout: 5000 }).toBe(hub.shown.position)
  expect([slow.gaps, silent.gaps, hub.drops()]).toEqual([0, 0, 1])
}, 20_000)
