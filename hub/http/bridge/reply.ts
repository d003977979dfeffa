import type { HttpResponse } from 'uWebSockets.js'
import { STATUS_CODES } from 'node:http'
import { BytesResponse } from '../bytes-response.ts'
import type { Ending, Link } from './link.ts'

/** Bytes written to a socket at once; a larger chunk waits for the socket between its parts. */
const WRITE_BYTES_MAX = 262_144

/** The framing is uWebSockets.js's; a header of the application that contradicts it would split the response. */
const FRAMING = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
  'trailer',
  'upgrade',
])
const LENGTH = /^\d{1,15}$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for
const ASCII = /^[\x00-\x7f]*$/

/**
 * Sends a Response. Bodies at hand go out whole with their length; streams go out chunked, or as declared by their
 * Content-Length, as fast as the socket takes them. Resolves when all is written or the exchange has ended.
 * The head goes out with the first byte of the body. Rejects when the body's stream fails.
 * @param report told when a cancelled stream fails to end
 */
export function reply(link: Link, response: Response, report: (error: unknown) => void): void | Promise<void> {
  if (response instanceof BytesResponse) {
    return link.isHead ? sendHead(link, response) : sendBytes(link, response, response.content)
  }
  const { body } = response
  if (body === null) return sendHead(link, response)
  if (!link.isHead && mayHaveBody(response.status)) return sendStream(link, response, body, report)
  sendHead(link, response)
  return body.cancel()
}

function mayHaveBody(status: number): boolean {
  return status !== 204 && status !== 205 && status !== 304
}

function declaredLength(response: Response): number | undefined {
  if (response instanceof BytesResponse) return response.content.byteLength
  const text = response.headers.get('content-length')
  return text !== null && LENGTH.test(text) ? Number(text) : undefined
}

/** Writes status and headers. @returns how to end */
function writeHead(link: Link, res: HttpResponse, response: Response): Ending {
  const { status, headers } = response
  link.start()
  res.writeStatus(`${status} ${STATUS_CODES[status] ?? 'Unknown'}`)
  for (const [name, value] of headers) {
    if (!FRAMING.has(name)) res.writeHeader(name, ASCII.test(value) ? value : Buffer.from(value, 'latin1'))
  }
  const ending = link.ending()
  if (ending === 'keep' && headers.get('connection')?.toLowerCase() === 'close') return 'cut'
  if (ending === 'announce') res.writeHeader('Connection', 'close')
  return ending
}

function sendHead(link: Link, response: Response): void {
  const mayState = link.isHead && mayHaveBody(response.status)
  const length = mayState ? declaredLength(response) : undefined
  link.cork((res) => {
    const cut = writeHead(link, res, response) === 'cut'
    if (!link.isHead && mayHaveBody(response.status)) res.end('', cut)
    else {
      // Given a length, uWebSockets.js waits for so many bytes and closes on the next request; given `undefined`, it
      // states one of 2^63.
      if (length !== undefined) res.writeHeader('Content-Length', String(length))
      if (cut) res.writeHeader('Connection', 'close')
      res.endWithoutBody()
    }
    link.finish()
  })
}

function sendBytes(link: Link, response: Response, bytes: Uint8Array): void | Promise<void> {
  if (bytes.byteLength > WRITE_BYTES_MAX) {
    link.cork((res) => writeHead(link, res, response))
    return pour(link, bytes, bytes.byteLength)
  }
  link.cork((res) => {
    res.end(bytes, writeHead(link, res, response) === 'cut')
    link.finish()
  })
}

/** Writes the next bytes of a body of `total` bytes; with the last of them the answer is complete. */
async function pour(link: Link, bytes: Uint8Array, total: number): Promise<void> {
  let rest = bytes
  while (link.open && rest.byteLength > 0) {
    const before = link.res.getWriteOffset()
    let taken = false
    link.cork((res) => {
      const [ok, complete] = res.tryEnd(rest, total)
      taken = ok
      if (complete) link.finish()
    })
    if (taken || !link.open) return
    rest = rest.subarray(link.res.getWriteOffset() - before)
    await link.writable()
  }
}

async function sendStream(
  link: Link,
  response: Response,
  body: ReadableStream<Uint8Array>,
  report: (error: unknown) => void,
): Promise<void> {
  const reader = body.getReader()
  link.onEnd((reason) => {
    if (reason !== undefined) reader.cancel(reason).catch(report)
  })
  const first = await reader.read()
  if (!link.open) return
  const total = declaredLength(response)
  if (total !== undefined) await sendDeclared(link, response, reader, first, total)
  else await sendUndeclared(link, response, reader, first)
}

type Chunk = { readonly done: boolean; readonly value?: Uint8Array | undefined }

type Reader = ReadableStreamDefaultReader<Uint8Array>

async function sendUndeclared(link: Link, response: Response, reader: Reader, first: Chunk): Promise<void> {
  const next = first.done ? Promise.resolve(first) : reader.read()
  const soon = await Promise.race([next, endOfTurn()])
  if (soon?.done) {
    link.cork((res) => {
      const cut = writeHead(link, res, response) === 'cut'
      res.end(first.value ?? '', cut)
      link.finish()
    })
    return
  }
  let cut = false
  link.cork((res) => {
    cut = writeHead(link, res, response) === 'cut'
  })
  if (first.value !== undefined) await writeChunked(link, first.value)
  for (let chunk: Chunk = await next; !chunk.done && link.open; chunk = await reader.read()) {
    if (chunk.value !== undefined) await writeChunked(link, chunk.value)
  }
  link.cork((res) => {
    res.end(undefined, cut)
    link.finish()
  })
}

async function sendDeclared(
  link: Link,
  response: Response,
  reader: Reader,
  first: Chunk,
  total: number,
): Promise<void> {
  if (total === 0) {
    sendHead(link, response)
    return reader.cancel('the declared length is 0')
  }
  link.cork((res) => writeHead(link, res, response))
  let sent = 0
  for (let chunk = first; !chunk.done && link.open; chunk = await reader.read()) {
    const part = chunk.value?.subarray(0, total - sent) ?? new Uint8Array()
    sent += part.byteLength
    await pour(link, part, total)
  }
  if (link.open) throw new Error(`the body ended after ${sent} of the ${total} bytes its Content-Length declared`)
  if (sent === total) await reader.cancel('the declared length is complete')
}

async function writeChunked(link: Link, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength && link.open; at += WRITE_BYTES_MAX) {
    let taken = true
    link.cork((res) => {
      taken = res.write(bytes.subarray(at, at + WRITE_BYTES_MAX))
    })
    if (!taken) await link.writable()
  }
}

/** A body at hand has been read by the end of this turn of the event loop, a live one has not. */
function endOfTurn(): Promise<undefined> {
  return new Promise((resolve) => setImmediate(resolve, undefined))
}
