import type * as uWS from 'uWebSockets.js'
import type { IncomingMessage } from 'node:http'
import { setTimeout as setTimeoutPromise } from 'node:timers/promises'
import { Server, type ServerOptions, type Socket } from 'socket.io'
import { CLOSE, type CloseName } from '../wire/close.ts'
import { CLIENT_MESSAGE_BYTES_MAX, PROTOCOL_VERSION } from '../wire/messages.ts'
import type { Doorkeeper } from './admission.ts'
import type { Fanout, Session } from './fanout.ts'
import type { Frame } from './frames.ts'
import type { Carrier, Link, Topic, Viewer } from './link.ts'
import type { FanoutMetrics } from './metrics.ts'
import { BACKPRESSURE_BYTES_MAX, type HandshakeHeaders } from './websocket.ts'

export type SocketIoOptions = {
  readonly app: uWS.TemplatedApp
  readonly fanout: Fanout
  readonly doorkeeper: Doorkeeper
  readonly metrics: FanoutMetrics
  readonly now: () => number
  readonly ready: () => boolean
  readonly identify: (peer: string, headers: HandshakeHeaders) => Viewer
  readonly allowOrigin: (headers: HandshakeHeaders) => boolean
}

/** How the uWS adapter of socket.io 4.8 names the topic of a room in the namespace `/`. */
const roomTopic = (topic: Topic): string => `/\x1f${topic}`
/** Engine.IO message (4), Socket.IO event (2), as in the protocols' version 5. */
const eventPacket = (frame: Frame): string => `42["${frame.message.t}",${frame.text}]`
const DISCONNECT_GRACE_MS = 50

class SocketIoLink implements Link {
  readonly viewer: Viewer
  readonly #socket: Socket

  constructor(socket: Socket, viewer: Viewer) {
    this.#socket = socket
    this.viewer = viewer
  }

  send(frame: Frame): void {
    this.#socket.emit(frame.message.t, frame.message)
  }

  join(topic: Topic): void {
    this.#socket.join(topic)
  }

  leave(topic: Topic): void {
    this.#socket.leave(topic)
  }

  close(name: CloseName): void {
    this.#socket.emit('close', CLOSE[name])
    // `disconnect(true)` at once would overtake the event on long-polling.
    setTimeout(() => this.#socket.disconnect(true), DISCONNECT_GRACE_MS)
  }
}

const headersOf = (req: IncomingMessage): HandshakeHeaders => ({
  cookie: req.headers.cookie ?? '',
  forwardedFor: String(req.headers['x-forwarded-for'] ?? ''),
  origin: req.headers.origin ?? '',
  host: req.headers.host ?? '',
})

/**
 * Socket.IO on the same uWS app, for other languages and networks without WebSocket. Connection state recovery stays
 * off: after it, no broadcast arrives. A frame is published natively to the room's topic with the text that `/live`
 * got; only long-polling clients cost a call each.
 */
export function attachSocketIo(options: SocketIoOptions): Carrier {
  const { app, fanout, doorkeeper, metrics, identify, allowOrigin, ready, now } = options
  const viewers = new WeakMap<object, Viewer>()
  const sessions = new Map<Socket, Session>()
  const polling = new Set<Socket>()
  const io = new Server({
    serveClient: false,
    maxHttpBufferSize: CLIENT_MESSAGE_BYTES_MAX * 2,
    perMessageDeflate: false,
    httpCompression: false,
    allowRequest(req, done) {
      const headers = headersOf(req)
      if (!allowOrigin(headers)) {
        metrics.refused('origin')
        return done('foreign_origin', false)
      }
      const known = viewers.get(req)
      const viewer = known ?? identify(req.connection.remoteAddress ?? '', headers)
      const isHandshake = !(req as IncomingMessage & { _query?: Record<string, string> })._query?.sid
      const admission = !ready() ? 'busy' : isHandshake ? doorkeeper.admit(viewer, now()) : 'admitted'
      if (admission !== 'admitted') {
        metrics.refused(admission)
        return done(admission, false)
      }
      viewers.set(req, viewer)
      done(null, true)
    },
  })
  // Engine.IO hands it on to uWS; its types do not know it.
  const attach: Partial<ServerOptions> & { maxBackpressure: number } = { maxBackpressure: BACKPRESSURE_BYTES_MAX }
  io.attachApp(app, attach)
  io.on('connection', (socket) => {
    const viewer = viewers.get(socket.request) ?? identify(socket.handshake.address, headersOf(socket.request))
    doorkeeper.opened(viewer)
    metrics.sockets('socketio', 1)
    socket.conn.on('upgrade', () => polling.delete(socket))
    socket.on('disconnect', () => {
      doorkeeper.closed(viewer)
      metrics.sockets('socketio', -1)
      polling.delete(socket)
      const session = sessions.get(socket)
      sessions.delete(socket)
      if (session) fanout.disconnect(session)
    })
    const link = new SocketIoLink(socket, viewer)
    if (Number(socket.handshake.query.v ?? PROTOCOL_VERSION) !== PROTOCOL_VERSION) {
      metrics.closed('version')
      link.close('version')
      return
    }
    if (socket.conn.transport.name !== 'websocket') polling.add(socket)
    const session = fanout.connect(link)
    sessions.set(socket, session)
    socket.on('m', (message: unknown) => fanout.receive(session, JSON.stringify(message) ?? ''))
  })
  return {
    name: 'socketio',
    publish(topic, frame) {
      if (sessions.size === 0) return
      const name = roomTopic(topic)
      const readers = app.numSubscribers(name)
      if (readers > 0) app.publish(name, eventPacket(frame), false, false)
      let polled = 0
      for (const socket of polling) {
        if (!socket.rooms.has(topic)) continue
        socket.emit(frame.message.t, frame.message)
        polled += 1
      }
      if (readers + polled > 0) metrics.delivered('socketio', topic, readers + polled)
      if (topic === 'beat') checkBuffers(sessions, fanout)
    },
    async stop() {
      await setTimeoutPromise(2 * DISCONNECT_GRACE_MS)
      await io.close()
    },
  }
}

/**
 * Socket.IO has no hooks for a full buffer. Once a beat, a socket whose buffer is more than half full leaves its
 * topics, and gets the latest state when it is empty; what is lost in between, rule C8 finds.
 */
function checkBuffers(sessions: ReadonlyMap<Socket, Session>, fanout: Fanout): void {
  for (const [socket, session] of sessions) {
    const transport = socket.conn.transport as { socket?: { getBufferedAmount?: () => number } }
    const buffered = transport.socket?.getBufferedAmount?.() ?? 0
    if (buffered > BACKPRESSURE_BYTES_MAX / 2) fanout.dropped(session)
    else if (buffered === 0) fanout.drained(session)
  }
}
