import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { deltaText } from './servers/payload.ts'
import { ANSWER_MS_MAX, type Marked, Stage } from './stage.ts'

/**
 * Does the client count right? Before anything is measured, it reads a script with every kind of frame, cut into
 * pieces at awkward places, and must report exactly what was in it.
 */

const TEXT = 1
const BINARY = 2
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

/** A peer of the client that upgrades, answers the subscription, and keeps its sockets. */
async function listen(answer: Buffer) {
  const peers: Socket[] = []
  const server = createServer((socket) => {
    peers.push(socket)
    socket.on('error', () => socket.destroy())
    socket.once('data', () => {
      socket.write(UPGRADED)
      socket.once('data', () => socket.write(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    peers,
    port: (server.address() as AddressInfo).port,
    close(): void {
      for (const peer of peers) peer.destroy()
      server.close()
    },
  }
}

const PEERS = 2
const DIALECT = ['--greet', '%sub%', '--sub', 'sub', '--ready', '{"t":"delta"', '--delivery', '{"t":"delta"']
const variant = { name: 'floor', title: 'self-check', command: [], dialect: DIALECT, wrapping: 0 } as const

/** @throws Error that says what the client counted wrong. */
export async function checkClient(client: string): Promise<void> {
  await checkTexts(client)
  await checkPacked(client)
}

/** Two sockets get the same bytes, so that one is parsed and the other recognised: both must be counted alike. */
async function checkTexts(client: string): Promise<void> {
  const stage = new Stage({ server: undefined, client: undefined, why: '' }, client)
  const { peers, port, close } = await listen(delta(160, 0, 1))
  try {
    const child = stage.startClient(variant, port, PEERS)
    await stage.open(child, PEERS)
    child.tell('latency on')
    const script = Buffer.concat(SCRIPT)
    const pongs: Buffer[] = []
    for (const peer of peers) {
      const pong = new Promise<Buffer>((resolve) => peer.once('data', resolve))
      await play(peer, script)
      pongs.push(await pong)
    }
    const [mark] = await stage.mark()
    compare(mark!, Object.fromEntries(Object.entries(EXPECTED).map(([name, count]) => [name, count * PEERS])))
    const timed = mark!.latency.reduce((sum, [, count]) => sum + count, 0)
    if (timed !== EXPECTED.deliveries * PEERS) throw new Error(`the client took the time of ${timed} deliveries`)
    if (pongs.some((pong) => (pong[0]! & 15) !== 10)) throw new Error('the client did not answer a ping')
    for (const peer of peers) peer.write(frame(CLOSE, Buffer.from([4001 >> 8, 4001 & 255])))
    await sleep(50)
    const after = (await child.ask('mark', 'mark', ANSWER_MS_MAX)) as unknown as Marked & { codes: unknown }
    compare(after, { ready: 0, closed: PEERS })
    if (JSON.stringify(after.codes) !== `{"4001":${PEERS}}`) throw new Error('the client did not see the close code')
  } finally {
    await stage.end()
    close()
  }
}

/** Of four packed messages the second socket gets all but the third: one gap. */
async function checkPacked(client: string): Promise<void> {
  const stage = new Stage({ server: undefined, client: undefined, why: '' }, client)
  const packed = [1, 2, 3, 4].map((fill) => frame(BINARY, Buffer.alloc(200, fill)))
  const { peers, port, close } = await listen(frame(BINARY, Buffer.alloc(200, 9)))
  try {
    const child = stage.startClient(variant, port, PEERS, ['--binary'])
    await stage.open(child, PEERS)
    for (const [i, peer] of peers.entries()) {
      peer.write(Buffer.concat(packed.filter((_, message) => i === 0 || message !== 2)))
      await sleep(50)
    }
    const [mark] = await stage.mark()
    compare(mark!, { deliveries: 7, gaps: 1, stale: 0 })
  } finally {
    await stage.end()
    close()
  }
}

function compare(mark: Marked, expected: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(expected)) {
    const counted = (mark as unknown as Record<string, number>)[name]
    if (counted !== value) throw new Error(`the load client counted ${counted} ${name}, not ${value}`)
  }
}
