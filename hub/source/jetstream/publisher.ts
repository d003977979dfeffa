import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../../runtime/logger.ts'
import { asError, type SourceError } from '../errors.ts'
import { type Bus, type BusOptions, CHANGES, openBus, prepareStream, STREAM, storeSnapshot, streamEnds } from './bus.ts'
import type { Outbox, Outgoing } from './outbox.ts'

/** Another feeder has written to the stream: this one must not any more. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken'
}

export type PublisherOptions = {
  readonly bus: BusOptions
  readonly replicas: number
  readonly outbox: Outbox
  readonly logger: Logger
  /** a message is in the stream */
  readonly onPublished: (position: number, sequence: number, bytes: number) => void
}

const RETRY_MS = 200
const PUBLISH_MS_MAX = 2000
/** A server that has just become the stream's leader may still be reading its log. */
const PATIENCE_MS = 5000
/** The stream's end is not where this feeder left it. */
const WRONG_LAST_SEQUENCE = 10071

/**
 * Writes the outbox to the stream, one message at a time: each names the sequence that it expects before it, so that two
 * feeders never interleave, and has an id, so that one that is sent again after a break of the link stands there once.
 */
export class Publisher {
  readonly #options: PublisherOptions
  #bus: Bus | undefined
  #opening: Promise<Bus> | undefined
  #sequence = 0
  #wake: (() => void) | undefined
  #error: string | undefined
  /** the snapshot that is being stored; the stream goes on meanwhile */
  #storing: Promise<void> = Promise.resolve()

  constructor(options: PublisherOptions) {
    this.#options = options
  }

  /** why nothing can be published at the moment */
  get error(): string | undefined {
    return this.#error
  }

  get bus(): Bus | undefined {
    return this.#bus
  }

  get sequence(): number {
    return this.#sequence
  }

  /** There is something in the outbox, or no link. */
  wake(): void {
    this.#wake?.()
  }

  /** Until it is told to end. @throws Overtaken */
  async run(signal: AbortSignal): Promise<void> {
    const { outbox } = this.#options
    try {
      await this.#persist(signal, async (bus) => {
        this.#sequence = (await streamEnds(bus)).last
      })
      while (!signal.aborted) {
        // Over the link go beats too: a world in which nothing changes needs it as much.
        if (this.#bus === undefined) await this.#relink(signal)
        if (outbox.empty) await this.#rest(signal)
        for (const outgoing of outbox.take()) await this.#send(outgoing, signal)
      }
    } finally {
      await this.#storing
      await this.#bus?.close()
      this.#bus = undefined
    }
  }

  async #rest(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wake = resolve
    signal.addEventListener('abort', () => resolve(), { once: true })
    await promise
    this.#wake = undefined
  }

  /** All that was sent is published. @throws Overtaken when the stream does not end where this feeder left it */
  async #relink(signal: AbortSignal): Promise<void> {
    const patientUntil = performance.now() + PATIENCE_MS
    await this.#persist(signal, async (bus) => {
      const { last } = await streamEnds(bus)
      if (last === this.#sequence) return
      if (last < this.#sequence && performance.now() < patientUntil) {
        throw new Error(`the stream ends at ${last}, and ${this.#sequence} was in it`)
      }
      throw new Overtaken(`the stream ends at ${last}, and this feeder left it at ${this.#sequence}`)
    })
  }

  async #send(outgoing: Outgoing, signal: AbortSignal): Promise<void> {
    if (outgoing.kind === 'message') return this.#publish(outgoing, signal)
    const { frozen, reset } = outgoing
    const file = frozen(this.#sequence + (reset ? 1 : 0))
    this.#storing = Promise.all([file, this.#storing]).then(([bytes]) =>
      this.#persist(signal, (bus) => storeSnapshot(bus, bytes)),
    )
    if (reset === undefined) return
    await this.#storing
    await this.#publish(reset, signal)
  }

  async #publish(
    { payload, id, position }: { readonly payload: string; readonly id: string; readonly position: number },
    signal: AbortSignal,
  ): Promise<void> {
    await this.#persist(signal, async ({ js, jsm }) => {
      const expect = { streamName: STREAM, lastSequence: this.#sequence }
      try {
        this.#sequence = (await js.publish(CHANGES, payload, { msgID: id, expect, timeout: PUBLISH_MS_MAX })).seq
      } catch (error) {
        if ((error as { code?: unknown }).code !== WRONG_LAST_SEQUENCE) throw error
        const last = await jsm.streams.getMessage(STREAM, { last_by_subj: CHANGES })
        if (last?.header.get('Nats-Msg-Id') !== id) {
          throw new Overtaken('another feeder has written to the stream', { cause: error })
        }
        this.#sequence = last.seq
      }
    })
    if (!signal.aborted) this.#options.onPublished(position, this.#sequence, payload.length)
  }

  /** Again and again, over as many links as it takes. */
  async #persist(signal: AbortSignal, work: (bus: Bus) => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      let bus: Bus | undefined
      try {
        bus = await this.#linked()
        await work(bus)
        this.#error = undefined
        return
      } catch (cause) {
        if (cause instanceof Overtaken) throw cause
        const { message } = asError(cause)
        if (this.#error !== message) this.#options.logger.warn({ reason: message }, 'nothing can be published to NATS')
        this.#error = message
        if (this.#bus === bus) this.#bus = undefined
        await bus?.close()
        await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  /** One link for all that is under way: what is published, and the snapshot that is stored beside it. */
  #linked(): Promise<Bus> {
    if (this.#bus !== undefined) return Promise.resolve(this.#bus)
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined
    })
    return this.#opening
  }

  async #open(): Promise<Bus> {
    const bus = await openBus(this.#options.bus)
    try {
      await prepareStream(bus, this.#options.replicas)
    } catch (error) {
      await bus.close()
      throw error
    }
    this.#bus = bus
    void bus.ended.then((reason: SourceError) => {
      if (this.#bus !== bus) return
      this.#bus = undefined
      this.#error = reason.message
      this.#options.logger.warn({ reason: reason.message }, 'the link to NATS is lost')
      this.wake()
    })
    return bus
  }
}
