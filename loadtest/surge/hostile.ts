import { connect, type Socket } from 'node:net'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'

/**
 * One bad address, in a process of its own, on both carriers: floods of frames that are garbage, binary, oversized or too
 * many, handshakes that are never finished, headers byte by byte. `{port}` by the channel; then `{attack: true | false}`.
 * A flood goes on until the hub ends it. What is half open stays, beyond the attack, until the hub ends it, too: that it
 * does, is counted. Bounded: OPEN_MAX connections.
 */
const FROM = '127.0.0.66'
const OPEN_MAX = 1500
const PER_TICK = 10
const TICK_MS = 50
const SLOW_HEADER_MS = 100
const FRAMES_AT_ONCE = 200
const FLOOD_EVERY_MS = 20
/** A flood that the hub reads and does not end, ends by itself. */
const FLOOD_MS_MAX = 5000
const KEY = 'dGhlIHNhbXBsZSBub25jZQ=='
const upgradeTo = (path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${KEY}\r\nSec-WebSocket-Version: 13\r\n\r\n`
const LIVE = upgradeTo(`/live?v=${PROTOCOL_VERSION}`)
const SOCKETIO = upgradeTo(`/socket.io/?EIO=4&transport=websocket&v=${PROTOCOL_VERSION}`)
const POLLING = `GET /socket.io/?EIO=4&transport=polling&v=${PROTOCOL_VERSION} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`

export type HostileReport = {
  readonly connections: number
  readonly frames: number
  /** connections that never finished their handshake, and those of them that the hub ended; ms the longest was held */
  readonly halfOpen: number
  readonly halfOpenEnded: number
  readonly halfOpenMsMax: number
  /** floods that the hub ended */
  readonly floodsEnded: number
}

/** A masked client frame (RFC 6455) with a mask of zeros. @param opcode 1 text, 2 binary */
export function frameOf(opcode: number, payload: Buffer): Buffer {
  const length =
    payload.length < 126
      ? Buffer.from([0x80 | payload.length])
      : payload.length < 65_536
        ? Buffer.from([0x80 | 126, payload.length >> 8, payload.length & 0xff])
        : Buffer.concat([Buffer.from([0x80 | 127, 0, 0, 0, 0]), uint32(payload.length)])
  return Buffer.concat([Buffer.from([0x80 | opcode]), length, Buffer.alloc(4), payload])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

const text = (payload: string): Buffer => frameOf(1, Buffer.from(payload))

type Flood = { readonly opening: string; readonly greeting?: Buffer; readonly frame: Buffer }

/** Until the hub ends the connection: the opening, then frames by the hundred. */
const FLOODS: Readonly<Record<string, Flood>> = {
  garbage: { opening: LIVE, frame: text('{"t":"sub","s":') },
  binary: { opening: LIVE, frame: frameOf(2, Buffer.alloc(100, 0xff)) },
  oversized: { opening: LIVE, frame: frameOf(1, Buffer.alloc(2048, 'x')) },
  pings: { opening: LIVE, frame: text('{"t":"ping"}') },
  questions: { opening: LIVE, frame: text('{"t":"sub","s":"nation","at":0}') },
  socketioGarbage: { opening: SOCKETIO, frame: text('9nonsense') },
  socketioEvents: { opening: SOCKETIO, greeting: text('40'), frame: text('42["m",{"t":"ping"}]') },
  socketioOversized: { opening: SOCKETIO, greeting: text('40'), frame: frameOf(1, Buffer.alloc(8192, 'x')) },
}
const FLOOD_BYTES: ReadonlyMap<string, Buffer> = new Map(
  Object.entries(FLOODS).map(([name, { frame }]) => [
    name,
    Buffer.concat(new Array<Buffer>(FRAMES_AT_ONCE).fill(frame)),
  ]),
)
const ENORMOUS = frameOf(1, Buffer.alloc(1_000_000, 'x'))

export const ATTACKS = [...Object.keys(FLOODS), 'enormous', 'polling', 'halfOpen', 'slowHeaders'] as const

class Attacker {
  readonly #floods = new Set<Socket>()
  #halfOpenNow = 0
  #made = 0
  #port = 0
  report = { connections: 0, frames: 0, halfOpen: 0, halfOpenEnded: 0, halfOpenMsMax: 0, floodsEnded: 0 }

  aim(port: number): void {
    this.#port = port
  }

  /** As many as a tick may open. */
  tick(): void {
    for (let i = 0; i < PER_TICK && this.#floods.size + this.#halfOpenNow < OPEN_MAX; i++) {
      const kind = ATTACKS[this.#made++ % ATTACKS.length]!
      if (kind === 'halfOpen' || kind === 'slowHeaders') this.#halfOpen(kind)
      else this.#flood(kind)
    }
  }

  /** Floods end with the attack; what is half open waits for the hub. */
  rest(): void {
    for (const socket of this.#floods) socket.destroy()
  }

  #connect(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', localAddress: FROM })
    this.report.connections += 1
    // A refused or reset connection is what an attacker expects.
    socket.on('error', () => socket.destroy())
    socket.resume()
    return socket
  }

  #flood(kind: string): void {
    const socket = this.#connect()
    this.#floods.add(socket)
    let cut = false
    const end = setTimeout(() => {
      cut = true
      socket.destroy()
    }, FLOOD_MS_MAX)
    let pouring: NodeJS.Timeout | undefined
    socket.once('close', () => {
      clearTimeout(end)
      clearInterval(pouring)
      this.#floods.delete(socket)
      if (!cut) this.report.floodsEnded += 1
    })
    const flood = FLOODS[kind]
    socket.once('connect', () => socket.write(flood?.opening ?? (kind === 'polling' ? POLLING : LIVE)))
    socket.once('data', () => {
      if (kind === 'enormous') socket.write(ENORMOUS)
      if (flood === undefined) return
      if (flood.greeting) socket.write(flood.greeting)
      const bytes = FLOOD_BYTES.get(kind)!
      pouring = setInterval(() => {
        // A hub that does not read is not sent more: the flood shall not wait in this process.
        if (socket.writableNeedDrain) return
        socket.write(bytes)
        this.report.frames += FRAMES_AT_ONCE
      }, FLOOD_EVERY_MS)
    })
  }

  #halfOpen(kind: 'halfOpen' | 'slowHeaders'): void {
    const socket = this.#connect()
    const began = performance.now()
    this.#halfOpenNow += 1
    this.report.halfOpen += 1
    let drip: NodeJS.Timeout | undefined
    socket.once('close', () => {
      clearInterval(drip)
      this.#halfOpenNow -= 1
      this.report.halfOpenEnded += 1
      this.report.halfOpenMsMax = Math.max(this.report.halfOpenMsMax, Math.round(performance.now() - began))
    })
    socket.once('connect', () => {
      if (kind === 'halfOpen') {
        socket.write(LIVE.slice(0, -2))
        return
      }
      let at = 0
      drip = setInterval(() => socket.write(LIVE.charAt(at++) || 'x'), SLOW_HEADER_MS)
    })
  }
}

if (import.meta.main) {
  const attacker = new Attacker()
  let ticking: NodeJS.Timeout | undefined
  process.on('message', (message: { readonly port?: number; readonly attack?: boolean }) => {
    if (message.port !== undefined) attacker.aim(message.port)
    clearInterval(ticking)
    if (message.attack === true) ticking = setInterval(() => attacker.tick(), TICK_MS)
    else attacker.rest()
  })
  setInterval(() => process.send?.(attacker.report satisfies HostileReport), 500)
  process.once('disconnect', () => process.exit(0))
  process.on('SIGINT', () => undefined)
}
