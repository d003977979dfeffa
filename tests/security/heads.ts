import net from 'node:net'
import type { FetchHandler } from '../../hub/http/bridge.ts'

/** What a front in these tests writes on each request that it passes on, whatever the client has sent under that name. */
export const FRONT_ID = 'x-front-id'
/** ms without another byte after which nothing more is expected of an answer */
const QUIET_MS = 60
const ANSWER_MS_MAX = 15_000

/** mulberry32: the same heads from the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const METHODS = [
  'GET',
  'POST',
  'PUT',
  'HEAD',
  'OPTIONS',
  'get',
  'G\tET',
  'TRACE',
  'CONNECT',
  'POST ',
  'X'.repeat(40),
  '',
]
const TARGETS = [
  '/',
  '/a?b=c',
  '//a',
  '/a/../b',
  '/%00',
  '/%2e%2e/',
  '*',
  'http://other.test/',
  '/\\a',
  '/a b',
  '/é',
  `/${'x'.repeat(20_000)}`,
  '',
]
const VERSIONS = ['HTTP/1.1', 'HTTP/1.0', 'HTTP/1.2', 'HTTP/2.0', 'http/1.1', 'HTTP/1.1 ', 'HTTP/11', '']
const ENDS = ['\r\n', '\n', '\r', '\r\r\n', ' \r\n', '\0\r\n']
const LENGTHS = [
  '0',
  '1',
  '5',
  '+5',
  '-1',
  '0x5',
  '5, 5',
  '5,6',
  '05',
  '5 ',
  '',
  '5\t',
  '99999999999999999999',
  '1e1',
  '５',
]
const CODINGS = [
  'chunked',
  'Chunked',
  'xchunked',
  'chunked, identity',
  'identity',
  'identity, chunked',
  ' chunked',
  'chunked\t',
  '\vchunked',
  'chunked;q=1',
  '"chunked"',
  'gzip, chunked',
]
const NAMES = [
  'Content-Length',
  'content-length',
  'Content-Length ',
  'Content_Length',
  'Transfer-Encoding',
  'Transfer-Encoding ',
  ' Transfer-Encoding',
  'Transfer_Encoding',
  'Transfer-Encoding\0',
  'TRANSFER-ENCODING',
]
const OTHERS = [
  'Host: other.test',
  'Host:',
  'Host: a b',
  'Host : hub.test',
  'Connection: close',
  'Connection: keep-alive, Content-Length',
  'Connection: Transfer-Encoding',
  'Expect: 100-continue',
  'Upgrade: h2c',
  'Upgrade: websocket',
  `X: ${'y'.repeat(9_000)}`,
  ':',
  'no colon',
  ' folded: 1',
  'X-A: \x01',
  'X-B: \xff\xfe',
  'Trailer: Content-Length',
  'TE: trailers',
  'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA',
  'Max-Forwards: 0',
  'Range: bytes=0-',
  `Cookie: ${'a=b; '.repeat(300)}`,
]

export type Attempt = { readonly bytes: Buffer; readonly text: string }

/** One request as no client sends it: few lines of it are wrong, and a second request lies hidden in its body. */
export function headsOf(seed: number): () => Attempt {
  const random = randomOf(seed)
  const rarely = (of: number) => random() < of
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!
  let number = 0
  return () => {
    const id = `${seed}-${++number}`
    const hidden = `GET /hidden/${id} HTTP/1.1\r\nHost: hub.test\r\n${FRONT_ID}: forged\r\n\r\n`
    const end = () => (rarely(0.06) ? pick(ENDS) : '\r\n')
    const size = hidden.length.toString(16)
    const body = pick([
      '',
      hidden,
      `0\r\n\r\n${hidden}`,
      `${size}\r\n${hidden}\r\n0\r\n\r\n`,
      `${size};${'e'.repeat(5)}="\n"\r\n${hidden}\r\n0\r\n\r\n`,
      `0${size}\r\n${hidden}\r\n0\r\nContent-Length: 5\r\n\r\n`,
      `+${size}\r\n${hidden}\r\n0\r\n\r\n`,
      `${size}\n${hidden}\n0\n\n`,
      `fffffffffffffffff\r\n${hidden}`,
      `1\r\nZ\r\n0\r\n\r\n${hidden}`,
      `1\r\nZZ\r\n0\r\n\r\n`,
    ])
    const lines = [
      `${rarely(0.2) ? pick(METHODS) : pick(['GET', 'POST'])} ${rarely(0.2) ? pick(TARGETS) : `/fuzz/${id}`} ${rarely(0.1) ? pick(VERSIONS) : 'HTTP/1.1'}`,
      ...(rarely(0.05) ? [] : ['Host: hub.test']),
    ]
    if (rarely(0.7))
      lines.push(`${rarely(0.2) ? pick(NAMES) : 'Content-Length'}: ${rarely(0.4) ? pick(LENGTHS) : body.length}`)
    if (rarely(0.5))
      lines.push(`${rarely(0.3) ? pick(NAMES) : 'Transfer-Encoding'}: ${rarely(0.4) ? pick(CODINGS) : 'chunked'}`)
    for (let more = Math.floor(random() * 3); more > 0; more--) lines.push(pick(OTHERS))
    if (rarely(0.02)) lines.push(...Array.from({ length: 120 }, (_, i) => `X-${i}: 1`))
    const head = lines.map((line) => line + end()).join('') + end()
    const bytes = Buffer.from(head + body, 'latin1')
    // Now and then a byte of it is another one, or is missing.
    if (rarely(0.15)) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
    const sent = rarely(0.1) ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes
    return { bytes: sent, text: JSON.stringify(sent.toString('latin1').slice(0, 600)) }
  }
}

/** What stands behind a front: it notes who brought each request, and says the request's own path. */
export function noting(): { readonly fetch: FetchHandler; readonly brought: (string | null)[] } {
  const brought: (string | null)[] = []
  return {
    brought,
    fetch: async (request) => {
      brought.push(request.headers.get(FRONT_ID))
      await request.arrayBuffer()
      return new Response(new URL(request.url).pathname)
    },
  }
}

/** Sends bytes as they are. @returns all that came back, until it is over, or quiet where that is enough */
export function send(port: number, bytes: Buffer, quietMs?: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    let heard = ''
    let quiet: NodeJS.Timeout | undefined
    const end = () => {
      clearTimeout(quiet)
      clearTimeout(late)
      socket.destroy()
      resolve(heard)
    }
    const late = setTimeout(end, ANSWER_MS_MAX)
    const listen = () => {
      if (quietMs === undefined) return
      clearTimeout(quiet)
      quiet = setTimeout(end, quietMs)
    }
    socket.on('data', (data) => {
      heard += data.toString('latin1')
      listen()
    })
    socket.on('error', end).on('close', end)
    socket.write(bytes)
    listen()
  })
}

export const statusesIn = (heard: string): number[] =>
  [...heard.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map(([, status]) => Number(status))

/** A request as everybody sends it. @returns what came back */
const askFor = (port: number, path: string): Promise<string> =>
  send(port, Buffer.from(`GET ${path} HTTP/1.1\r\nHost: hub.test\r\nConnection: close\r\n\r\n`))

const isOwn = (heard: string, path: string): boolean =>
  heard.startsWith('HTTP/1.1 200 ') &&
  heard.includes(`\r\n\r\n`) &&
  heard.includes(path) &&
  statusesIn(heard).length === 1

/** @returns whether the path's own answer came back */
export const isAnswered = async (port: number, path: string): Promise<boolean> => isOwn(await askFor(port, path), path)

/** A front whose kept connection the hub closed just then says so; a GET may be asked again (RFC 9110, 9.2.2). */
const LOST = /^HTTP\/1\.1 502 /

export type HeadsResult = { readonly statuses: Readonly<Record<string, number>>; readonly failures: readonly string[] }

/**
 * Sends `runs` heads, `atOnce` at a time, and after each a request as everybody sends it, whose answer has to be its own.
 * @param allowed statuses from 500 on that are refusals all the same, by whoever gives them
 */
export async function fuzzHeads(
  port: number,
  seed: number,
  {
    runs,
    atOnce = 16,
    allowed,
  }: { readonly runs: number; readonly atOnce?: number; readonly allowed: readonly number[] },
): Promise<HeadsResult> {
  const next = headsOf(seed)
  const statuses: Record<string, number> = {}
  const failures: string[] = []
  let left = runs
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left > 0) {
        const number = left--
        const { bytes, text } = next()
        const found = statusesIn(await send(port, bytes, QUIET_MS))
        for (const status of found.length === 0 ? ['none'] : found) statuses[status] = (statuses[status] ?? 0) + 1
        for (const status of found)
          if (status >= 500 && !allowed.includes(status)) failures.push(`${status} to ${text}`)
        const clean = `/clean/${seed}-${number}`
        const first = await askFor(port, clean)
        const heard = LOST.test(first) ? await askFor(port, clean) : first
        if (!isOwn(heard, clean))
          failures.push(`a clean request is answered ${JSON.stringify(heard.slice(0, 300))} after ${text}`)
      }
    }),
  )
  return { statuses, failures }
}

/** Requests behind a front that the front has not brought itself: each is one that was smuggled past it. */
export function smuggled(brought: readonly (string | null)[]): readonly (string | null)[] {
  const seen = new Set<string>()
  return brought.filter((id) => {
    if (id === null || !/^[0-9a-f-]{32,36}$/.test(id) || seen.has(id)) return true
    seen.add(id)
    return false
  })
}
