import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { Deltas, serve } from './control.ts'

/** Socket.IO as it comes: its Engine.IO on `ws`, one room, `emit` of an object. */
const deltas = new Deltas()
const http = createServer()
const io = new Server(http, { transports: ['websocket'], serveClient: false })

io.on('connection', (socket) => {
  socket.on('m', () => {
    socket.emit('delta', JSON.parse(deltas.whole()))
    socket.join('nation')
  })
})

function publish(bytes: number): void {
  io.to('nation').emit('delta', JSON.parse(deltas.next(bytes)))
}

http.listen({ host: '127.0.0.1', port: 0, backlog: 512 }, () =>
  serve({ publish }, (http.address() as AddressInfo).port),
)
