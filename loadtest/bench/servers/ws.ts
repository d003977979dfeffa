import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { Deltas, serve } from './control.ts'

/** The `ws` package: a set of sockets and a loop over it, as its README shows a broadcast. */
const deltas = new Deltas()
const subscribed = new Set<WebSocket>()
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, backlog: 512, perMessageDeflate: false })

server.on('connection', (socket) => {
  socket.on('message', () => {
    socket.send(deltas.whole())
    subscribed.add(socket)
  })
  socket.on('close', () => subscribed.delete(socket))
  socket.on('error', () => subscribed.delete(socket))
})

function publish(bytes: number): void {
  const text = Buffer.from(deltas.next(bytes))
  for (const socket of subscribed) socket.send(text, { binary: false })
}

server.on('listening', () => serve({ publish }, (server.address() as AddressInfo).port))
