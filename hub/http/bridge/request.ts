import type { Link } from './link.ts'

/** A Request whose AbortSignal exists only when it is asked for: making one costs as much as the Request itself. */
export class BridgedRequest extends Request {
  readonly #link: Link
  #abort: AbortController | undefined

  constructor(url: string, init: RequestInit, link: Link) {
    super(url, init)
    this.#link = link
  }

  abortSignal(): AbortSignal {
    if (this.#abort === undefined) {
      const abort = new AbortController()
      this.#abort = abort
      if (this.#link.ended !== undefined) abort.abort(this.#link.ended)
      this.#link.onEnd((reason) => {
        if (reason !== undefined) abort.abort(reason)
      })
    }
    return this.#abort.signal
  }
}

// The type of Request declares it as a property, which a subclass may not turn into an accessor.
Object.defineProperty(BridgedRequest.prototype, 'signal', {
  get(this: BridgedRequest) {
    return this.abortSignal()
  },
})
