import type { Frame } from './frames.ts'
import type { ShardTopic, Topic } from './link.ts'
import { type Shards, shardTopic } from './shards.ts'

/** What every shard gets, in this order. */
export type Sending = readonly (readonly [Topic, Frame])[]

export type RoundsOptions = {
  readonly shards: Shards
  readonly loop: { now(): number; after(ms: number, task: () => void): () => void }
  readonly publish: (topic: ShardTopic, frame: Frame) => void
  /** All that was handed in is written: `tookMs` after the first of it was published. */
  readonly done: (tookMs: number) => void
}

type Round = { readonly sending: Sending; readonly waiting: number[] }

/**
 * Publishes shard by shard: so many in a turn of the loop as hold `socketsMax` sockets, then the loop serves
 * commands, the change feed and answers, and goes on with the same frames. Each shard gets all in the order it was handed in.
 */
export class Rounds {
  readonly #options: RoundsOptions
  readonly #rounds: Round[] = []
  #began = 0
  #cancel: (() => void) | undefined

  constructor(options: RoundsOptions) {
    this.#options = options
  }

  /** whether some shards still wait */
  get busy(): boolean {
    return this.#cancel !== undefined
  }

  /** The first turn's part leaves at once. */
  send(sending: Sending): void {
    if (sending.length === 0) return
    this.#rounds.push({ sending, waiting: [...this.#options.shards.order] })
    if (this.busy) return
    this.#began = this.#options.loop.now()
    this.#turn()
  }

  /** All that is left, in this turn. */
  finish(): void {
    this.#cancel?.()
    this.#cancel = undefined
    for (const { sending, waiting } of this.#rounds.splice(0))
      for (const shard of waiting) this.#publish(sending, shard)
  }

  /** What is left is of another epoch. */
  abandon(): void {
    this.#cancel?.()
    this.#cancel = undefined
    this.#rounds.length = 0
  }

  #turn(): void {
    const { shards, loop, done } = this.#options
    this.#cancel = undefined
    let sockets = 0
    for (let round = this.#rounds[0]; round !== undefined; round = this.#rounds[0]) {
      for (let shard = round.waiting[0]; shard !== undefined; shard = round.waiting[0]) {
        if (sockets > 0 && sockets + shards.sessionsOf(shard) > shards.socketsMax) {
          this.#cancel = loop.after(0, () => this.#turn())
          return
        }
        sockets += shards.sessionsOf(shard)
        round.waiting.shift()
        this.#publish(round.sending, shard)
      }
      this.#rounds.shift()
    }
    // What uWS was handed is written when this turn ends.
    const began = this.#began
    loop.after(0, () => done(loop.now() - began))
  }

  #publish(sending: Sending, shard: number): void {
    for (const [topic, frame] of sending) this.#options.publish(shardTopic(topic, shard), frame)
  }
}
