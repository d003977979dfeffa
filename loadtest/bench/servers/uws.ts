import { App, us_socket_local_port } from 'uWebSockets.js'
import { Deltas, serve } from './control.ts'

/** Raw uWebSockets.js: one topic, `publish` of a finished text. Nothing of the hub is in it. */
const deltas = new Deltas()
const app = App()

app.ws('/live', {
  maxBackpressure: 128 * 1024,
  idleTimeout: 60,
  message(ws) {
    ws.send(deltas.whole(), false, false)
    ws.subscribe('nation')
  },
})

app.listen('127.0.0.1', 0, (socket) => {
  if (!socket) throw new Error('no port to listen on at 127.0.0.1')
  serve(
    { publish: (bytes) => void app.publish('nation', deltas.next(bytes), false, false) },
    us_socket_local_port(socket),
  )
})
