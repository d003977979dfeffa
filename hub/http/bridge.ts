import type { HttpResponse, TemplatedApp } from 'uWebSockets.js'
import { STATUS_CODES } from 'node:http'
import type { Logger } from '../logger.ts'
import { addressOfBytes, type Proxies, trustedProxies } from './bridge/address.ts'
import { type BodyFailure, receiveBody } from './bridge/body.ts'
import { type Head, type Refusal, readHead } from './bridge/head.ts'
import { Link } from './bridge/link.ts'
import { reply } from './bridge/reply.ts'
import { BridgedRequest } from './bridge/request.ts'
import type { HubBindings } from './env.ts'
import { errorJson } from './errors.ts'

export type FetchHandler = (request: Request, bindings: HubBindings) => Response | Promise<Response>

export type BridgeOptions = {
  readonly logger: Logger
  readonly bodyBytesMax: number
  /** addresses and CIDR ranges whose X-Forwarded-For and X-Forwarded-Proto are believed */
  readonly trustedProxies?: readonly string[]
  /** the app is an SSLApp */
  readonly tls?: boolean
  /** ms without a byte of the body → 408 */
  readonly bodyIdleMs?: number
  /** ms for a whole body → 408 */
  readonly bodyTotalMs?: number
  /** ms from the end of the body to the answer's head → 503 */
  readonly handlerMs?: number
}

/**
 * Serves every HTTP request of a uWebSockets.js app that no earlier route took with a Fetch-API handler.
 *
 * uWebSockets.js itself does: the time-out of heads and idle connections (10–12 s, closes), stalled readers (10 s,
 * closes), heads over 16 kB or 100 headers (431), a version other than 1.1 (505), control characters and unframed
 * headers (closes), conflicting lengths (400), `Expect: 100-continue`, keep-alive and pipelining. Chunked trailers
 * it does not know: 505.
 */
export function mountHono(app: TemplatedApp, fetch: FetchHandler, options: BridgeOptions): void {
  const proxies = trustedProxies(options.trustedProxies ?? [])
  app.any('/*', (res, req) => {
    const link = new Link(res)
    const head = readHead(req, options.tls ? 'https' : 'http')
    if ('code' in head) return refuse(link, head)
    exchange(link, head, bindingsOf(res, head, proxies, options), fetch, options)
  })
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
  const { bodyIdleMs: idleMs = 15_000, bodyTotalMs: totalMs = 300_000 } = options
  const isHead = head.method === 'HEAD'
  const bodyFails = (why: BodyFailure) => refuse(link, bodyRefusal(why, bytesMax))
  if (head.contentLength !== 'chunked' && head.contentLength > bytesMax) {
    bodyFails('too_large')
    return
  }

  let late: NodeJS.Timeout | undefined
  const init: RequestInit = { method: head.method, headers: head.headers }
  if (head.contentLength !== 0) {
    const settled = () => late?.refresh()
    const body = receiveBody(link, head.contentLength, { bytesMax, idleMs, totalMs }, bodyFails, settled)
    if (isHead || head.method === 'GET') settle(link, body.cancel(), logger)
    else Object.assign(init, { body, duplex: 'half' })
  }
  try {
    const answer = fetch(new BridgedRequest(head.url, init, link), bindings)
    const report = (error: unknown) => logger.warn({ err: error, url: head.url }, 'a response stream failed to end')
    if (answer instanceof Response) {
      settle(link, reply(link, answer, isHead, report), logger)
      return
    }
    late = setTimeout(() => {
      if (link.receiving) late?.refresh()
      else if (!link.started) refuse(link, TOO_LONG)
    }, handlerMs)
    link.onEnd(() => clearTimeout(late))
    const replied = answer.then((response) =>
      link.open ? reply(link, response, isHead, report) : response.body?.cancel(link.ended),
    )
    settle(link, replied, logger)
  } catch (error) {
    failed(link, error, logger)
  }
}

/** Nothing an application does may reach the event loop as an unhandled rejection. */
function settle(link: Link, work: void | Promise<void>, logger: Logger): void {
  work?.catch((error: unknown) => failed(link, error, logger))
}

function failed(link: Link, error: unknown, logger: Logger): void {
  if (error === link.ended) return
  logger.error({ err: error }, 'an answer could not be completed')
  refuse(link, { status: 500, code: 'internal', message: 'Something failed inside the hub; its log says what.' })
}

const TOO_LONG: Refusal = {
  status: 503,
  code: 'too_long',
  message: 'The hub could not answer in time. Try again.',
  headers: [['Retry-After', '5']],
}

function bodyRefusal(why: BodyFailure, bytesMax: number): Refusal {
  return why === 'too_large'
    ? { status: 413, code: 'body_too_large', message: `The body may have ${bytesMax} bytes.`, details: { bytesMax } }
    : { status: 408, code: 'body_too_slow', message: 'The body did not arrive in time.' }
}

/** Answers in place of the application; cuts an answer the application has begun. */
function refuse(link: Link, refusal: Refusal): void {
  if (!link.open) return
  if (link.started) {
    link.cut()
    return
  }
  const body = JSON.stringify(errorJson(refusal.code, refusal.message, refusal.details))
  link.cork((res) => {
    res.writeStatus(`${refusal.status} ${STATUS_CODES[refusal.status]}`)
    res.writeHeader('Content-Type', 'application/json')
    res.writeHeader('Cache-Control', 'no-store')
    for (const [name, value] of refusal.headers ?? []) res.writeHeader(name, value)
    const ending = link.ending()
    if (ending !== 'cut') res.writeHeader('Connection', 'close')
    res.end(body, ending === 'cut')
    link.finish(refusal.message)
  })
}
