import pg from 'pg'
import type { Clock } from '../runtime/clock.ts'
import type { Transaction } from '../situation/index.ts'
import { Assembler } from './assembler.ts'
import { Delivery } from './delivery.ts'
import { asError, SourceError } from './errors.ts'
import type { SourceLimits } from './limits.ts'
import { evaluateLiveness } from './liveness.ts'
import { formatLsn } from './lsn.ts'
import { PgoutputDecoder } from './pgoutput.ts'
import type { Slot } from './slot.ts'
import { COPY_DONE, copyData, readFrame, statusUpdate } from './walsender.ts'

export type StreamOptions = {
  /** the walsender session that made the slot */
  readonly feed: pg.Client
  readonly slot: Slot
  readonly publication: string
  readonly clock: Clock
  readonly limits: SourceLimits
  readonly onTransaction: (tx: Transaction) => void | Promise<void>
}

/** The parts of `pg`'s query protocol that a replication stream needs; the client calls them by name. */
type CopyBoth = pg.Submittable & {
  handleError(error: Error): void
  handleCopyData(message: { readonly chunk: Buffer }): void
  handleCommandComplete(): void
  handleReadyForQuery(): void
}

/** How long PostgreSQL may take to end the stream in order. */
const GOODBYE_MS = 1_000

/**
 * START_REPLICATION and everything after it, until the stream ends for whatever reason: then `ended` resolves with
 * it. Acknowledges what the consumer has taken, answers keepalives, and judges the link's life.
 */
export class ReplicationStream {
  readonly ended: Promise<Error>
  readonly #options: StreamOptions
  readonly #decoder = new PgoutputDecoder()
  readonly #assembler: Assembler
  readonly #delivery: Delivery
  readonly #beat: NodeJS.Timeout
  readonly #end: (reason: Error) => void
  #over = false
  #stopping = false
  #heardAt: number
  #askedAt: number | null = null
  #checkedAt: number
  /** when the consumer was last seen to take something, or to have nothing to take */
  #movedAt: number
  #movedTo: number
  /** how far PostgreSQL had read the WAL when it last said so and nothing of it was left to take */
  #caughtUpTo: number
  #turnMessages = 0
  #resting = false

  constructor(options: StreamOptions) {
    this.#options = options
    const now = options.clock.now()
    this.#heardAt = now
    this.#checkedAt = now
    this.#movedAt = now
    this.#movedTo = options.slot.position
    this.#caughtUpTo = options.slot.position
    this.#assembler = new Assembler(options.limits.transaction)
    this.#delivery = new Delivery({
      position: options.slot.position,
      queueChangesMax: options.limits.queueChangesMax,
      onTransaction: options.onTransaction,
      pause: () => this.#readOrPause(),
      resume: () => this.#readOrPause(),
      onFailure: (error) => this.#finish(error),
    })
    const { promise, resolve } = Promise.withResolvers<Error>()
    this.ended = promise
    this.#end = resolve
    this.#beat = setInterval(() => this.#onBeat(), options.limits.beatMs)
    options.feed.query(this.#copyBoth())
  }

  /** where the newest transaction ends that the consumer has taken, in bytes */
  get position(): number {
    return this.#delivery.position
  }

  /** everything committed before this place in the WAL has been taken, in bytes */
  get processed(): number {
    return Math.max(this.#delivery.position, this.#caughtUpTo)
  }

  get heardAt(): number {
    return this.#heardAt
  }

  /** End the stream in order, so that PostgreSQL drops the slot at once. */
  async stop(): Promise<void> {
    if (this.#over) return
    this.#stopping = true
    this.#delivery.end()
    this.#feed.resume()
    this.#feed.write(copyData(statusUpdate(this.processed, this.#options.clock.now(), false)))
    this.#feed.write(COPY_DONE)
    const giveUp = setTimeout(() => this.#finish(new SourceError('link_ended', 'stopped')), GOODBYE_MS)
    await this.ended
    clearTimeout(giveUp)
  }

  /** End at once, for a reason of the caller's: no transaction is handed over after this. */
  abandon(reason: Error): void {
    this.#finish(reason)
  }

  get #feed() {
    return this.#options.feed.connection.stream
  }

  #copyBoth(): CopyBoth {
    const { slot, publication } = this.#options
    const names = `proto_version '1', publication_names ${pg.escapeLiteral(pg.escapeIdentifier(publication))}`
    const command = `START_REPLICATION SLOT ${pg.escapeIdentifier(slot.name)} LOGICAL ${formatLsn(slot.position)} (${names})`
    const closed = () =>
      this.#finish(new SourceError('link_ended', 'PostgreSQL ended the stream; it may be shutting down'))
    return {
      submit: (connection) => connection.query(command),
      handleError: (error) => this.#finish(error),
      handleCopyData: ({ chunk }) => this.#onChunk(chunk),
      handleCommandComplete: closed,
      handleReadyForQuery: closed,
    }
  }

  /** Must not throw: `pg` calls it from the socket's event. */
  #onChunk(chunk: Buffer): void {
    if (this.#over || this.#stopping) return
    this.#heardAt = this.#options.clock.now()
    this.#askedAt = null
    try {
      const frame = readFrame(chunk)
      if (frame.kind === 'data') this.#onData(frame.payload)
      else this.#onKeepalive(frame.lsn, frame.replyWanted)
    } catch (error) {
      this.#finish(asError(error))
    }
  }

  #onData(payload: Buffer): void {
    const message = this.#decoder.decode(payload)
    const tx = this.#assembler.add(message, payload.length)
    if (tx) this.#delivery.push(tx)
    this.#turnMessages++
    if (this.#turnMessages >= this.#options.limits.turnMessagesMax && !this.#resting) this.#rest()
  }

  /** Also what lets PostgreSQL shut down: it waits until its whole WAL is acknowledged. */
  #onKeepalive(lsn: number, replyWanted: boolean): void {
    if (this.#delivery.idle && !this.#assembler.open) this.#caughtUpTo = Math.max(this.#caughtUpTo, lsn)
    if (replyWanted) this.#acknowledge(false)
  }

  #acknowledge(replyWanted: boolean): void {
    if (!this.#feed.writable) return
    this.#feed.write(copyData(statusUpdate(this.processed, this.#options.clock.now(), replyWanted)))
  }

  /** Let the rest of the hub have its turn: a backlog would otherwise be read until the socket is empty. */
  #rest(): void {
    this.#resting = true
    this.#readOrPause()
    setImmediate(() => {
      this.#turnMessages = 0
      this.#resting = false
      this.#readOrPause()
    })
  }

  #readOrPause(): void {
    if (this.#over || this.#stopping) return
    if (this.#resting || this.#delivery.paused) this.#feed.pause()
    else this.#feed.resume()
  }

  #onBeat(): void {
    const { limits, clock } = this.#options
    const now = clock.now()
    if (this.#delivery.idle || this.#delivery.position !== this.#movedTo) {
      this.#movedAt = now
      this.#movedTo = this.#delivery.position
    } else if (now - this.#movedAt > limits.consumerMsMax) {
      this.#finish(new SourceError('consumer_stuck', `a transaction was not taken within ${limits.consumerMsMax} ms`))
      return
    }
    const reading = !this.#delivery.paused
    const signs = { now, heardAt: this.#heardAt, askedAt: this.#askedAt, checkedAt: this.#checkedAt, reading }
    const verdict = evaluateLiveness(signs, limits)
    this.#checkedAt = now
    if (verdict === 'broken') {
      const silentMs = Math.round(now - this.#heardAt)
      this.#finish(new SourceError('link_silent', `nothing heard from PostgreSQL for ${silentMs} ms, and no answer`))
      return
    }
    if (verdict === 'ask') this.#askedAt = now
    this.#acknowledge(verdict === 'ask')
  }

  #finish(reason: Error): void {
    if (this.#over) return
    this.#over = true
    clearInterval(this.#beat)
    this.#delivery.end()
    this.#end(reason)
  }
}
