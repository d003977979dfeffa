import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Bytes that are let through at once. */
const PIECE = 1_460

export type SlowLink = { readonly url: string; stop(): Promise<void> }

/**
 * A thin, long line before a hub on loopback: everything that goes one way shares its bandwidth, waits for half of the
 * round trip, and a new connection waits for a whole one. What a browser's own emulation leaves out, WebSockets, is in it.
 */
export async function startSlowLink(
  hubPort: number,
  { bytesPerS, roundTripMs }: { readonly bytesPerS: number; readonly roundTripMs: number },
): Promise<SlowLink> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    return socket.on('error', () => socket.destroy())
  }
  const free = { up: 0, down: 0 }
  async function pump(from: Socket, to: Socket, way: 'up' | 'down'): Promise<void> {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; at += PIECE) {
        const piece = chunk.subarray(at, at + PIECE)
        free[way] = Math.max(free[way], performance.now()) + (piece.length / bytesPerS) * 1_000
        await sleep(free[way] - performance.now())
        setTimeout(() => to.write(piece), roundTripMs / 2)
      }
    }
    setTimeout(() => to.end(), roundTripMs / 2)
  }
  const server = createServer((client) => {
    keep(client)
    const hub = keep(connect(hubPort, '127.0.0.1'))
    hub.once('close', () => client.destroy())
    client.once('close', () => hub.destroy())
    void sleep(roundTripMs)
      .then(() => Promise.all([pump(client, hub, 'up'), pump(hub, client, 'down')]))
      .catch(() => {
        client.destroy()
        hub.destroy()
      })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the link has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
