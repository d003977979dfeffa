import type { Transaction } from '../situation/index.ts'
import { asError, SourceError } from './errors.ts'

export type DeliveryOptions = {
  readonly position: number
  readonly queueChangesMax: number
  /** may take its time: the next transaction comes when its promise is kept */
  readonly onTransaction: (tx: Transaction) => void | Promise<void>
  /** stop and go on reading from PostgreSQL */
  readonly pause: () => void
  readonly resume: () => void
  readonly onFailure: (error: SourceError) => void
}

/**
 * Hands transactions to the consumer one after the other, in commit order, and keeps those that come meanwhile.
 * At most `queueChangesMax` changes wait, plus what one read of the socket and one transaction bring on top.
 */
export class Delivery {
  readonly #options: DeliveryOptions
  #queue: Transaction[] = []
  #next = 0
  #queued = 0
  #busy = false
  #ended = false
  #paused = false
  #position: number

  constructor(options: DeliveryOptions) {
    this.#options = options
    this.#position = options.position
  }

  /** where the newest transaction ends that the consumer has taken, in bytes */
  get position(): number {
    return this.#position
  }

  /** the consumer has taken everything */
  get idle(): boolean {
    return !this.#busy
  }

  get paused(): boolean {
    return this.#paused
  }

  push(tx: Transaction): void {
    if (this.#ended) return
    if (!this.#busy) {
      this.#hand(tx)
      return
    }
    this.#queue.push(tx)
    this.#queued += weight(tx)
    if (!this.#paused && this.#queued >= this.#options.queueChangesMax) {
      this.#paused = true
      this.#options.pause()
    }
  }

  /** Nothing is handed over any more. */
  end(): void {
    this.#ended = true
    this.#queue = []
    this.#next = 0
  }

  /** Synchronous consumers, the common case, cost no promise. */
  #hand(tx: Transaction): void {
    try {
      const taken = this.#options.onTransaction(tx)
      if (taken === undefined) {
        this.#position = tx.position
        return
      }
      this.#busy = true
      taken.then(
        () => this.#taken(tx),
        (error) => this.#fail(error),
      )
    } catch (error) {
      this.#fail(error)
    }
  }

  #taken(tx: Transaction): void {
    this.#position = tx.position
    this.#busy = false
    while (!this.#busy && !this.#ended) {
      const next = this.#takeNext()
      if (next === undefined) break
      this.#queued -= weight(next)
      this.#hand(next)
    }
    if (this.#paused && !this.#ended && this.#queued <= this.#options.queueChangesMax / 2) {
      this.#paused = false
      this.#options.resume()
    }
  }

  #takeNext(): Transaction | undefined {
    const tx = this.#queue[this.#next]
    this.#next++
    if (this.#next >= this.#queue.length) {
      this.#queue = []
      this.#next = 0
    }
    return tx
  }

  #fail(cause: unknown): void {
    if (this.#ended) return
    this.end()
    const reason = asError(cause).message
    this.#options.onFailure(
      new SourceError('consumer_failed', `a transaction could not be taken: ${reason}`, { cause }),
    )
  }
}

function weight(tx: Transaction): number {
  return Math.max(1, tx.changes.length)
}
