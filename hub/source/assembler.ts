import type { Change, Transaction } from '../situation/change.ts'
import { ProtocolError } from './bytes.ts'
import type { Message } from './pgoutput.ts'

/**
 * The largest transaction that is delivered in one piece: about 60 MB of heap. A snapshot of a whole operation costs
 * less than decoding more than this, so a larger one (an import in one transaction) becomes a new snapshot.
 */
export const TRANSACTION_CHANGES_MAX = 100_000
/** The same in bytes as they came over the wire, for rows with long texts. */
export const TRANSACTION_BYTES_MAX = 64 * 1024 * 1024

/** A transaction above a limit: forget it and take a snapshot. */
export class TransactionTooLarge extends Error {
  override readonly name = 'TransactionTooLarge'
}

export type AssemblerLimits = { readonly changesMax: number; readonly bytesMax: number }

/** Collects the changes between Begin and Commit. Holds one transaction at most, within its limits. */
export class Assembler {
  readonly #limits: AssemblerLimits
  #changes: Change[] | null = null
  #bytes = 0

  constructor(limits: AssemblerLimits) {
    this.#limits = limits
  }

  /** PostgreSQL is in the middle of a transaction. */
  get open(): boolean {
    return this.#changes !== null
  }

  /**
   * @param bytes the message's size on the wire
   * @returns the transaction when its Commit has come
   * @throws TransactionTooLarge above a limit; ProtocolError for a message that cannot stand here
   */
  add(message: Message, bytes: number): Transaction | undefined {
    if (message.kind === 'begin') {
      if (this.#changes !== null) throw new ProtocolError('Begin inside a transaction')
      this.#changes = []
      this.#bytes = 0
      return undefined
    }
    if (message.kind !== 'change' && message.kind !== 'commit') return undefined
    const changes = this.#changes
    if (changes === null) throw new ProtocolError(`a ${message.kind} outside a transaction`)
    if (message.kind === 'commit') {
      this.#changes = null
      // Whole milliseconds: every frame carries it, and no screen paints finer. Downwards, so that nobody's latency looks better.
      return { position: message.endLsn, at: Math.floor(message.at), changes }
    }
    this.#bytes += bytes
    if (changes.length >= this.#limits.changesMax || this.#bytes > this.#limits.bytesMax) {
      this.#changes = null
      const { changesMax, bytesMax } = this.#limits
      throw new TransactionTooLarge(`a transaction of more than ${changesMax} changes or ${bytesMax} bytes`)
    }
    changes.push(message.change)
    return undefined
  }
}
