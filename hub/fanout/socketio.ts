import type * as uWS from 'uWebSockets.js'
import type { IncomingMessage } from 'node:http'
import { setTimeout as setTimeoutPromise } from 'node:timers/promises'
import { Server, type ServerOptions, type Socket } from 'socket.io'
import { CLOSE, type CloseName } from '../contract/live/close.ts'
import { CLIENT_MESSAGE_BYTES_MAX, PROTOCOL_VERSION, VERSION_UNSAID } from '../contract/live/messages.ts'
import { bareHeaders } from '../runtime/answer-headers.ts'
import type { Admission, SocketRefusal } from './admission.ts'
import type { Fanout, Session } from './fanout.ts'
import type { Frame } from './frames.ts'
import type { Carrier, Link, ShardTopic, Viewer } from './link.ts'
import type { FanoutMetrics } from './metrics.ts'
import { BACKPRESSURE_BYTES_MAX, type HandshakeHeaders } from './websocket.ts'

export type SocketIoOptions = {
  readonly app: uWS.TemplatedApp
  readonly fanout: Fanout
  readonly admission: Admission
  readonly metrics: FanoutMetrics
  readonly now: () => number
  readonly ready: () => boolean
  readonly identify: (peer: string, headers: HandshakeHeaders) => Viewer
  readonly allowOrigin: (headers: HandshakeHeaders) => boolean
  readonly onRefused?: (viewer: Viewer, why: SocketRefusal) => void
  /** people reach the hub by https */
  readonly secure: boolean
  /** refuses a head that could smuggle a request, and says so */
  readonly refusesHead: (res: uWS.HttpResponse, req: uWS.HttpRequest, secure: boolean) => boolean
}

/** How the uWS adapter of socket.io 4.8 names the topic of a room in the namespace `/`. */
const roomTopic = (topic: ShardTopic): string => `/\x1f${topic}`
const DISCONNECT_GRACE_MS = 50
/** An Engine.IO connection that has not entered the namespace by then is closed. */
const CONNECT_MS_MAX = 5000

/** The frame as a Socket.IO event, made once for all who get it: Engine.IO message (4), Socket.IO event (2), protocol 5. */
function packetOf(frame: Frame): string {
  let packet = packets.get(frame)
  if (packet === undefined) {
    packet = `42["${frame.message.t}",${frame.text}]`
    packets.set(frame, packet)
  }
  return packet
}
const packets = new WeakMap<Frame, string>()

class SocketIoLink implements Link {
  readonly viewer: Viewer
  readonly #socket: Socket
  /** characters that wait for the client's next poll */
  #waiting = 0
  #dropped: () => void = () => undefined

  constructor(socket: Socket, viewer: Viewer) {
    this.#socket = socket
    this.viewer = viewer
  }

  get polls(): boolean {
    return this.#socket.conn.transport.name !== 'websocket'
  }

  /** Where uWS carries, its own hooks tell of full and empty buffers (`hooked`); for polling they are counted here. */
  watch(dropped: () => void, drained: () => void): void {
    this.#dropped = dropped
    this.#socket.conn.on('drain', () => {
      this.#waiting = 0
      if (this.polls) drained()
    })
  }

  send(frame: Frame): void {
    const packet = packetOf(frame)
    if (this.polls) {
      if (this.#waiting > BACKPRESSURE_BYTES_MAX) {
        this.#dropped()
        return
      }
      this.#waiting += packet.length
    }
    // Engine.IO takes the text as it stands for a WebSocket, and puts its own 4 before that of a poll.
    const options: SendOptions & { wsPreEncoded: string } = { compress: false, wsPreEncoded: packet }
    this.#socket.conn.write(packet.slice(1), options)
  }

  join(topic: ShardTopic): void {
    this.#socket.join(topic)
  }

  leave(topic: ShardTopic): void {
    this.#socket.leave(topic)
  }

  close(name: CloseName): void {
    this.#socket.emit('close', CLOSE[name])
    // `disconnect(true)` at once would overtake the event on long-polling.
    setTimeout(() => this.#socket.disconnect(true), DISCONNECT_GRACE_MS)
  }
}

type EngineSocket = Socket['conn']
type SendOptions = NonNullable<Parameters<EngineSocket['write']>[1]>
type Transport = EngineSocket['transport']
type Hook = (transport: Transport, buffered: number) => void

/** Engine.IO writes refused upgrades without its middlewares: their headers are written here. */
function refusingWithHeaders(res: uWS.HttpResponse, secure: boolean): uWS.HttpResponse {
  const { writeStatus } = res
  res.writeStatus = (status) => {
    writeStatus.call(res, status)
    if (!String(status).startsWith('101')) for (const [name, value] of bareHeaders(secure)) res.writeHeader(name, value)
    return res
  }
  return res
}

/** The app as Engine.IO uses it, with the look at heads and the hooks for full and empty buffers that it lacks. */
function hooked(
  app: uWS.TemplatedApp,
  hooks: { readonly dropped: Hook; readonly drain: Hook } & Pick<SocketIoOptions, 'refusesHead' | 'secure'>,
) {
  type Data = { readonly transport: Transport }
  const tell = (hook: Hook) => (ws: uWS.WebSocket<Data>) => hook(ws.getUserData().transport, ws.getBufferedAmount())
  const wrapped: Pick<uWS.TemplatedApp, 'any' | 'publish'> & { ws: unknown } = {
    any(pattern, handler) {
      app.any(pattern, (res, req) => (hooks.refusesHead(res, req, hooks.secure) ? undefined : handler(res, req)))
      return wrapped as uWS.TemplatedApp
    },
    ws(pattern: string, behavior: uWS.WebSocketBehavior<Data>) {
      app.ws<Data>(pattern, {
        ...behavior,
        dropped: tell(hooks.dropped),
        drain: tell(hooks.drain),
        upgrade: (res, req, context) => behavior.upgrade?.(refusingWithHeaders(res, hooks.secure), req, context),
      })
      return wrapped
    },
    publish: (...message) => app.publish(...message),
  }
  return wrapped
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
  const { app, fanout, admission, metrics, identify, allowOrigin, onRefused, ready, now } = options
  const viewers = new WeakMap<object, Viewer>()
  const viewerOf = ({ request, remoteAddress }: EngineSocket): Viewer =>
    viewers.get(request) ?? identify(remoteAddress, headersOf(request))
  const sessions = new WeakMap<Transport, Session>()
  const polling = new Map<Socket, SocketIoLink>()
  let open = 0
  const io = new Server({
    serveClient: false,
    connectTimeout: CONNECT_MS_MAX,
    maxHttpBufferSize: CLIENT_MESSAGE_BYTES_MAX * 2,
    perMessageDeflate: false,
    httpCompression: false,
    allowRequest(req, done) {
      const headers = headersOf(req)
      const known = viewers.get(req)
      const viewer = known ?? identify(req.connection.remoteAddress ?? '', headers)
      if (!allowOrigin(headers)) {
        metrics.refused('origin')
        onRefused?.(viewer, 'origin')
        return done('foreign_origin', false)
      }
      const isHandshake = !(req as IncomingMessage & { _query?: Record<string, string> })._query?.sid
      const answer = !ready() ? 'busy' : isHandshake ? admission.admit(viewer, now()) : 'admitted'
      if (answer !== 'admitted') {
        metrics.refused(answer)
        onRefused?.(viewer, answer)
        return done(answer, false)
      }
      viewers.set(req, viewer)
      done(null, true)
    },
  })
  const withSession = (act: (session: Session) => void) => (transport: Transport) => {
    const session = sessions.get(transport)
    if (session !== undefined) act(session)
  }
  const dropped = withSession((session) => fanout.dropped(session))
  const drained = withSession((session) => fanout.drained(session))
  const hooks = {
    refusesHead: options.refusesHead,
    secure: options.secure,
    dropped,
    drain: (transport: Transport, buffered: number) => buffered === 0 && drained(transport),
  }
  // Engine.IO hands it on to uWS; its types do not know it.
  const attach: Partial<ServerOptions> & { maxBackpressure: number } = { maxBackpressure: BACKPRESSURE_BYTES_MAX }
  io.attachApp(hooked(app, hooks), attach)
  io.engine.use((_req: unknown, res: { setHeader(name: string, value: string): void }, next: () => void) => {
    for (const [name, value] of bareHeaders(options.secure)) res.setHeader(name, value)
    next()
  })
  // From here on a connection costs a socket, also one that never enters the namespace.
  io.engine.on('connection', (conn: EngineSocket) => {
    const viewer = viewerOf(conn)
    admission.opened(viewer)
    metrics.sockets('socketio', 1)
    conn.on('close', () => {
      admission.closed(viewer)
      metrics.sockets('socketio', -1)
    })
  })
  io.on('connection', (socket) => {
    const { conn } = socket
    const link = new SocketIoLink(socket, viewerOf(conn))
    if (Number(socket.handshake.query.v ?? VERSION_UNSAID) !== PROTOCOL_VERSION) {
      metrics.closed('version')
      link.close('version')
      return
    }
    const session = fanout.connect(link)
    open += 1
    sessions.set(conn.transport, session)
    if (link.polls) polling.set(socket, link)
    link.watch(
      () => fanout.dropped(session),
      () => fanout.drained(session),
    )
    conn.on('upgrade', () => {
      polling.delete(socket)
      sessions.set(conn.transport, session)
    })
    socket.on('disconnect', () => {
      open -= 1
      polling.delete(socket)
      fanout.disconnect(session)
    })
    socket.on('m', (message: unknown) => fanout.receive(session, JSON.stringify(message) ?? ''))
  })
  return {
    name: 'socketio',
    publish(topic, frame) {
      if (open === 0 || !io.of('/').adapter.rooms.has(topic)) return
      const name = roomTopic(topic)
      const readers = app.numSubscribers(name)
      if (readers > 0) app.publish(name, packetOf(frame), false, false)
      let polled = 0
      for (const [socket, link] of polling) {
        if (!socket.rooms.has(topic)) continue
        link.send(frame)
        polled += 1
      }
      if (readers + polled > 0) metrics.delivered('socketio', topic, readers + polled)
    },
    async stop() {
      await setTimeoutPromise(2 * DISCONNECT_GRACE_MS)
      await io.close()
    },
  }
}
