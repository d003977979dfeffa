import type * as uWS from 'uWebSockets.js'
import { CLOSE, type CloseName } from '../contract/live/close.ts'
import { CLIENT_MESSAGE_BYTES_MAX, PROTOCOL_VERSION, VERSION_UNSAID } from '../contract/live/messages.ts'
import { isEphemeral } from '../contract/live/scopes.ts'
import { bareHeaders } from '../runtime/answer-headers.ts'
import { Acknowledgement, UNANSWERED_BYTES_MAX } from './acknowledgement.ts'
import type { Admission, SocketRefusal } from './admission.ts'
import type { Fanout, Session } from './fanout.ts'
import type { Frame } from './frames.ts'
import type { Carrier, Link, ShardTopic, Viewer } from './link.ts'
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
  readonly admission: Admission
  readonly metrics: FanoutMetrics
  readonly now: () => number
  /** whether there is a state to show: before the first snapshot everyone is told to come back */
  readonly ready: () => boolean
  /** The viewer's address behind trusted proxies and, from the cookie, the account. Without a database read. */
  readonly identify: (peer: string, headers: HandshakeHeaders) => Viewer
  readonly allowOrigin: (headers: HandshakeHeaders) => boolean
  /** a page of another address, or more sockets than one may have, was turned away */
  readonly onRefused?: (viewer: Viewer, why: SocketRefusal) => void
  /** people reach the hub by https */
  readonly secure: boolean
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
  link: SocketLink | undefined
}

/** Readers of packed frames have a topic of their own: each is published to exactly once. */
const PACKED = '~z'

const topicName = (topic: ShardTopic, packed: boolean): string => (packed && !isBeat(topic) ? topic + PACKED : topic)

const isBeat = (topic: ShardTopic): boolean => topic.startsWith('beat:')

/** Bytes that a topic has carried since the beginning, as text and packed. The few of scopes that come and go are not counted. */
type Carried = { text: number; packed: number }

class SocketLink implements Link {
  readonly viewer: Viewer
  readonly #ws: uWS.WebSocket<Socket>
  readonly #packed: boolean
  #read: Acknowledgement | undefined
  #session: Session | undefined
  /** to this client alone */
  #sent = 0

  constructor(ws: uWS.WebSocket<Socket>) {
    const { viewer, packed } = ws.getUserData()
    this.viewer = viewer
    this.#ws = ws
    this.#packed = packed
  }

  send(frame: Frame): void {
    const packed = this.#packed ? frame.packed : undefined
    this.#sent += packed?.length ?? frame.text.length
    if (packed === undefined) this.#ws.send(frame.text, false, false)
    else this.#ws.send(packed, true, false)
  }

  join(topic: ShardTopic): void {
    this.#ws.subscribe(topicName(topic, this.#packed))
  }

  leave(topic: ShardTopic): void {
    this.#ws.unsubscribe(topicName(topic, this.#packed))
  }

  close(name: CloseName): void {
    const { code, reason } = CLOSE[name]
    this.#ws.end(code, reason)
  }

  get session(): Session | undefined {
    return this.#session
  }

  enter(fanout: Fanout): void {
    this.#session = fanout.connect(this)
  }

  /** Once a beat: is it still reading what is new? @returns whether it is late */
  isLate(carried: ReadonlyMap<ShardTopic, Carried>, now: number): boolean {
    const session = this.#session
    if (session?.flow.kind !== 'reading') return false
    let bytes = this.#sent
    const packing = this.#packed ? 'packed' : 'text'
    for (const scope of session.state.scopes) bytes += carried.get(session.topicOf(scope))?.[packing] ?? 0
    if (this.#read === undefined && bytes <= UNANSWERED_BYTES_MAX) return false
    this.#read ??= new Acknowledgement()
    const due = this.#read.beat(bytes, now)
    if (due === 'ping') this.#ws.ping(this.#read.ping(now))
    return due === 'late'
  }

  /** The hub's buffer is empty. @returns whether the client has read all; else its pong will tell (`ponged`) */
  emptied(now: number): boolean {
    if (!this.#read?.answers) return true
    if (this.#session?.flow.kind === 'behind') this.#ws.ping(this.#read.ping(now))
    return false
  }

  ponged(carried: string): boolean {
    return this.#read?.pong(carried) === true && this.#ws.getBufferedAmount() === 0
  }
}

/** `/live`: one uWS topic per scope and shard (and per packing); uWS merges what a turn publishes into one write per socket. */
export function attachWebSocket(options: WebSocketOptions): Carrier {
  const { app, fanout, admission, metrics, now } = options
  const links = new Set<SocketLink>()
  const carried = new Map<ShardTopic, Carried>()
  app.ws<Socket>('/live', {
    maxPayloadLength: READ_BYTES_MAX,
    maxBackpressure: BACKPRESSURE_BYTES_MAX,
    idleTimeout: IDLE_SECONDS,
    sendPingsAutomatically: true,
    upgrade: (res, req, context) => upgrade(options, res, req, context),
    open(ws) {
      const socket = ws.getUserData()
      admission.opened(socket.viewer)
      metrics.sockets('live', 1)
      if (socket.version !== PROTOCOL_VERSION) {
        metrics.closed('version')
        ws.end(CLOSE.version.code, CLOSE.version.reason)
        return
      }
      socket.link = new SocketLink(ws)
      socket.link.enter(fanout)
      links.add(socket.link)
    },
    message(ws, message, isBinary) {
      const session = ws.getUserData().link?.session
      if (session === undefined) return
      if (isBinary) fanout.close(session, 'garbage')
      else fanout.receive(session, Buffer.from(message).toString())
    },
    dropped(ws) {
      const session = ws.getUserData().link?.session
      if (session !== undefined) fanout.dropped(session)
    },
    drain(ws) {
      const { link } = ws.getUserData()
      if (link?.session === undefined || ws.getBufferedAmount() > 0) return
      if (link.emptied(now())) fanout.drained(link.session)
    },
    pong(ws, message) {
      const { link } = ws.getUserData()
      if (link?.session === undefined) return
      if (link.ponged(Buffer.from(message).toString())) fanout.drained(link.session)
    },
    close(ws) {
      const { link, viewer } = ws.getUserData()
      admission.closed(viewer)
      metrics.sockets('live', -1)
      if (link === undefined) return
      links.delete(link)
      if (link.session !== undefined) fanout.disconnect(link.session)
    },
  })
  const publishTo = (topic: ShardTopic, packed: boolean, message: string | Uint8Array): void => {
    const name = topicName(topic, packed)
    const readers = app.numSubscribers(name)
    if (readers === 0) return
    app.publish(name, message, typeof message !== 'string', false)
    metrics.delivered('live', topic, readers)
    if (isEphemeral(topic)) return
    const count = carried.get(topic) ?? { text: 0, packed: 0 }
    count[packed ? 'packed' : 'text'] += message.length
    carried.set(topic, count)
  }
  return {
    name: 'live',
    publish(topic, frame) {
      publishTo(topic, false, frame.text)
      if (isBeat(topic)) return
      if (app.numSubscribers(topicName(topic, true)) > 0) publishTo(topic, true, frame.packed ?? frame.text)
    },
    look() {
      for (const link of links) if (link.isLate(carried, now()) && link.session) fanout.dropped(link.session)
    },
    stop: () => Promise.resolve(),
  }
}

function upgrade(
  { admission, metrics, identify, allowOrigin, onRefused, ready, now, secure }: WebSocketOptions,
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
      for (const [name, value] of bareHeaders(secure)) res.writeHeader(name, value)
      if (retryAfter !== undefined) res.writeHeader('Retry-After', String(retryAfter))
      res.end(JSON.stringify({ error: { code, message } }), true)
    })
  }
  const viewer = identify(Buffer.from(res.getRemoteAddressAsText()).toString(), headers)
  if (!allowOrigin(headers)) {
    metrics.refused('origin')
    onRefused?.(viewer, 'origin')
    refuse('403 Forbidden', 'foreign_origin', 'this page is not allowed to connect to the hub')
    return
  }
  const answer = ready() ? admission.admit(viewer, now()) : 'busy'
  if (answer !== 'admitted') {
    metrics.refused(answer)
    onRefused?.(viewer, answer)
    if (answer === 'busy') {
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
      link: undefined,
    },
    req.getHeader('sec-websocket-key'),
    req.getHeader('sec-websocket-protocol'),
    req.getHeader('sec-websocket-extensions'),
    context,
  )
}
