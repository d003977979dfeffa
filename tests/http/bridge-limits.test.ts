import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { BridgeOptions } from '../../hub/http/bridge.ts'
import { probeApp } from './probe-app.ts'
import { exchange, request } from './raw.ts'
import { serveBridge, type TestServer } from './servers.ts'

const OTHER_ADDRESS = '127.0.0.2'

let server: TestServer
const sockets: net.Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await server.stop()
})

async function serve(options: Partial<BridgeOptions>): Promise<void> {
  server = await serveBridge(probeApp(new Map()).fetch, options)
}

async function call(
  localAddress: string,
): Promise<{ readonly socket: net.Socket; heard(): string; closed(): boolean }> {
  const socket = net.connect({ port: server.port, host: '127.0.0.1', localAddress })
  let text = ''
  let closed = false
  socket.on('data', (data) => {
    text += data.toString('latin1')
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    closed = true
  })
  sockets.push(socket)
  await once(socket, 'connect')
  return { socket, heard: () => text, closed: () => closed }
}

const answers = async (localAddress: string): Promise<boolean> => {
  const { socket, heard, closed } = await call(localAddress)
  socket.write(request('GET /anything'))
  await expect.poll(() => closed() || heard() !== '').toBe(true)
  return heard().startsWith('HTTP/1.1')
}

test('60 slow bodies from one address are cut', async () => {
  await serve({ bodyGraceMs: 500 })
  const slow = await Promise.all(Array.from({ length: 60 }, () => call('127.0.0.1')))
  for (const { socket } of slow) socket.write(request('POST /echo/', ['Content-Length: 100000']))
  const drip = setInterval(() => {
    for (const { socket, heard } of slow) if (heard() === '' && socket.writable) socket.write('x')
  }, 50)
  await expect.poll(() => slow.filter(({ heard }) => heard() !== '').length, { timeout: 5000 }).toBe(60)
  clearInterval(drip)
  for (const { heard } of slow) expect(heard()).toMatch(/^HTTP\/1\.1 408 [\s\S]*body_too_slow/)
  await expect.poll(() => slow.filter(({ closed }) => closed()).length, { timeout: 25_000 }).toBe(60)
})

test('a body on a bad line, above the least rate, is taken', async () => {
  await serve({ bodyGraceMs: 200 })
  const { socket, heard } = await call('127.0.0.1')
  socket.write(request('POST /echo/', ['Content-Length: 4000']))
  for (let sent = 0; sent < 4000; sent += 400) {
    socket.write('x'.repeat(400))
    await sleep(80)
  }
  await expect.poll(heard).toMatch(/"bytes":4000/)
})

test('an address that holds too many connections is refused, others are not', async () => {
  let refused = 0
  await serve({ connectionsPerAddress: 3, onConnectionRefused: () => refused++ })
  const held = await Promise.all([1, 2, 3].map(() => call('127.0.0.1')))
  expect(await answers('127.0.0.1')).toBe(false)
  expect(await answers(OTHER_ADDRESS)).toBe(true)
  expect(refused).toBe(1)
  expect(held.map(({ closed }) => closed())).toEqual([false, false, false])
  held[0]?.socket.write(request('GET /anything'))
  await expect.poll(() => held[0]?.heard()).toMatch(/^HTTP\/1\.1 /)
  expect(await answers('127.0.0.1')).toBe(false)
})

test('connections of a trusted proxy are not counted', async () => {
  await serve({ connectionsPerAddress: 1, trustedProxies: ['127.0.0.0/8'] })
  for (let i = 0; i < 3; i++) {
    expect((await exchange(server.port, request('GET /anything'))).answers).toHaveLength(1)
  }
})
