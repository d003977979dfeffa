import * as uWS from 'uWebSockets.js'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { attachWebSocket, createFanoutMetrics, Doorkeeper, Fanout } from '../../hub/fanout/index.ts'
import { createMetrics } from '../../hub/metrics.ts'
import type { Delta } from '../../hub/wire/messages.ts'

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
    ...{ shown, metrics, build: 'test', flushMs: 1, beatMs: 1000 },
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
  fanout.attach(
    attachWebSocket({
      ...{ app, fanout, metrics, now: Date.now, ready: () => true, allowOrigin: () => true },
      doorkeeper: new Doorkeeper({ handshakesPerSecond: 100, socketsMax: 100, socketsPerAddress: 100 }),
      identify: (address) => ({ address, pass: null }),
    }),
  )
  const token = await new Promise<uWS.us_listen_socket>((resolve) => app.listen('127.0.0.1', 0, resolve))
  cleanups.push(() => app.close())
  return { shown, fanout, port: uWS.us_socket_local_port(token), drops: () => drops }
}

type Reader = { readonly socket: WebSocket; position: number }

async function openReader(port: number): Promise<Reader> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live?v=2`)
  const reader = { socket, position: 0 }
  cleanups.push(() => socket.terminate())
  socket.on('open', () => socket.send('{"t":"sub","s":"nation","at":0}'))
  await new Promise<void>((resolve) =>
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { t: string; to: number }
      if (message.t !== 'delta') return
      reader.position = message.to
      resolve()
    }),
  )
  return reader
}

test('readers that stall under large frames: the hub lives, the others keep up, the stalled catch up', async () => {
  const hub = await startBigHub()
  const readers = await Promise.all(Array.from({ length: 6 }, () => openReader(hub.port)))
  const stalled = readers.slice(0, 3)
  for (const { socket } of stalled) socket.pause()
  for (let i = 0; i < 400 && hub.drops() < stalled.length; i++) {
    hub.shown.position++
    hub.fanout.changed()
    await sleep(5)
  }
  expect(hub.drops()).toBe(stalled.length)
  await expect
    .poll(() => readers.slice(3).map(({ position }) => position))
    .toEqual([1, 2, 3].map(() => hub.shown.position))
  for (const { socket } of stalled) socket.resume()
  await expect
    .poll(() => stalled.map(({ position }) => position), { timeout: 5000 })
    .toEqual([1, 2, 3].map(() => hub.shown.position))
}, 20_000)
