import type { HttpRequest } from 'uWebSockets.js'
import { ApiError } from '../../contract/refusals/api-error.ts'

/** The head of a request, checked. `contentLength`: bytes; `'chunked'`: unknown; 0: no body. */
export type Head = {
  readonly method: string
  readonly url: string
  readonly headers: [string, string][]
  readonly contentLength: number | 'chunked'
}

/** Methods a Fetch-API Request cannot carry, and nobody here serves. */
const NEVER = new Set(['TRACE', 'TRACK', 'CONNECT'])
const METHOD = /^[A-Z][A-Z-]{0,31}$/
/** What a path may be made of so that URL parsing would change nothing in it. */
const PLAIN_TARGET = /^\/[\w\-.~!$&'()*+,;=:@%/]*(?:\?[\w\-.~!$&()*+,;=:@%/?]*)?$/
const DOT_SEGMENT = /\/(?:\.|%2e)/i
/** Printable ASCII without space and fragment (RFC 3986), and without the backslash that URLs read as a slash. */
const TARGET = /^\/[!-"$-[\]-~]*$/
const HOST = /^(?:[a-z0-9_.-]{1,255}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/
const PLAIN_HOST = /^(?!.*xn--)(?:[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)*|127\.0\.0\.1)(?::(?!0|80$|443$)[1-9]\d{0,3})?$/
const DIGITS = /^\d{1,15}$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for
const ASCII = /^[\x00-\x7f]*$/

/**
 * Reads what uWebSockets.js parsed. It has refused control characters, a body with both lengths and a Content-Length
 * that is no number; what it lets through and could smuggle a second request or confuse a reader is refused here.
 */
export function readHead(req: HttpRequest, scheme: 'http' | 'https'): Head | ApiError {
  const method = req.getMethod().toUpperCase()
  if (NEVER.has(method) || !METHOD.test(method)) {
    return new ApiError('method_not_allowed', undefined, { values: { method: method.slice(0, 32) } })
  }
  const headers: [string, string][] = []
  let host: string | undefined
  let length: string | undefined
  let encoding: string | undefined
  let doubled: string | undefined
  req.forEach((name, value) => {
    const text = ASCII.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1')
    headers.push([name, text])
    if (name === 'host') {
      if (host !== undefined) doubled = name
      host = value.toLowerCase()
    } else if (name === 'content-length') {
      if (length !== undefined) doubled = name
      length = value
    } else if (name === 'transfer-encoding') {
      if (encoding !== undefined) doubled = name
      encoding = value.toLowerCase()
    }
  })
  if (doubled !== undefined) return new ApiError('header_twice', undefined, { values: { header: doubled } })
  if (host === undefined || !isHost(host)) return new ApiError('no_host')
  if (encoding !== undefined && encoding !== 'chunked') return new ApiError('transfer_encoding')
  if (length !== undefined && (encoding !== undefined || !DIGITS.test(length))) return new ApiError('no_length')
  const query = req.getQuery() as string | undefined
  const path = req.getUrl()
  const url = requestUrl(scheme, host, query === undefined ? path : `${path}?${query}`)
  if (url === undefined) return new ApiError('not_encoded')
  return { method, url, headers, contentLength: encoding === undefined ? Number(length ?? 0) : 'chunked' }
}

function isHost(host: string): boolean {
  return PLAIN_HOST.test(host) || (HOST.test(host) && URL.canParse(`http://${host}`))
}

/** @returns the absolute URL, normalised as a Request would; `undefined` when there is none. */
function requestUrl(scheme: string, host: string, target: string): string | undefined {
  const url = `${scheme}://${host}${target}`
  if (PLAIN_TARGET.test(target) && PLAIN_HOST.test(host) && !DOT_SEGMENT.test(target)) return url
  return TARGET.test(target) ? URL.parse(url)?.href : undefined
}
