import type { HttpRequest } from 'uWebSockets.js'

/** The head of a request, checked. `contentLength`: bytes; `'chunked'`: unknown; 0: no body. */
export type Head = {
  readonly method: string
  readonly url: string
  readonly headers: [string, string][]
  readonly contentLength: number | 'chunked'
}

export type Refusal = {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly details?: unknown
  readonly headers?: readonly (readonly [string, string])[]
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

function refused(message: string): Refusal {
  return { status: 400, code: 'invalid_request', message }
}

/**
 * Reads what uWebSockets.js parsed. It has refused control characters, a body with both lengths and a Content-Length
 * that is no number; what it lets through and could smuggle a second request or confuse a reader is refused here.
 */
export function readHead(req: HttpRequest, scheme: 'http' | 'https'): Head | Refusal {
  const method = req.getMethod().toUpperCase()
  if (NEVER.has(method) || !METHOD.test(method)) {
    return { status: 405, code: 'method_not_allowed', message: `${method.slice(0, 32)} is not served here.` }
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
  if (doubled !== undefined) return refused(`The header ${doubled} stands twice.`)
  if (host === undefined || !isHost(host)) return refused('The Host header is missing or is not a host.')
  if (encoding !== undefined && encoding !== 'chunked') {
    return { status: 501, code: 'transfer_encoding', message: 'Transfer-Encoding may only be chunked.' }
  }
  if (length !== undefined && (encoding !== undefined || !DIGITS.test(length))) {
    return refused('Content-Length is not a count of bytes.')
  }
  const query = req.getQuery() as string | undefined
  const path = req.getUrl()
  const url = requestUrl(scheme, host, query === undefined ? path : `${path}?${query}`)
  if (url === undefined) return refused('The address of the request holds characters that have to be percent-encoded.')
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
