import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A TCP link to a server on loopback, at which a test can do what networks do. */
export type Link = {
  /** the server's, through the link */
  readonly url: string
  readonly port: number
  /** Nothing passes, nobody is told. */
  freeze(): void
  thaw(): void
  /** Both ends are reset. */
  cut(): void
  /** The server's end is closed, the other one is never told: whoever holds it has to find out. */
  halfOpen(): void
  /** What passes from now on arrives so much later, in order; 0: at once. */
  delay(ms: number): void
  /** New connections go to another server, as an address does that moves; those that are open are cut. */
  moveTo(port: number): void
  close(): Promise<void>
}

type Pair = { readonly near: Socket; readonly far: Socket; abandoned: boolean }

export async function makeLink(url: string): Promise<Link> {
  const target = new URL(url)
  const pairs = new Set<Pair>()
  let targetPort = Number(target.port)
  let frozen = false
  let delayMs = 0

  function join(pair: Pair, from: Socket, to: Socket): void {
    let last: Promise<unknown> | undefined
    from.on('data', (bytes) => {
      if (pair.abandoned) return
      if (delayMs === 0 && last === undefined) return void to.write(bytes)
      const mine = Promise.all([sleep(delayMs), last]).then(() => {
        to.write(bytes)
        if (last === mine) last = undefined
      })
      last = mine
    })
    from.on('error', () => {
      if (!pair.abandoned) to.destroy()
    })
    from.on('close', () => {
      if (pair.abandoned && from === pair.far) return
      pairs.delete(pair)
      to.destroy()
    })
    if (frozen) from.pause()
  }

  const server = createServer((near) => {
    const far = connect(targetPort, target.hostname)
    const pair = { near, far, abandoned: false }
    pairs.add(pair)
    join(pair, near, far)
    join(pair, far, near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no address')
  const through = new URL(url)
  through.port = String(address.port)
  const each = (work: (socket: Socket) => void) => {
    for (const { near, far } of [...pairs]) for (const socket of [near, far]) work(socket)
  }
  const link: Link = {
    url: through.href,
    port: address.port,
    freeze() {
      frozen = true
      each((socket) => socket.pause())
    },
    thaw() {
      frozen = false
      each((socket) => socket.resume())
    },
    cut: () => each((socket) => socket.resetAndDestroy()),
    halfOpen() {
      for (const pair of [...pairs]) {
        pair.abandoned = true
        pair.far.destroy()
      }
    },
    delay(ms) {
      delayMs = ms
    },
    moveTo(port) {
      targetPort = port
      link.cut()
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      each((socket) => socket.destroy())
      await closed
    },
  }
  return link
}
