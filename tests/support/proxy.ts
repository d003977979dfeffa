import { createServer, request, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'

/** What the network does to a WebSocket: lets it through, answers 400 as old proxies do, or swallows it. */
export type UpgradeRule = 'pass' | 'refuse' | 'swallow'

export type TestProxy = {
  readonly url: string
  /** requests for an upgrade so far, by path */
  readonly upgrades: readonly string[]
  /** for upgrades from now on */
  setRule(rule: (path: string) => UpgradeRule): void
  stop(): Promise<void>
}

/** A reverse proxy on loopback before a hub, as offices have them: HTTP passes, upgrades by rule. */
export async function startProxy(hubPort: number, first: (path: string) => UpgradeRule): Promise<TestProxy> {
  let rule = first
  const upgrades: string[] = []
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    return socket.on('error', () => socket.destroy())
  }
  const server: Server = createServer((req, res) => {
    const upstream = request(
      { host: '127.0.0.1', port: hubPort, method: req.method, path: req.url, headers: req.headers },
      (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(res)
        answer.once('error', () => res.destroy())
      },
    )
    upstream.once('error', () => {
      if (res.headersSent) res.destroy()
      else res.writeHead(502).end()
    })
    res.once('close', () => upstream.destroy())
    req.pipe(upstream)
  })
  server.on('connection', keep)
  server.on('upgrade', (req, client: Socket, head) => {
    const path = new URL(req.url ?? '/', 'http://proxy').pathname
    upgrades.push(path)
    const verdict = rule(path)
    if (verdict === 'swallow') return
    if (verdict === 'refuse') return void client.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')
    const hub = keep(
      connect(hubPort, '127.0.0.1', () => {
        const lines = req.rawHeaders.reduce((text, value, i) => text + value + (i % 2 === 0 ? ': ' : '\r\n'), '')
        hub.write(`GET ${req.url} HTTP/1.1\r\n${lines}\r\n`)
        hub.write(head)
        hub.pipe(client).pipe(hub)
      }),
    )
    hub.once('close', () => client.destroy())
    client.once('close', () => hub.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    upgrades,
    setRule(next) {
      rule = next
    },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
