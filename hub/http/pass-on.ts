import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { ApiError } from '../contract/refusals/api-error.ts'
import type { HubContext, Verdict } from './env.ts'

const CONNECT_MS_MAX = 5000
/** To the head of the answer, from the end of the body. Below the 30 s after which the bridge answers by itself. */
const ANSWER_MS_MAX = 25_000
/** Connections that are kept for the next request; given up before the hub behind them, which waits for 10 s, does so. */
const IDLE_CONNECTIONS_MAX = 64
const IDLE_MS_MAX = 5000
const CONNECTIONS_MAX = 512

/** Of one connection alone (RFC 9110, 7.6.1); and what the carrier says of the client, which a client may not. */
const OWN = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'x-forwarded-for',
  'x-forwarded-proto',
])
/** The upstream's own; this hub gives its own. */
const NOT_RETURNED = new Set([...OWN, 'x-request-id'])
const NO_BODY = new Set([204, 205, 304])

export type Upstream = {
  /** The answer of `origin` to this request, as it comes. @throws ApiError 502 or 504 */
  passOn(c: HubContext): Promise<Response>
  /** Whether `origin` lets whoever asks read what this request names. @throws ApiError as passOn */
  verdict(c: HubContext): Promise<Verdict>
  close(): Promise<void>
}

/** Passes requests on to the hub at `origin`, which has the database. */
export function createUpstream(origin: string): Upstream {
  const base = new URL(origin)
  const pool = {
    keepAlive: true,
    maxSockets: CONNECTIONS_MAX,
    maxFreeSockets: IDLE_CONNECTIONS_MAX,
    timeout: IDLE_MS_MAX,
  }
  const isHttps = base.protocol === 'https:'
  const agent = isHttps ? new HttpsAgent(pool) : new HttpAgent(pool)
  // The certificate is the origin's own, whatever host is asked for.
  const tls = isHttps ? { servername: isIP(base.hostname) === 0 ? base.hostname : '' } : {}
  const request = isHttps ? httpsRequest : httpRequest

  function send(
    c: HubContext,
    method: string,
    headers: string[],
    body: Readable | undefined,
  ): Promise<IncomingMessage> {
    const { pathname, search } = new URL(c.req.url)
    const url = new URL(base.pathname.replace(/\/$/, '') + pathname + search, base)
    return new Promise((resolve, reject) => {
      const out = request(url, { method, agent, headers, ...tls, setHost: false, signal: c.req.raw.signal })
      const fail = limit(out, (error) => reject(error))
      out.once('response', (answer) => {
        fail.cancel()
        resolve(answer)
      })
      if (body === undefined) out.end()
      else {
        body.once('error', (error) => out.destroy(error))
        body.pipe(out)
      }
    })
  }

  return {
    async passOn(c) {
      const { raw } = c.req
      const body = raw.body === null ? undefined : Readable.fromWeb(raw.body as NodeReadableStream)
      const answer = await send(c, raw.method, headersFor(c), body)
      const headers = new Headers()
      for (let i = 0; i < answer.rawHeaders.length; i += 2) {
        const name = answer.rawHeaders[i] ?? ''
        if (!NOT_RETURNED.has(name.toLowerCase())) headers.append(name, answer.rawHeaders[i + 1] ?? '')
      }
      const status = answer.statusCode ?? 502
      if (NO_BODY.has(status) || raw.method === 'HEAD') {
        answer.resume()
        return new Response(null, { status, headers })
      }
      return new Response(Readable.toWeb(answer) as ReadableStream, { status, headers })
    },
    async verdict(c) {
      const answer = await send(c, 'HEAD', headersFor(c), undefined)
      answer.resume()
      if (answer.statusCode === 200 || answer.statusCode === 304) return 'allowed'
      if (answer.statusCode === 401) return 'unauthenticated'
      if (answer.statusCode === 403) return 'forbidden'
      throw new ApiError('api_away', undefined, { retryAfter: 5 })
    },
    async close() {
      agent.destroy()
    },
  }
}

/** Name and value, one after the other. The host stays the one that was asked for: the origin of pages is held against it. */
function headersFor(c: HubContext): string[] {
  const headers: string[] = []
  for (const [name, value] of c.req.raw.headers) if (!OWN.has(name)) headers.push(name, value)
  if (c.req.raw.body !== null && c.req.raw.headers.get('content-length') === null) {
    headers.push('Transfer-Encoding', 'chunked')
  }
  headers.push('X-Forwarded-For', c.env.remoteAddress, 'X-Forwarded-Proto', c.env.scheme)
  return headers
}

/** Ends what takes too long, and says of what fails whose fault it is. */
function limit(out: ClientRequest, fail: (error: unknown) => void): { cancel(): void } {
  const late = (): void => void out.destroy(new ApiError('api_silent', undefined, { retryAfter: 5 }))
  let timer = setTimeout(late, CONNECT_MS_MAX)
  out.once('socket', (socket) => {
    const connected = (): void => {
      clearTimeout(timer)
      timer = setTimeout(late, ANSWER_MS_MAX)
    }
    if (socket.connecting) socket.once('connect', connected)
    else connected()
  })
  out.once('finish', () => void timer.refresh())
  out.once('error', (error) => {
    clearTimeout(timer)
    fail(error instanceof ApiError || error.name === 'AbortError' ? error : awayBecause(error))
  })
  return { cancel: () => clearTimeout(timer) }
}

const awayBecause = (cause: Error): ApiError =>
  Object.assign(new ApiError('api_away', undefined, { retryAfter: 5 }), { cause })
