import type { HttpResponse } from 'uWebSockets.js'

/** Bytes of a refused body that are still read and thrown away, so that the client can read why before it is cut. */
const LINGER_BYTES_MAX = 64 * 1024 * 1024

/** Why an exchange ended before its answer was complete; the reason of the request's AbortSignal. */
export class ExchangeEnded extends Error {
  override readonly name = 'AbortError'
}

/** How an answer leaves the connection: for the next request, with a word to close it, or cut after the last byte. */
export type Ending = 'keep' | 'announce' | 'cut'

/**
 * One exchange on a socket. uWebSockets.js forbids touching a response after its end or abort — a use after free —
 * so every use goes through here and `open` says whether there still is one.
 */
export class Link {
  readonly #res: HttpResponse
  #endHooks: ((reason: ExchangeEnded | undefined) => void)[] = []
  #drained: (() => void) | undefined
  #watchesWritable = false
  #paused = false
  #held = false
  #open = true
  /** set when the exchange ended without a complete answer of the application */
  ended: ExchangeEnded | undefined
  /** the head of an answer is out: another status can no longer be sent */
  started = false
  /** bytes of the request that are still to come; Infinity when the client has not said */
  bodyLeft = 0

  /** the answer has no body */
  readonly isHead: boolean
  /** people reach the hub by https */
  readonly secure: boolean

  constructor(res: HttpResponse, isHead: boolean, secure = false) {
    this.#res = res
    this.isHead = isHead
    this.secure = secure
    res.onAborted(() => this.#end(new ExchangeEnded('The client went away.')))
  }

  get open(): boolean {
    return this.#open
  }

  /** the hub waits for the client, not the client for the hub */
  get receiving(): boolean {
    return this.bodyLeft > 0 && !this.#paused
  }

  get paused(): boolean {
    return this.#paused
  }

  /** @throws when the exchange has ended: ask `open` first. */
  get res(): HttpResponse {
    if (!this.#open) throw new Error('the exchange has ended')
    return this.#res
  }

  /** @param hook called once at the end; without a reason when the answer was complete */
  onEnd(hook: (reason: ExchangeEnded | undefined) => void): void {
    this.#endHooks.push(hook)
  }

  pause(): void {
    this.#paused = true
    this.#res.pause()
  }

  resume(): void {
    this.#paused = false
    if (!this.#held) this.#res.resume()
  }

  /**
   * The request is whole and its answer is not: the next one of the connection stays in the kernel. uWebSockets.js
   * would close the connection on it, although what was asked first may be committed.
   */
  hold(): void {
    if (!this.#open || this.started || this.bodyLeft > 0) return
    this.#held = true
    this.#res.pause()
  }

  /** The head of an answer follows. After its last byte the connection is out of reach, so it takes requests from now. */
  start(): void {
    this.started = true
    if (!this.#held) return
    this.#held = false
    if (!this.#paused || this.bodyLeft === 0) this.resume()
  }

  /** Runs `write` corked (one packet), if there still is a response. */
  cork(write: (res: HttpResponse) => void): void {
    if (this.#open) this.#res.cork(() => write(this.#res))
  }

  /** What an answer given now must do with the connection; a body that nobody will read is in the way of the next request. */
  ending(): Ending {
    if (this.bodyLeft === 0) return 'keep'
    if (this.#paused) this.resume()
    return this.bodyLeft <= LINGER_BYTES_MAX ? 'announce' : 'cut'
  }

  /** The last byte is out; nothing may be written any more. @param reason the answer was not the application's */
  finish(reason?: string): void {
    this.#end(reason === undefined ? undefined : new ExchangeEnded(reason))
  }

  /** Cuts the connection: the only honest end of an answer that cannot be completed. */
  cut(): void {
    if (this.#open) this.#res.close()
  }

  /** Resolves when the socket takes bytes again, or the exchange has ended. */
  writable(): Promise<void> {
    if (!this.#open) return Promise.resolve()
    if (!this.#watchesWritable) {
      this.#watchesWritable = true
      this.#res.onWritable(() => {
        this.#drained?.()
        return true
      })
    }
    return new Promise((resolve) => {
      this.#drained = resolve
    })
  }

  #end(reason: ExchangeEnded | undefined): void {
    if (!this.#open) return
    this.#open = false
    this.ended = reason
    this.#drained?.()
    const hooks = this.#endHooks
    this.#endHooks = []
    for (const hook of hooks) hook(reason)
  }
}
