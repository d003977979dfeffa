import type * as uWS from 'uWebSockets.js'
import { CLOSE, type CloseName } from '../wire/close.ts'
import { CLIENT_MESSAGE_BYTES_MAX, PROTOCOL_VERSION, VERSION_UNSAID } from '../wire/messages.ts'
import type { Doorkeeper } from './admission.ts'
import type { Fanout, Session } from './fanout.ts'
import type { Frame } from './frames.ts'
import type { Carrier, Link, Topic, Viewer } from './link.ts'
import type { FanoutMetrics } from './metrics.ts'

export type HandshakeHeaders = {
  readonly cookie: string
  readonly forwardedFor: string
  readonly origin: string
  readonly host: string
}

export type WebSocketOptions = {
  readonly app: uWS.TemplatedApp
  readonly fanout: Fanout
  readonly doorkeeper: Doorkeeper
  readonly metrics: FanoutMetrics
  readonly now: () => number
  /** whether there is a state to show: before the first snapshot everyone is told to come back */
  readonly ready: () => boolean
  /** The viewer's address behind trusted proxies and, from the cookie, the account. Without a database read. */
  readonly identify: (peer: string, headers: HandshakeHeaders) => Viewer
  readonly allowOrigin: (headers: HandshakeHeaders) => boolean
}

/** Bytes uWS may hold for one socket before it drops frames; the kernel's own buffers come on top (about 4 MB on Linux). */
export const BACKPRESSURE_BYTES_MAX = 128 * 1024
/** Longer frames than the protocol allows are still read up to here, so that the client is told why it is closed. */
const READ_BYTES_MAX = 16 * CLIENT_MESSAGE_BYTES_MAX
const IDLE_SECONDS = 60

type Socket = {
  readonly viewer: Viewer
  readonly packed: boolean
  readonly version: number
  session: Session | undefined
}

/** Readers of packed frames have a topic of their own: each is published to exactly once. */
const PACKED = '~z'

const topicName = (topic: Topic, packed: boolean): string => (packed && topic !== 'beat' ? topic + PACKED : topic)

class SocketLink implements Link {
  readonly viewer: Viewer
  readonly #ws: uWS.WebSocket<Socket>
  readonly #packed: boolean

  constructor(ws: uWS.WebSocket<Socket>) {
    const { viewer, packed } = ws.getUserData()
    this.viewer = viewer
    this.#ws = ws
    this.#packed = packed
  }

  send(frame: Frame): void {
    const packed = this.#packed ? frame.packed : undefined
    if (packed === undefined) this.#ws.send(frame.text, false, false)
    else this.#ws.send(packed, true, false)
  }

  join(topic: Topic): void {
    this.#ws.subscribe(topicName(topic, this.#packed))
  }

  leave(topic: Topic): void {
    this.#ws.unsubscribe(topicName(topic, this.#packed))
  }

  close(name: CloseName): void {
    const { code, reason } = CLOSE[name]
    this.#ws.end(code, reason)
  }
}

/** `/live`: one uWS topic per scope (and per packing); uWS merges what a turn publishes into one write per socket. */
export function attachWebSocket(options: WebSocketOptions): Carrier {
  const { app, fanout, doorkeeper, metrics } = options
  app.ws<Socket>('/live', {
    maxPayloadLength: READ_BYTES_MAX,
    maxBackpressure: BACKPRESSURE_BYTES_MAX,
    idleTimeout: IDLE_SECONDS,
    sendPingsAutomatically: true,
    upgrade: (res, req, context) => upgrade(options, res, req, context),
    open(ws) {
      const socket = ws.getUserData()
      doorkeeper.opened(socket.viewer)
      metrics.sockets('live', 1)
      if (socket.version !== PROTOCOL_VERSION) {
        metrics.closed('version')
        ws.end(CLOSE.version.code, CLOSE.version.reason)
        return
      }
      socket.session = fanout.connect(new SocketLink(ws))
    },
    message(ws, message, isBinary) {
      const { session } = ws.getUserData()
      if (session === undefined) return
      if (isBinary) fanout.close(session, 'garbage')
      else fanout.receive(session, Buffer.from(message).toString())
    },
    dropped(ws) {
      const { session } = ws.getUserData()
      if (session !== undefined) fanout.dropped(session)
    },
    drain(ws) {
      const { session } = ws.getUserData()
      if (session !== undefined && ws.getBufferedAmount() === 0) fanout.drained(session)
    },
    close(ws) {
      const socket = ws.getUserData()
      doorkeeper.closed(socket.viewer)
      metrics.sockets('live', -1)
      if (socket.session !== undefined) fanout.disconnect(socket.session)
    },
  })
  const publishTo = (topic: Topic, packed: boolean, message: string | Uint8Array): void => {
    const name = topicName(topic, packed)
    const readers = app.numSubscribers(name)
    if (readers === 0) return
    app.publish(name, message, typeof message !== 'string', false)
    metrics.delivered('live', topic, readers)
  }
  return {
    name: 'live',
    publish(topic, frame) {
      publishTo(topic, false, frame.text)
      if (topic !== 'beat' && app.numSubscribers(topicName(topic, true)) > 0) {
        publishTo(topic, true, frame.packed ?? frame.text)
      }
    },
    stop: () => Promise.resolve(),
  }
}

function upgrade(
  { doorkeeper, metrics, identify, allowOrigin, ready, now }: WebSocketOptions,
  res: uWS.HttpResponse,
  req: uWS.HttpRequest,
  context: uWS.us_socket_context_t,
): void {
  const headers: HandshakeHeaders = {
    cookie: req.getHeader('cookie'),
    forwardedFor: req.getHeader('x-forwarded-for'),
    origin: req.getHeader('origin'),
    host: req.getHeader('host'),
  }
  const refuse = (status: string, code: string, message: string, retryAfter?: number): void => {
    res.cork(() => {
      res.writeStatus(status).writeHeader('Content-Type', 'application/json')
      if (retryAfter !== undefined) res.writeHeader('Retry-After', String(retryAfter))
      res.end(JSON.stringify({ error: { code, message } }))
    })
  }
  if (!allowOrigin(headers)) {
    metrics.refused('origin')
    refuse('403 Forbidden', 'foreign_origin', 'this page is not allowed to connect to the hub')
    return
  }
  const viewer = identify(Buffer.from(res.getRemoteAddressAsText()).toString(), headers)
  const admission = ready() ? doorkeeper.admit(viewer, now()) : 'busy'
  if (admission !== 'admitted') {
    metrics.refused(admission)
    if (admission === 'busy') {
      refuse('503 Service Unavailable', 'busy', 'the hub admits sockets at a steady rate; come back a little later', 1)
    } else {
      refuse('429 Too Many Requests', 'too_many_sockets', 'too many sockets of this address or account are open', 10)
    }
    return
  }
  res.upgrade<Socket>(
    {
      viewer,
      packed: req.getQuery('z') === '1',
      version: Number(req.getQuery('v') ?? VERSION_UNSAID),
      session: undefined,
    },
    req.getHeader('sec-websocket-key'),
    req.getHeader('sec-websocket-protocol'),
    req.getHeader('sec-websocket-extensions'),
    context,
  )
}
