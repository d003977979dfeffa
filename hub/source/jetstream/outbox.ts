import type { Transaction } from '../../situation/index.ts'
import { encodeCommit, encodeCommits, encodePart, encodeReset, MESSAGE_BYTES_MAX, type Piece } from './message.ts'
import type { Frozen } from './snapshot-file.ts'

/** What is published next. `id` is the same when it has to be published again, and never comes twice otherwise. */
export type Outgoing =
  | { readonly kind: 'message'; readonly payload: string; readonly id: string; readonly position: number }
  /** `reset`: a message follows that says so */
  | {
      readonly kind: 'snapshot'
      readonly frozen: Frozen
      readonly reset?: { readonly payload: string; readonly id: string; readonly position: number }
    }

type Waiting =
  | { readonly kind: 'commit'; readonly pieces: readonly Piece[]; readonly bytes: number }
  | Extract<Outgoing, { kind: 'snapshot' }>

/** Commits that wait for NATS; above it the feeder takes no more from PostgreSQL. */
export const OUTBOX_BYTES_MAX = 32 * 1024 * 1024

/**
 * What waits to be published, in order. Commits that have gathered while the one before was on its way go together,
 * as far as a message holds them: nobody waits for a batch to fill.
 */
export class Outbox {
  #waiting: Waiting[] = []
  #bytes = 0
  #epoch = ''
  /** where the next message joins */
  #from = 0
  /** tells the messages of one feeder's life, from one reset to the next, from all others */
  #life = ''

  get bytes(): number {
    return this.#bytes
  }

  get empty(): boolean {
    return this.#waiting.length === 0
  }

  /** Everything that waits is void. */
  reset(epoch: string, position: number, life: string, frozen: Frozen): void {
    const reset = { payload: encodeReset(epoch, position), id: `${life}.reset`, position }
    this.#waiting = [{ kind: 'snapshot', frozen, reset }]
    this.#bytes = 0
    this.#epoch = epoch
    this.#from = position
    this.#life = life
  }

  /** @throws FeedFormatError when a change of it fits no message */
  commit(tx: Transaction): void {
    const pieces = encodeCommit(tx)
    const bytes = pieces.reduce((sum, piece) => sum + piece.bytes, 0)
    this.#waiting.push({ kind: 'commit', pieces, bytes })
    this.#bytes += bytes
  }

  /** A snapshot of what has been put in up to here. */
  snapshot(frozen: Frozen): void {
    this.#waiting.push({ kind: 'snapshot', frozen })
  }

  /** Takes what is published next: one, or all parts of a commit; none when nothing waits. */
  take(): readonly Outgoing[] {
    const first = this.#waiting[0]
    if (first === undefined) return []
    if (first.kind === 'snapshot') {
      this.#waiting.shift()
      return [first]
    }
    if (first.pieces.length > 1) return this.#takeParts(first.pieces)
    const pieces: Piece[] = []
    let bytes = 0
    let count = 0
    for (const next of this.#waiting) {
      const piece = next.kind === 'commit' && next.pieces.length === 1 ? next.pieces[0] : undefined
      if (piece === undefined || (count > 0 && bytes + piece.bytes > MESSAGE_BYTES_MAX)) break
      pieces.push(piece)
      bytes += piece.bytes
      count++
    }
    this.#waiting.splice(0, count)
    this.#bytes -= bytes
    const position = pieces.at(-1)!.position
    const payload = encodeCommits(this.#epoch, this.#from, pieces)
    this.#from = position
    return [{ kind: 'message', payload, id: `${this.#life}.${position}`, position }]
  }

  #takeParts(pieces: readonly Piece[]): readonly Outgoing[] {
    this.#waiting.shift()
    const from = this.#from
    return pieces.map((piece, part): Outgoing => {
      this.#bytes -= piece.bytes
      this.#from = piece.position
      const payload = encodePart(this.#epoch, from, part, pieces.length, piece)
      return { kind: 'message', payload, id: `${this.#life}.${piece.position}.${part}`, position: piece.position }
    })
  }
}
