import type { HttpRequest, HttpResponse, TemplatedApp } from 'uWebSockets.js'
import { STATUS_CODES } from 'node:http'
import { errorJson } from '../contract/api/error.ts'
import { ApiError } from '../contract/refusals/api-error.ts'
import { bareHeaders } from '../runtime/answer-headers.ts'
import type { Logger } from '../runtime/logger.ts'
import { addressOfBytes, type Proxies, trustedProxies } from './bridge/address.ts'
import { type BodyFailure, receiveBody } from './bridge/body.ts'
import { Connections } from './bridge/connections.ts'
import { type Head, readHead } from './bridge/head.ts'
import { type Ending, Link } from './bridge/link.ts'
import { reply } from './bridge/reply.ts'
import { BridgedRequest } from './bridge/request.ts'
import type { HubBindings } from './env.ts'

export type FetchHandler = (request: Request, bindings: HubBindings) => Response | Promise<Response>

export type BridgeOptions = {
  readonly logger: Logger
  readonly bodyBytesMax: number
  /** addresses and CIDR ranges whose X-Forwarded-For and X-Forwarded-Proto are believed */
  readonly trustedProxies?: readonly string[]
  /** the app is an SSLApp */
  readonly tls?: boolean
  /** people reach the hub by https */
  readonly secure?: boolean
  /** ms without a byte of the body → 408 */
  readonly bodyIdleMs?: number
  /** ms for a whole body → 408 */
  readonly bodyTotalMs?: number
  /** ms after which a body must have come at BODY_RATE_MIN on average, or → 408 */
  readonly bodyGraceMs?: number
  /** ms from the end of the body to the answer's head → 503 */
  readonly handlerMs?: number
  /** HTTP connections of one address; more are closed as they come. A trusted proxy may hold any number. */
  readonly connectionsPerAddress?: number
  /** a connection was closed because its address holds too many */
  readonly onConnectionRefused?: () => void
}

/**
 * Serves every HTTP request of a uWebSockets.js app that no earlier route took with a Fetch-API handler.
 *
 * uWebSockets.js itself does: the time-out of heads and idle connections (10–12 s, closes), stalled readers (10 s,
 * closes), heads over 16 kB or 100 headers (431), a version other than 1.1 (505), control characters and unframed
 * headers (closes), conflicting lengths (400), `Expect: 100-continue`, keep-alive. Chunked trailers it does not know:
 * 505. Pipelined requests are answered in order, but for those that come in the same bytes as one whose answer takes
 * longer than a turn: there it closes, before that one has changed anything.
 */
export function mountHono(app: TemplatedApp, fetch: FetchHandler, options: BridgeOptions): void {
  const proxies = trustedProxies(options.trustedProxies ?? [])
  const counts = countConnections(app, proxies, options)
  app.any('/*', (res, req) => {
    const head = readHead(req, options.tls ? 'https' : 'http')
    const link = new Link(res, req.getMethod() === 'head', options.secure)
    counts?.(res, link)
    if (head instanceof ApiError) return refuseHead(link, head)
    exchange(link, head, bindingsOf(res, head, proxies, options), fetch, options)
  })
}

/** @returns what counts a request's connection while it is under way; none without a limit */
function countConnections(
  app: TemplatedApp,
  proxies: Proxies,
  { connectionsPerAddress: max, onConnectionRefused }: BridgeOptions,
): ((res: HttpResponse, link: Link) => void) | undefined {
  if (max === undefined) return undefined
  const connections = new Connections(max)
  const peerOf = (res: HttpResponse) => proxies.peer(addressOfBytes(res.getRemoteAddress()))
  // biome-ignore lint/suspicious/useIterableCallbackReturn: no array's filter; it hears of connections.
  app.filter((res, count) => {
    if (count !== 1) return
    const peer = peerOf(res)
    if (peer.trusted || connections.open(peer.address, performance.now())) return
    onConnectionRefused?.()
    res.close()
  })
  return (res, link) => {
    const peer = peerOf(res)
    if (!peer.trusted) link.onEnd(connections.begin(peer.address))
  }
}

/** For carriers with routes of their own. @returns whether the head was refused, and with it the connection */
export function refusesHead(res: HttpResponse, req: HttpRequest, secure = false): boolean {
  const head = readHead(req, 'http')
  if (!(head instanceof ApiError)) return false
  refuseHead(new Link(res, req.getMethod() === 'head', secure), head)
  return true
}

function bindingsOf(res: HttpResponse, head: Head, proxies: Proxies, options: BridgeOptions): HubBindings {
  const peer = proxies.peer(addressOfBytes(res.getRemoteAddress()))
  const own = options.tls ? 'https' : 'http'
  if (!peer.trusted) return { remoteAddress: peer.address, scheme: own }
  const forwarded = (name: string) => {
    const lines = head.headers.filter(([key]) => key === name)
    return lines.length === 0 ? undefined : lines.map(([, value]) => value).join(',')
  }
  const scheme = forwarded('x-forwarded-proto')?.split(',').at(-1)?.trim()
  return {
    remoteAddress: proxies.client(peer, forwarded('x-forwarded-for')),
    scheme: scheme === 'https' || scheme === 'http' ? scheme : own,
  }
}

function exchange(link: Link, head: Head, bindings: HubBindings, fetch: FetchHandler, options: BridgeOptions): void {
  const { logger, bodyBytesMax: bytesMax, handlerMs = 30_000 } = options
  const { bodyIdleMs: idleMs = 15_000, bodyTotalMs: totalMs = 300_000, bodyGraceMs: graceMs = 10_000 } = options
  const bodyFails = (why: BodyFailure) => refuse(link, bodyRefusal(why, bytesMax))
  if (head.contentLength !== 'chunked' && head.contentLength > bytesMax) {
    bodyFails('too_large')
    return
  }

  let late: NodeJS.Timeout | undefined
  const init: RequestInit = { method: head.method, headers: head.headers }
  if (head.contentLength !== 0) {
    const settled = () => late?.refresh()
    const limits = { bytesMax, idleMs, totalMs, graceMs }
    const body = receiveBody(link, head.contentLength, limits, bodyFails, settled)
    if (link.isHead || head.method === 'GET') settle(link, body.cancel(), logger)
    else Object.assign(init, { body, duplex: 'half' })
  }
  const report = (error: unknown) => logger.warn({ err: error, url: head.url }, 'a response stream failed to end')
  const begin = () => {
    if (!link.open) return
    try {
      const answer = fetch(new BridgedRequest(head.url, init, link), bindings)
      if (answer instanceof Response) {
        settle(link, reply(link, answer, report), logger)
        return
      }
      late = setTimeout(() => {
        if (link.receiving) late?.refresh()
        else if (!link.started) refuse(link, new ApiError('answer_late', undefined, { retryAfter: 5 }))
      }, handlerMs)
      link.onEnd(() => clearTimeout(late))
      const replied = answer.then((response) =>
        link.open ? reply(link, response, report) : response.body?.cancel(link.ended),
      )
      settle(link, replied, logger)
    } catch (error) {
      failed(link, error, logger)
    }
  }
  if (SAFE.has(head.method)) {
    begin()
    if (link.open) setImmediate(() => link.hold())
    return
  }
  // uWebSockets.js closes on a request that it finds in the same bytes behind an unanswered one. A turn later nothing of
  // the first is done by then, and asking again is safe.
  setImmediate(() => {
    begin()
    link.hold()
  })
}

/** Nothing an application does may reach the event loop as an unhandled rejection. */
function settle(link: Link, work: void | Promise<void>, logger: Logger): void {
  work?.catch((error: unknown) => failed(link, error, logger))
}

function failed(link: Link, error: unknown, logger: Logger): void {
  if (error === link.ended) return
  logger.error({ err: error }, 'an answer could not be completed')
  refuse(link, new ApiError('unfinished'))
}

/** Methods that change nothing (RFC 9110, 9.2.1): they may be begun although the connection may be closed on them. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

function bodyRefusal(why: BodyFailure, bytesMax: number): ApiError {
  return why === 'too_large' ? new ApiError('body_too_large', { bytesMax }) : new ApiError('body_too_slow')
}

/**
 * What was taken for a head may be another one's body, so nothing behind it is read. Answered a turn later: until then
 * uWebSockets.js closes on whatever it takes for the next request, and an answer at once would let it serve that.
 */
function refuseHead(link: Link, refusal: ApiError): void {
  setImmediate(() => answer(link, refusal, 'cut'))
}

/** Answers in place of the application; cuts an answer the application has begun. */
function refuse(link: Link, refusal: ApiError): void {
  if (link.started) link.cut()
  else answer(link, refusal, link.open ? link.ending() : 'keep')
}

function answer(link: Link, refusal: ApiError, ending: Ending): void {
  const body = JSON.stringify(errorJson(refusal.code, refusal))
  link.cork((res) => {
    link.start()
    res.writeStatus(`${refusal.status} ${STATUS_CODES[refusal.status]}`)
    res.writeHeader('Content-Type', 'application/json')
    for (const [name, value] of bareHeaders(link.secure)) res.writeHeader(name, value)
    if (refusal.retryAfter !== undefined) res.writeHeader('Retry-After', String(refusal.retryAfter))
    if (ending !== 'cut') res.writeHeader('Connection', 'close')
    res.end(link.isHead ? '' : body, ending === 'cut')
    link.finish(refusal.message)
  })
}
