import { patterned } from './probe-app.ts'
import { request } from './raw.ts'

export type Case = {
  readonly name: string
  readonly send: string | Buffer
  readonly method?: string
  readonly answers?: number
}

const post = (path: string, lines: string[], body: string) =>
  request(`POST ${path}`, [...lines, `Content-Length: ${Buffer.byteLength(body, 'latin1')}`], body)
const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1')
const large = Buffer.from(patterned(3_000_000)).toString('latin1')
const chunked = (chunks: readonly string[]) =>
  `${chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')}0\r\n\r\n`

/** Requests both carriers must answer alike: status, headers of the application, body. */
export const SAME: readonly Case[] = [
  { name: 'a text', send: request('GET /text') },
  { name: 'JSON', send: request('GET /json') },
  { name: 'HTML', send: request('GET /html') },
  { name: 'a path, a query and headers', send: request('GET /echo/a/b?x=1&y=%20z&x=2', ['Accept: */*', 'X-One: 1']) },
  { name: 'a query without values', send: request('GET /echo/?') },
  { name: 'percent-encoding that is none', send: request('GET /echo/%zz?%=%zz') },
  { name: 'an encoded slash and NUL', send: request('GET /echo/%2F%00') },
  { name: 'dot segments', send: request('GET /echo/a/../b/./c') },
  { name: 'dot segments that are encoded', send: request('GET /echo/x/%2e%2e/y') },
  { name: 'two slashes first', send: request('GET //echo/a') },
  { name: 'characters that want encoding', send: request('GET /echo/"<>|^`{}?q="<>\'') },
  { name: 'a long URL', send: request(`GET /echo/${'a'.repeat(7000)}`) },
  { name: 'a header that stands twice', send: request('GET /echo/', ['X-Two: 1', 'X-Two: 2']) },
  { name: 'cookies in two lines', send: request('GET /echo/', ['Cookie: a=1', 'Cookie: b=2']) },
  { name: 'an empty header', send: request('GET /echo/', ['X-Empty:']) },
  { name: 'a header of spaces around its value', send: request('GET /echo/', ['X-Padded:   b \t ']) },
  { name: 'UTF-8 within a header', send: request('GET /echo/', [`X-Thai: (${utf8('กข')})`]) },
  {
    name: '80 headers',
    send: request(
      'GET /echo/',
      Array.from({ length: 80 }, (_, i) => `X-${i}: ${i}`),
    ),
  },
  { name: 'a host with a port', send: 'GET /echo/ HTTP/1.1\r\nHost: HUB.test:8080\r\n\r\n' },
  { name: 'a host that is an IPv6 address', send: 'GET /echo/ HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n' },
  { name: 'the client’s address', send: request('GET /address') },
  {
    name: 'the client’s address, forwarded by a stranger',
    send: request('GET /address', ['X-Forwarded-For: 203.0.113.9']),
  },
  { name: 'no body', send: request('GET /empty') },
  { name: '204', send: request('GET /no-content') },
  { name: '303', send: request('GET /redirect') },
  { name: '404', send: request('GET /nowhere') },
  { name: '418', send: request('GET /teapot') },
  { name: 'a failing handler', send: request('GET /throws') },
  { name: 'a late answer', send: request('GET /async') },
  { name: 'several Set-Cookie', send: request('GET /cookies') },
  { name: 'an ETag', send: request('GET /tagged') },
  { name: 'If-None-Match that matches', send: request('GET /tagged', ['If-None-Match: "7-1"']) },
  { name: 'If-None-Match that does not', send: request('GET /tagged', ['If-None-Match: "6-1"']) },
  { name: 'Latin-1 in a header of the answer', send: request('GET /latin') },
  { name: 'a declared length', send: request('GET /sized') },
  { name: 'HEAD without a declared length', send: request('HEAD /text'), method: 'HEAD' },
  { name: 'HEAD of a stream', send: request('HEAD /stream/3/3'), method: 'HEAD' },
  { name: 'HEAD with a declared length', send: request('HEAD /sized'), method: 'HEAD' },
  { name: 'HEAD of a failing handler', send: request('HEAD /throws'), method: 'HEAD' },
  { name: 'HEAD of nothing', send: request('HEAD /nowhere'), method: 'HEAD' },
  { name: 'OPTIONS', send: request('OPTIONS /echo/') },
  { name: 'DELETE', send: request('DELETE /echo/1') },
  { name: 'PUT with a body', send: request('PUT /echo/', ['Content-Length: 3'], 'abc') },
  { name: 'PATCH with a body', send: request('PATCH /echo/', ['Content-Length: 3'], 'abc') },
  { name: 'an empty POST', send: request('POST /echo/', ['Content-Length: 0']) },
  { name: 'a POST without a length', send: request('POST /echo/') },
  { name: 'a JSON body', send: post('/json', ['Content-Type: application/json'], utf8('{"ชื่อ":"ก"}')) },
  { name: 'a JSON body that is none', send: post('/json', ['Content-Type: application/json'], '{"a":') },
  { name: 'a form', send: post('/form', ['Content-Type: application/x-www-form-urlencoded'], 'a=1&b=%E0%B8%81') },
  {
    name: 'a chunked body',
    send: request('POST /echo/', ['Transfer-Encoding: chunked'], chunked(['abc', 'defg', 'h'.repeat(70_000)])),
  },
  { name: 'a body of 3 MB', send: post('/echo/', [], large) },
  { name: 'a body of 3 MB, sent back as it comes', send: post('/through', [], large) },
  { name: 'a body of 3 MB that is read slowly', send: post('/slow-reader', [], large) },
  { name: 'a small body nobody reads', send: post('/ignores', [], 'abc') },
  { name: 'an answer of 5 MB', send: request('GET /bytes/5000000') },
  { name: 'an answer of one byte', send: request('GET /bytes/1') },
  { name: 'an answer in 40 chunks', send: request('GET /stream/40/1000') },
  { name: 'an answer in 20 large chunks', send: request('GET /stream/20/300000') },
  { name: 'a stream of no chunk', send: request('GET /stream/0/0') },
  { name: 'a stream of 2 MB with its length', send: request('GET /declared/2000000') },
  { name: 'Expect: 100-continue', send: post('/echo/', ['Expect: 100-continue'], 'abc') },
  { name: 'two requests on one connection', send: request('GET /text') + request('GET /json'), answers: 2 },
  { name: 'Connection: close from the client', send: request('GET /text', ['Connection: close']) },
]

export type Expected = { readonly status: number | 'closed' | 'silence'; readonly body?: RegExp }
export type Difference = Case & {
  readonly why: string
  readonly bridge: Expected
  readonly node: Expected
  readonly waitMs?: number
}

const HEAD_CLOSED = 'uWebSockets.js reads a broken head as an unfinished one and closes when its 10 s are over'
const NOT_11 = 'uWebSockets.js takes what does not end in " HTTP/1.1" for another version'
const raw = (lines: readonly string[], body = '') => `${lines.join('\r\n')}\r\n\r\n${body}`

/** Where the carriers differ, and why that is as it should be. */
export const DIFFERENT: readonly Difference[] = [
  {
    name: 'HTTP/1.0',
    why: 'uWebSockets.js speaks 1.1 only; proxies have to be told (nginx: proxy_http_version 1.1)',
    send: raw(['GET /text HTTP/1.0', 'Host: hub.test']),
    bridge: { status: 505 },
    node: { status: 200 },
  },
  {
    name: 'an absolute target',
    why: NOT_11,
    send: raw(['GET http://hub.test/text HTTP/1.1', 'Host: hub.test']),
    bridge: { status: 505 },
    node: { status: 200 },
  },
  {
    name: 'OPTIONS *',
    why: NOT_11,
    send: raw(['OPTIONS * HTTP/1.1', 'Host: hub.test']),
    bridge: { status: 505 },
    node: { status: 400 },
  },
  {
    name: 'a space in the target',
    why: NOT_11,
    send: request('GET /echo/a b'),
    bridge: { status: 505 },
    node: { status: 400 },
  },
  {
    name: 'a NUL in the target',
    why: NOT_11,
    send: request('GET /echo/a\0b'),
    bridge: { status: 505 },
    node: { status: 400 },
  },
  {
    name: 'bytes that are no HTTP',
    why: NOT_11,
    send: '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03',
    bridge: { status: 505 },
    node: { status: 400 },
  },
  {
    name: 'lines that end in LF',
    why: NOT_11,
    send: 'GET /text HTTP/1.1\nHost: hub.test\n\n',
    bridge: { status: 505 },
    node: { status: 400 },
  },
  {
    name: 'the preface of HTTP/2',
    why: NOT_11,
    send: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    bridge: { status: 505 },
    node: { status: 400 },
  },
  {
    name: 'CONNECT',
    why: NOT_11,
    send: raw(['CONNECT hub.test:443 HTTP/1.1', 'Host: hub.test']),
    bridge: { status: 505 },
    node: { status: 'closed' },
  },
  {
    name: 'no Host',
    why: HEAD_CLOSED,
    send: raw(['GET /text HTTP/1.1']),
    bridge: { status: 'silence' },
    node: { status: 400 },
  },
  {
    name: 'a header without a colon',
    why: HEAD_CLOSED,
    send: request('GET /text', ['Xy']),
    bridge: { status: 'silence' },
    node: { status: 400 },
  },
  {
    name: 'a header with a space in its name',
    why: HEAD_CLOSED,
    send: request('GET /text', ['X y: 1']),
    bridge: { status: 'silence' },
    node: { status: 400 },
  },
  {
    name: 'a header over two lines',
    why: HEAD_CLOSED,
    send: request('GET /text', ['X: a', ' b']),
    bridge: { status: 'silence' },
    node: { status: 400 },
  },
  {
    name: 'a control character in a header',
    why: HEAD_CLOSED,
    send: request('GET /text', ['X: a\x01b']),
    bridge: { status: 'silence' },
    node: { status: 400 },
  },
  {
    name: 'bytes beyond ASCII at the ends of a header',
    why: 'uWebSockets.js trims them as if they were spaces',
    send: request('GET /echo/', [`X-Thai: ${utf8('ก')}a`]),
    bridge: { status: 200, body: /\[\["x-thai","a"\]\]/ },
    node: { status: 200, body: /"x-thai","[^"]+a"/ },
  },
  {
    name: 'two Hosts',
    why: 'a proxy may have read the other one (RFC 9112, 3.2)',
    send: request('GET /text', ['Host: other.test']),
    bridge: { status: 400, body: /invalid_request/ },
    node: { status: 200 },
  },
  {
    name: 'a Host that is an address with five parts',
    why: 'refused before the application builds a URL of it',
    send: raw(['GET /echo/ HTTP/1.1', 'Host: 1.2.3.4.5']),
    bridge: { status: 400, body: /Host/ },
    node: { status: 500 },
  },
  {
    name: 'a fragment in the target',
    why: 'RFC 9112 has none there',
    send: request('GET /echo/a#x'),
    bridge: { status: 400 },
    node: { status: 200 },
  },
  {
    name: 'an unknown method',
    why: 'uWebSockets.js knows no list of methods; the router answers 404 or 405',
    send: request('BREW /nowhere'),
    bridge: { status: 404 },
    node: { status: 400 },
  },
  {
    name: 'a method in lower case',
    why: 'uWebSockets.js hands methods over in lower case',
    send: request('get /text'),
    bridge: { status: 200 },
    node: { status: 400 },
  },
  {
    name: 'TRACE',
    why: 'a Request cannot carry it, and it would echo cookies',
    send: request('TRACE /echo/'),
    bridge: { status: 405, body: /method_not_allowed/ },
    node: { status: 200 },
  },
  {
    name: 'a transfer coding before chunked',
    why: 'nobody would undo it',
    send: request('POST /echo/', ['Transfer-Encoding: gzip, chunked'], chunked(['abc'])),
    bridge: { status: 501 },
    node: { status: 200 },
  },
  {
    name: 'a transfer coding that is not chunked',
    why: 'the code says what is missing',
    send: request('POST /echo/', ['Transfer-Encoding: gzip'], chunked(['abc'])),
    bridge: { status: 501 },
    node: { status: 400 },
  },
  {
    name: 'trailers after a chunked body',
    why: 'uWebSockets.js reads them as the next request',
    send: request('POST /echo/', ['Transfer-Encoding: chunked'], '3\r\nabc\r\n0\r\nX: y\r\n\r\n'),
    bridge: { status: 505 },
    node: { status: 200 },
  },
  {
    name: 'a second request before a late answer to the first',
    why: 'uWebSockets.js closes when both come in the same bytes; nothing is done by then, and asking again is safe',
    send: request('GET /async') + request('GET /text'),
    answers: 2,
    bridge: { status: 'closed' },
    node: { status: 200 },
  },
  {
    name: '120 headers',
    why: 'uWebSockets.js stops at 100',
    send: request(
      'GET /text',
      Array.from({ length: 120 }, (_, i) => `X-${i}: 1`),
    ),
    bridge: { status: 431 },
    node: { status: 200 },
  },
  {
    name: 'a body nobody may have',
    why: 'the limit of the bridge',
    send: request('POST /echo/', ['Content-Length: 9000000']),
    bridge: { status: 413, body: /body_too_large/ },
    node: { status: 'silence' },
  },
]

/** Refused by both, with the same status. */
export const REFUSED: readonly (Case & { readonly status: number })[] = [
  {
    name: 'both lengths',
    send: request('POST /echo/', ['Content-Length: 3', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
    status: 400,
  },
  {
    name: 'two lengths',
    send: request('POST /echo/', ['Content-Length: 3', 'Content-Length: 4'], 'abcd'),
    status: 400,
  },
  { name: 'a negative length', send: request('POST /echo/', ['Content-Length: -3'], 'abc'), status: 400 },
  {
    name: 'a length of 23 digits',
    send: request('POST /echo/', [`Content-Length: ${'9'.repeat(23)}`], 'abc'),
    status: 400,
  },
  {
    name: 'a chunk without a size',
    send: request('POST /echo/', ['Transfer-Encoding: chunked'], 'zz\r\nabc\r\n0\r\n\r\n'),
    status: 400,
  },
  { name: 'UTF-8 in the target', send: request(`GET /echo/${utf8('ก')}`), status: 400 },
  { name: 'bytes that are no UTF-8 in the target', send: request('GET /echo/\xff\xfe'), status: 400 },
  { name: 'a backslash in the target', send: request('GET /echo\\a'), status: 400 },
  { name: 'a Host that is no host', send: raw(['GET /text HTTP/1.1', 'Host: a b/../c<>']), status: 400 },
  { name: 'a Host with a user', send: raw(['GET /text HTTP/1.1', 'Host: a@b']), status: 400 },
  { name: 'a Host with a port of 99999', send: raw(['GET /text HTTP/1.1', 'Host: a:99999']), status: 400 },
  { name: 'a head of 20 kB', send: request(`GET /echo/${'a'.repeat(20_000)}`), status: 431 },
]
