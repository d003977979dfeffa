/** Bytes sent to a client after which a WebSocket ping asks how far it has read. An idle socket is never asked. */
export const UNANSWERED_BYTES_MAX = 256 * 1024
/** A client whose pong is later than this reads old frames out of the kernel's buffers (4 MB and more). */
export const LATE_MS = 2000
/** As many beats lie between: then the loop has read its sockets, and it was not the hub itself that was late. */
export const LATE_BEATS = 3

/**
 * How far a client has read. What uWS holds for it is known, what the kernels hold is not: a slow line would be fed old
 * frames for minutes before uWS's own buffer fills. Clients that have never answered a ping are not judged by it.
 */
export class Acknowledgement {
  #pings = 0
  #mark = 0
  #pending: { readonly at: number; beats: number } | undefined
  #answers = false

  /** whether it has answered a ping at all, so that another can be waited for */
  get answers(): boolean {
    return this.#answers
  }

  /** Once a beat. @param bytes sent to it since it came */
  beat(bytes: number, now: number): 'ping' | 'late' | undefined {
    const pending = this.#pending
    if (pending !== undefined) {
      pending.beats += 1
      const late = this.#answers && pending.beats >= LATE_BEATS && now - pending.at >= LATE_MS
      return late ? 'late' : undefined
    }
    // Topics that it left count no more: then the mark is above the bytes.
    this.#mark = Math.min(this.#mark, bytes)
    if (bytes - this.#mark <= UNANSWERED_BYTES_MAX) return undefined
    this.#mark = bytes
    return 'ping'
  }

  /** @returns what the ping carries; only the newest counts */
  ping(now: number): string {
    this.#pending = { at: now, beats: 0 }
    this.#pings += 1
    return String(this.#pings)
  }

  /** @returns whether it has read all that was sent before the newest ping */
  pong(carried: string): boolean {
    if (this.#pending === undefined || carried !== String(this.#pings)) return false
    this.#pending = undefined
    this.#answers = true
    return true
  }
}
