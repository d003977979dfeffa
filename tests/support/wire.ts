import { connect, createServer, type Socket } from 'node:net'

export type Wire = {
  readonly port: number
  /** whether it is cut from now on: what it carried ends, and nobody gets through */
  cut(is: boolean): void
  stop(): Promise<void>
}

/** A wire between a screen and a hub on loopback, to be cut. */
export async function startWire(hubPort: number): Promise<Wire> {
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((client) => {
    if (isCut) return void client.destroy()
    const hub = connect(hubPort, '127.0.0.1')
    for (const [one, other] of [
      [client, hub],
      [hub, client],
    ] as const) {
      sockets.add(one)
      one.on('error', () => one.destroy())
      one.once('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the wire has no port')
  const drop = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: address.port,
    cut(is: boolean) {
      isCut = is
      if (is) drop()
    },
    stop() {
      drop()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
