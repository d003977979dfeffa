import { connect, createServer, type Socket } from 'node:net'

/** A TCP link to PostgreSQL that a test can freeze (nothing passes, nobody is told) or cut. */
export type Link = {
  readonly url: string
  freeze(): void
  thaw(): void
  cut(): void
  close(): Promise<void>
}

export async function makeLink(url: string): Promise<Link> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  let frozen = false
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => to.write(bytes))
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      if (frozen) from.pause()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no address')
  const through = new URL(url)
  through.port = String(address.port)
  const each = (work: (socket: Socket) => void) => {
    for (const socket of [...sockets]) work(socket)
  }
  return {
    url: through.href,
    freeze() {
      frozen = true
      each((socket) => socket.pause())
    },
    thaw() {
      frozen = false
      each((socket) => socket.resume())
    },
    cut: () => each((socket) => socket.resetAndDestroy()),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      each((socket) => socket.destroy())
      await closed
    },
  }
}
