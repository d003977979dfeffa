import net from 'node:net'

/** An HTTP/1.1 answer as it came over the socket; `body` without its framing. */
export type RawAnswer = {
  readonly status: number
  readonly reason: string
  /** names in lower case; a name may stand several times */
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer
  /** all of the body came: its length, its last chunk, or the end of the connection where that ends it */
  readonly complete: boolean
}

export type Exchange = {
  readonly answers: readonly RawAnswer[]
  /** the server ended the connection */
  readonly closed: boolean
  /** bytes after the last complete answer */
  readonly rest: Buffer
}

export type ExchangeOptions = {
  /** methods of the requests, in order: an answer to HEAD has no body */
  readonly methods?: readonly string[]
  /** ms to wait for the answers; the exchange then ends with what has come */
  readonly waitMs?: number
  /** answers to wait for */
  readonly answers?: number
  readonly host?: string
}

const LOOK_MS = 5

/** Sends bytes as they are — fetch would hide or mend them — and reads the answers. Connection errors are an end, not a throw. */
export function exchange(
  port: number,
  request: string | Buffer | readonly Buffer[],
  options: ExchangeOptions = {},
): Promise<Exchange> {
  const { methods = [], waitMs = 5000, answers: wanted = 1, host = '127.0.0.1' } = options
  const parts =
    typeof request === 'string' ? [Buffer.from(request, 'latin1')] : Buffer.isBuffer(request) ? [request] : request
  return new Promise((resolve) => {
    const received: Buffer[] = []
    const socket = net.connect(port, host)
    const timer = setTimeout(() => finish(false), waitMs)
    const finish = (closed: boolean) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(parseAnswers(Buffer.concat(received), closed, methods))
    }
    // Reading all anew for each chunk would make the reader of a large answer the slowest part of it.
    let looking = false
    socket.on('data', (chunk) => {
      received.push(chunk)
      if (looking) return
      looking = true
      setTimeout(() => {
        looking = false
        const { answers } = parseAnswers(Buffer.concat(received), false, methods)
        if (answers.filter((answer) => answer.complete && answer.status !== 100).length >= wanted) finish(false)
      }, LOOK_MS)
    })
    socket.on('error', () => finish(true))
    socket.on('close', () => finish(true))
    for (const part of parts) socket.write(part)
  })
}

export function parseAnswers(bytes: Buffer, closed: boolean, methods: readonly string[]): Exchange {
  const answers: RawAnswer[] = []
  let rest = bytes
  while (rest.length > 0) {
    const end = rest.indexOf('\r\n\r\n')
    if (end < 0) break
    const [statusLine = '', ...lines] = rest.subarray(0, end).toString('latin1').split('\r\n')
    const match = /^HTTP\/1\.1 (\d{3})(?: (.*))?$/.exec(statusLine)
    if (match === null) throw new Error(`not a status line: ${statusLine.slice(0, 100)}`)
    const status = Number(match[1])
    const headers = lines.map((line): [string, string] => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    })
    const method = methods[answers.filter((answer) => answer.status !== 100).length] ?? 'GET'
    const framed = readBody(rest.subarray(end + 4), status, headers, method, closed)
    answers.push({ status, reason: match[2] ?? '', headers, body: framed.body, complete: framed.complete })
    rest = framed.rest
    if (!framed.complete) break
  }
  return { answers, closed, rest }
}

type Framed = { body: Buffer; rest: Buffer; complete: boolean }

function readBody(bytes: Buffer, status: number, headers: [string, string][], method: string, closed: boolean): Framed {
  const header = (name: string) => headers.find(([key]) => key === name)?.[1]
  const none = Buffer.alloc(0)
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304)
    return { body: none, rest: bytes, complete: true }
  if (header('transfer-encoding') === 'chunked') return readChunks(bytes)
  const length = header('content-length')
  if (length === undefined) return { body: bytes, rest: none, complete: closed }
  const complete = bytes.length >= Number(length)
  return { body: bytes.subarray(0, Number(length)), rest: complete ? bytes.subarray(Number(length)) : none, complete }
}

function readChunks(bytes: Buffer): Framed {
  const parts: Buffer[] = []
  let rest = bytes
  for (;;) {
    const lineEnd = rest.indexOf('\r\n')
    const size = lineEnd < 0 ? Number.NaN : Number.parseInt(rest.subarray(0, lineEnd).toString('latin1'), 16)
    const next = lineEnd + 2 + size + 2
    if (Number.isNaN(size) || rest.length < next)
      return { body: Buffer.concat(parts), rest: Buffer.alloc(0), complete: false }
    parts.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size))
    rest = rest.subarray(next)
    if (size === 0) return { body: Buffer.concat(parts), rest, complete: true }
  }
}

export function headerOf(answer: RawAnswer | undefined, name: string): string | undefined {
  return answer?.headers.find(([key]) => key === name)?.[1]
}

/** A request as text; `lines` are headers beside Host, `body` is latin1. */
export function request(line: string, lines: readonly string[] = [], body = ''): string {
  return `${[`${line} HTTP/1.1`, 'Host: hub.test', ...lines].join('\r\n')}\r\n\r\n${body}`
}
