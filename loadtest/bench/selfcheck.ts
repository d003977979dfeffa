import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { deltaText } from './servers/payload.ts'
import { ANSWER_MS_MAX, type Marked, Stage } from './stage.ts'

/**
 * Does the client count right? Before anything is measured, it reads a script with every kind of frame, cut into
 * pieces at awkward places, and must report exactly what was in it.
 */

const TEXT = 1
const CONTINUATION = 0
const CLOSE = 8
const PING = 9

const UPGRADED =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n'

function frame(opcode: number, payload: Buffer, last = true): Buffer {
  const first = (last ? 0x80 : 0) | opcode
  if (payload.length < 126) return Buffer.concat([Buffer.from([first, payload.length]), payload])
  if (payload.length < 65_536) {
    return Buffer.concat([Buffer.from([first, 126, payload.length >> 8, payload.length & 255]), payload])
  }
  const head = Buffer.alloc(10)
  head[0] = first
  head[1] = 127
  head.writeBigUInt64BE(BigInt(payload.length), 2)
  return Buffer.concat([head, payload])
}

const delta = (bytes: number, from: number, to: number): Buffer =>
  frame(TEXT, Buffer.from(deltaText(bytes, from, to, Date.now())))

/** Sizes on both sides of each length encoding; 4 → 6 skips one message; 6 → 5 is an old one. */
const SCRIPT = [
  delta(160, 1, 2),
  frame(PING, Buffer.from('beat')),
  delta(65_535, 2, 3),
  frame(TEXT, Buffer.from('{"t":"be'), false),
  frame(CONTINUATION, Buffer.from('at"}')),
  delta(65_536, 3, 4),
  delta(300, 5, 6),
  frame(TEXT, Buffer.from('{"t":"beat","now":1}')),
  delta(300, 4, 5),
  delta(70_000, 6, 7),
]
const EXPECTED = { deliveries: 6, bytes: 160 + 65_535 + 65_536 + 300 + 300 + 70_000, gaps: 1, stale: 1, others: 2 }
/** Bytes of the pieces the script is sent in: 1 byte, within a head, within a payload, several frames at once. */
const PIECES = [1, 2, 3, 5, 170, 997, 40_000]

async function play(socket: Socket, script: Buffer): Promise<void> {
  socket.setNoDelay(true)
  for (let at = 0, piece = 0; at < script.length; piece++) {
    const size = PIECES[piece % PIECES.length]!
    socket.write(script.subarray(at, at + size))
    at += size
    if (piece % 4 === 0) await sleep(1)
  }
}

/** @throws Error that says what the client counted wrong. */
export async function checkClient(client: string): Promise<void> {
  const stage = new Stage({ server: undefined, client: undefined, why: '' }, client)
  const peers: Socket[] = []
  const server = createServer((socket) => {
    peers.push(socket)
    socket.on('error', () => socket.destroy())
    socket.once('data', () => {
      socket.write(UPGRADED)
      socket.once('data', () => socket.write(delta(160, 0, 1)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const dialect = ['--greet', '%sub%', '--sub', 'sub', '--ready', '{"t":"delta"', '--delivery', '{"t":"delta"']
    const variant = { name: 'floor', title: 'self-check', command: [], dialect } as const
    const child = stage.startClient(variant, (server.address() as AddressInfo).port, 1)
    await stage.open(child, 1)
    const peer = peers[0]!
    const pong = new Promise<Buffer>((resolve) => peer.once('data', resolve))
    await play(peer, Buffer.concat(SCRIPT))
    const answer = await pong
    const [mark] = await stage.mark()
    compare(mark!, EXPECTED)
    if ((answer[0]! & 15) !== 10) throw new Error('the client did not answer a ping')
    peer.write(frame(CLOSE, Buffer.from([4001 >> 8, 4001 & 255])))
    await sleep(50)
    const after = (await child.ask('mark', 'mark', ANSWER_MS_MAX)) as unknown as Marked & { codes: unknown }
    compare(after, { ready: 0, closed: 1 })
    if (JSON.stringify(after.codes) !== '{"4001":1}') throw new Error('the client did not see the close code')
  } finally {
    await stage.end()
    for (const peer of peers) peer.destroy()
    server.close()
  }
}

function compare(mark: Marked, expected: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(expected)) {
    const counted = (mark as unknown as Record<string, number>)[name]
    if (counted !== value) throw new Error(`the load client counted ${counted} ${name}, not ${value}`)
  }
}
