import { ExchangeEnded, type Link } from './link.ts'

/** Bytes of a body that wait for their reader before the socket is paused. */
const WAITING_BYTES_MAX = 65_536
/** uWebSockets.js cuts a body slower than 16 kB/s after 10 s; its timer must be re-armed well before. */
const REARM_MS = 4000
/** Bytes a second, on average, that a body must come with: a phone on the oldest networks has two to five times that. */
const BODY_RATE_MIN = 1024

export type BodyLimits = {
  readonly bytesMax: number
  /** ms without a byte, while the hub is willing to read */
  readonly idleMs: number
  /** ms for the whole body, while the hub is willing to read */
  readonly totalMs: number
  /** ms after which the average rate of the body counts */
  readonly graceMs: number
}

export type BodyFailure = 'too_large' | 'too_slow'

/**
 * The body of a request as a stream. A slow reader pauses the socket. A body that is too large or too slow is
 * reported to `fail`, which answers and so ends the stream. `settled` hears when the hub no longer waits for bytes.
 *
 * A phone on a bad line is slower than uWebSockets.js allows, so its timer is re-armed and the limits here decide.
 * Must be called in the turn of the request: uWebSockets.js drops what nobody listens for.
 */
export function receiveBody(
  link: Link,
  contentLength: number | 'chunked',
  limits: BodyLimits,
  fail: (why: BodyFailure) => void,
  settled: () => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let received = 0
  let discarding = false
  let closed = false
  let quietMs = 0
  let receivingMs = 0
  const periodMs = Math.min(limits.idleMs, limits.totalMs, limits.graceMs, REARM_MS)
  const timer = setInterval(() => {
    if (!link.receiving) return
    quietMs += periodMs
    receivingMs += periodMs
    const drips = receivingMs > limits.graceMs && received < (BODY_RATE_MIN * receivingMs) / 1000
    if (drips || quietMs > limits.idleMs || receivingMs > limits.totalMs) return fail('too_slow')
    link.pause()
    link.resume()
  }, periodMs)

  let controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(given) {
        controller = given
      },
      pull() {
        quietMs = 0
        if (link.open && link.paused) link.resume()
      },
      cancel() {
        discarding = true
        if (link.open && link.paused) link.resume()
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: WAITING_BYTES_MAX }),
  )

  const close = () => {
    if (!link.open) return
    closed = true
    if (!discarding) controller.close()
    link.hold()
  }

  link.bodyLeft = contentLength === 'chunked' ? Number.POSITIVE_INFINITY : contentLength
  link.onEnd((reason) => {
    clearInterval(timer)
    if (!discarding && !closed)
      controller.error(reason ?? new ExchangeEnded('The answer was given before the body was read.'))
  })
  link.res.onData((chunk, isLast) => {
    received += chunk.byteLength
    quietMs = 0
    link.bodyLeft = isLast ? 0 : link.bodyLeft - chunk.byteLength
    if (isLast) clearInterval(timer)
    if (!link.open) return
    if (received > limits.bytesMax) return fail('too_large')
    if (!discarding) {
      // uWebSockets.js takes the buffer back after this call.
      if (chunk.byteLength > 0) controller.enqueue(new Uint8Array(chunk.slice(0)))
      if (!isLast && (controller.desiredSize ?? 0) <= 0 && !link.paused) link.pause()
    }
    // A turn later: a request that another one follows in the same bytes ends here, before anybody acts on it.
    if (isLast) setImmediate(close)
    if (!link.receiving) settled()
  })
  return stream
}
