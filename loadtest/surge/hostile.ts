import { connect, type Socket } from 'node:net'

/**
 * One bad address, in a process of its own: garbage frames, oversized frames, handshakes that are never finished,
 * headers byte by byte. `{port}` by the channel; then `{attack: true | false}`. Bounded: OPEN_MAX connections.
 */
const FROM = '127.0.0.66'
const OPEN_MAX = 400
const PER_TICK = 5
const TICK_MS = 50
const LIFE_MS = 5000
const SLOW_HEADER_MS = 100
const KEY = 'dGhlIHNhbXBsZSBub25jZQ=='
const HANDSHAKE = `GET /live?v=2 HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${KEY}\r\nSec-WebSocket-Version: 13\r\n\r\n`

export const ATTACKS = ['garbage', 'binary', 'oversized', 'enormous', 'halfOpen', 'slowHeaders'] as const
export type Attack = (typeof ATTACKS)[number]

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

const FRAMES: Partial<Record<Attack, Buffer>> = {
  garbage: frameOf(1, Buffer.from('{"t":"sub","s":')),
  binary: frameOf(2, Buffer.alloc(100, 0xff)),
  oversized: frameOf(1, Buffer.alloc(2048, 'x')),
  enormous: frameOf(1, Buffer.alloc(1_000_000, 'x')),
}

function attack(kind: Attack, port: number, done: () => void): Socket {
  const socket = connect({ port, host: '127.0.0.1', localAddress: FROM })
  socket.setTimeout(LIFE_MS, () => socket.destroy())
  const end = setTimeout(() => socket.destroy(), LIFE_MS)
  // A refused or reset connection is what an attacker expects.
  socket.on('error', () => socket.destroy())
  let drip: NodeJS.Timeout | undefined
  socket.once('close', () => {
    clearTimeout(end)
    clearInterval(drip)
    done()
  })
  socket.once('connect', () => {
    const frame = FRAMES[kind]
    if (frame !== undefined) {
      socket.write(HANDSHAKE)
      socket.once('data', () => socket.write(frame))
    } else if (kind === 'halfOpen') {
      socket.write(HANDSHAKE.slice(0, -2))
    } else {
      let at = 0
      drip = setInterval(() => socket.write(HANDSHAKE.charAt(at++) || 'x'), SLOW_HEADER_MS)
    }
  })
  socket.resume()
  return socket
}

if (import.meta.main) {
  const open = new Set<Socket>()
  let port = 0
  let made = 0
  let timer: NodeJS.Timeout | undefined
  process.on('message', (message: { readonly port?: number; readonly attack?: boolean }) => {
    port = message.port ?? port
    clearInterval(timer)
    if (message.attack !== true) {
      for (const socket of open) socket.destroy()
      return
    }
    timer = setInterval(() => {
      for (let i = 0; i < PER_TICK && open.size < OPEN_MAX; i++) {
        const socket = attack(ATTACKS[made++ % ATTACKS.length]!, port, () => open.delete(socket))
        open.add(socket)
      }
      process.send?.({ made })
    }, TICK_MS)
  })
  process.once('disconnect', () => process.exit(0))
  process.on('SIGINT', () => undefined)
}
