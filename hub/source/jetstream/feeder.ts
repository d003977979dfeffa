import type { Clock } from '../../runtime/clock.ts'
import type { Logger } from '../../runtime/logger.ts'
import { Image } from '../../situation/index.ts'
import { asError } from '../errors.ts'
import { startSource } from '../index.ts'
import type { AlsoRead, Source, SourceState } from '../source.ts'
import { BEAT_MS, type Beat } from './beat.ts'
import { BEATS, type BusOptions } from './bus.ts'
import { SHAPE } from './message.ts'
import { OUTBOX_BYTES_MAX, Outbox } from './outbox.ts'
import { Publisher } from './publisher.ts'
import { freeze } from './snapshot-file.ts'

export type FeederOptions = {
  /** jitasa_hub's */
  readonly url: string
  readonly bus: BusOptions
  /** servers of the cluster that hold each message */
  readonly replicas: number
  readonly alsoRead: AlsoRead
  readonly clock: Clock
  readonly logger: Logger
  readonly snapshotMs?: number
  /** tells the messages of this feeder's lives from those of any other */
  readonly name: string
}

export type FeederState = {
  readonly source: SourceState
  readonly lagMs: number
  /** where the newest published commit ends; 0 before the first */
  readonly position: number
  readonly sequence: number
  readonly messages: number
  readonly bytes: number
  readonly waitingBytes: number
  /** why nothing can be published */
  readonly error?: string
}

/** A new hub folds at most so much of the stream on top of a snapshot. */
const SNAPSHOT_MS = 60_000

/** Reads PostgreSQL as a hub does, and publishes what it reads. One of a database at a time: see election.ts. */
export class Feeder {
  readonly #options: FeederOptions
  readonly #image: Image
  readonly #outbox = new Outbox()
  readonly #publisher: Publisher
  readonly #publishing: Promise<void>
  readonly #ending = new AbortController()
  readonly #source: Source
  readonly #timers: readonly NodeJS.Timeout[]
  /** of the feeder's newest whole state */
  #lives = 0
  #published = { position: 0, sequence: 0, messages: 0, bytes: 0 }
  /** the stream has this life's reset */
  #begun = false
  #frozenAt = 0
  /** when there is room again */
  #room: (() => void) | undefined
  /** When it ends by itself: another feeder has overtaken it. */
  readonly ended: Promise<Error>

  constructor(options: FeederOptions) {
    this.#options = options
    const { alsoRead, bus, replicas, logger, clock, url } = options
    this.#image = new Image(alsoRead)
    this.#publisher = new Publisher({
      ...{ bus, replicas, logger, outbox: this.#outbox },
      onPublished: (position, sequence, bytes) => this.#onPublished(position, sequence, bytes),
    })
    const { promise, resolve } = Promise.withResolvers<Error>()
    this.ended = promise
    this.#publishing = this.#publisher.run(this.#ending.signal).catch((error: unknown) => resolve(asError(error)))
    this.#source = startSource({
      ...{ url, publication: 'jitasa', clock, logger, alsoRead },
      onSnapshot: (snapshot) => {
        this.#image.reset(snapshot)
        this.#begin()
      },
      onTransaction: (tx) => {
        if (this.#image.apply(tx) !== 'folded') {
          this.#source.resnapshot('a change that cannot be folded: TRUNCATE, or the operation set back')
          return
        }
        this.#outbox.commit(tx)
        this.#publisher.wake()
        return this.#outbox.bytes > OUTBOX_BYTES_MAX ? this.#untilRoom() : undefined
      },
      onState: () => this.#say(),
    })
    this.#timers = [
      setInterval(() => this.#say(), BEAT_MS),
      setInterval(() => this.#freeze(), options.snapshotMs ?? SNAPSHOT_MS),
    ]
  }

  state(): FeederState {
    const { error } = this.#publisher
    return {
      source: this.#source.state(),
      lagMs: this.#source.lagMs(),
      ...this.#published,
      waitingBytes: this.#outbox.bytes,
      ...(error === undefined ? {} : { error }),
    }
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    this.#room?.()
    this.#ending.abort()
    await this.#source.stop()
    await this.#publishing
  }

  #begin(): void {
    this.#lives++
    this.#begun = false
    this.#frozenAt = this.#image.position
    const { epoch, position } = this.#image
    this.#outbox.reset(epoch, position, `${this.#options.name}.${this.#lives}`, freeze(this.#image.snapshot()))
    this.#publisher.wake()
    this.#room?.()
  }

  #freeze(): void {
    if (!this.#begun || this.#frozenAt === this.#image.position) return
    this.#frozenAt = this.#image.position
    this.#outbox.snapshot(freeze(this.#image.snapshot()))
    this.#publisher.wake()
  }

  async #untilRoom(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#room = resolve
    await promise
    this.#room = undefined
  }

  #onPublished(position: number, sequence: number, bytes: number): void {
    this.#begun = true
    const { messages, bytes: before } = this.#published
    this.#published = { position, sequence, messages: messages + 1, bytes: before + bytes }
    if (this.#outbox.bytes <= OUTBOX_BYTES_MAX / 2) this.#room?.()
  }

  /** Not in the stream: only the newest is of use. */
  #say(): void {
    const connection = this.#publisher.bus?.connection
    if (connection === undefined) return
    const { kind, error, heardAt, lagBytes, retainedBytes, heldUpBy = [] } = this.#source.state()
    const { position } = this.#published
    const { sequence } = this.#publisher
    const beat: Beat = {
      ...{ shape: SHAPE, epoch: this.#image.epoch, position, sequence, kind, lagBytes, retainedBytes, heldUpBy },
      ...(error === undefined ? {} : { error }),
      silenceMs: heardAt === 0 ? 0 : Math.max(0, this.#options.clock.now() - heardAt),
      lagMs: this.#source.lagMs(),
    }
    connection.publish(BEATS, JSON.stringify(beat))
  }
}
