import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { JsMsg } from '@nats-io/jetstream'
import type { Transaction } from '../../situation/index.ts'
import { retryDelayMs } from '../backoff.ts'
import { asError, Resnapshot, SourceError } from '../errors.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import type { FollowedOptions, Source, SourceState } from '../source.ts'
import { BEAT_SILENCE_MS_MAX, type Beat, beat as beatSchema } from './beat.ts'
import { type Bus, type BusOptions, loadSnapshot, onBeats, openBus, readFrom, streamEnds } from './bus.ts'
import { Chain, type Place } from './chain.ts'
import { decodeMessage, SHAPE } from './message.ts'
import { thaw } from './snapshot-file.ts'

export type StreamOptions = FollowedOptions & { readonly bus: BusOptions }

const LOOK_MS = 100
/** Whoever takes nothing for so long, and stands elsewhere than the feeder says, begins anew. */
const APART_MS_MAX = 5000
/** How long a wait between two lives may be: a wall is level soon after what broke its feed has ended. */
const LONGEST_MS = 1000

/**
 * The change feed out of NATS JetStream: the newest snapshot of the store, then the stream. No read of the database.
 * A life is one link to NATS; the next one goes on where the last one was, or takes a snapshot when that cannot join.
 */
export class JetStreamFollower implements Source {
  readonly #options: StreamOptions
  readonly #stop = new AbortController()
  readonly #running: Promise<void>
  #chain: Chain | undefined
  #cut: ((reason: Error) => void) | undefined
  #kind: SourceState['kind'] = 'starting'
  #since: number
  #error: string | undefined
  #beat: Beat | undefined
  #beatAt = 0
  /** since when this reader has stood elsewhere than the feeder; undefined: it is level */
  #apartSince: number | undefined
  #tookAt = 0

  constructor(options: StreamOptions) {
    this.#options = options
    this.#since = options.clock.now()
    this.#running = this.#run()
  }

  state(): SourceState {
    const heard = this.#beat
    const position = this.#chain?.place.position ?? 0
    const state = {
      kind: this.#kind,
      since: this.#since,
      position,
      heardAt: heard === undefined ? 0 : this.#beatAt - heard.silenceMs,
      lagBytes: heard === undefined ? 0 : heard.lagBytes + Math.max(0, heard.position - position),
      retainedBytes: heard?.retainedBytes ?? 0,
      heldUpBy: heard?.heldUpBy ?? [],
    }
    return this.#error === undefined ? state : { ...state, error: this.#error }
  }

  lagMs(): number {
    const own = this.#apartSince === undefined ? 0 : this.#options.clock.now() - this.#apartSince
    return Math.max(own, this.#beat?.lagMs ?? 0)
  }

  resnapshot(reason: string): void {
    this.#chain = undefined
    this.#cut?.(new Resnapshot(reason))
  }

  async stop(): Promise<void> {
    this.#stop.abort(new SourceError('link_ended', 'stopped'))
    await this.#running
  }

  async #run(): Promise<void> {
    const { clock, logger } = this.#options
    const { signal } = this.#stop
    let failures = 0
    while (!signal.aborted) {
      const reason = await this.#live()
      if (signal.aborted) break
      const steady = this.#kind === 'streaming' && clock.now() - this.#since >= DEFAULT_LIMITS.steadyMs
      failures = steady ? 1 : failures + 1
      const wanted = reason instanceof Resnapshot
      const known = this.#error === reason.message
      this.#change(wanted ? 'starting' : 'broken', reason.message)
      if (wanted) logger.info({ reason: reason.message }, 'the newest snapshot is taken from NATS')
      else logger[known ? 'debug' : 'warn']({ reason: reason.message }, 'the change feed from NATS is broken')
      await sleep(retryDelayMs(failures, Math.random(), LONGEST_MS), undefined, { signal }).catch(() => undefined)
    }
    this.#change('broken', 'the change feed is stopped')
  }

  #change(kind: SourceState['kind'], error: string | undefined): void {
    if (this.#kind === kind && this.#error === error) return
    if (this.#kind !== kind) this.#since = this.#options.clock.now()
    this.#kind = kind
    this.#error = error
    this.#options.onState(this.state())
  }

  /** @returns why it ended */
  async #live(): Promise<Error> {
    let bus: Bus | undefined
    let look: NodeJS.Timeout | undefined
    try {
      bus = await openBus(this.#options.bus)
      const cut = Promise.withResolvers<Error>()
      this.#cut = cut.resolve
      const stopped = () => cut.resolve(asError(this.#stop.signal.reason))
      this.#stop.signal.addEventListener('abort', stopped, { once: true })
      if (this.#stop.signal.aborted) stopped()
      onBeats(bus, (heard) => this.#hear(heard), cut.resolve)
      look = setInterval(() => this.#look(), LOOK_MS)
      const messages = this.#follow(bus).catch(asError)
      return await Promise.race([bus.ended, cut.promise, messages])
    } catch (error) {
      return asError(error)
    } finally {
      this.#cut = undefined
      clearInterval(look)
      this.#beat = undefined
      await bus?.close()
    }
  }

  async #follow(bus: Bus): Promise<Error> {
    const chain = (await this.#joined(bus)) ?? (await this.#begun(bus))
    this.#chain = chain
    for await (const message of await readFrom(bus, chain.place.sequence + 1)) {
      const failure = await this.#take(chain, message)
      if (failure) return failure
    }
    return new SourceError('link_ended', 'NATS ended the stream')
  }

  /** What is held, when the stream still has what comes next. */
  async #joined(bus: Bus): Promise<Chain | undefined> {
    const place = this.#chain?.place
    if (place === undefined) return undefined
    const { first, last } = await streamEnds(bus)
    return first <= place.sequence + 1 && place.sequence <= last ? new Chain(place) : undefined
  }

  async #begun(bus: Bus): Promise<Chain> {
    const began = this.#options.clock.now()
    const bytes = await loadSnapshot(bus)
    if (bytes === undefined) throw new SourceError('link_ended', 'NATS holds no snapshot yet: no feeder has begun')
    const { snapshot, sequence } = await thaw(bytes)
    try {
      this.#options.onSnapshot(snapshot)
    } catch (cause) {
      throw new SourceError('consumer_failed', `the snapshot could not be taken: ${asError(cause).message}`, { cause })
    }
    const place: Place = { epoch: snapshot.epoch, position: snapshot.position, sequence }
    const tookMs = Math.round(this.#options.clock.now() - began)
    this.#options.logger.info({ ...place, bytes: bytes.length, tookMs }, 'a snapshot was taken from NATS')
    return new Chain(place)
  }

  /** @returns why the life ends here */
  async #take(chain: Chain, message: JsMsg): Promise<Error | undefined> {
    if (this.#chain !== chain) return new Resnapshot('a snapshot was asked for')
    const step = chain.add(decodeMessage(message.data), message.seq)
    if (step.kind === 'snapshot') {
      this.#chain = undefined
      return new Resnapshot(step.why)
    }
    let changes = 0
    for (const commit of step.commits) {
      const failure = await this.#hand(commit)
      if (failure) return failure
      if (this.#chain !== chain) return new Resnapshot('a snapshot was asked for')
      changes += commit.changes.length
      if (changes < DEFAULT_LIMITS.turnMessagesMax) continue
      changes = 0
      await nextTurn()
    }
    this.#tookAt = this.#options.clock.now()
    this.#judge()
    return undefined
  }

  async #hand(commit: Transaction): Promise<Error | undefined> {
    try {
      await this.#options.onTransaction(commit)
      return undefined
    } catch (cause) {
      this.#chain = undefined
      return new SourceError('consumer_failed', `a commit could not be taken: ${asError(cause).message}`, { cause })
    }
  }

  #hear(heard: unknown): void {
    const parsed = beatSchema.safeParse(heard)
    if (!parsed.success) return
    this.#beat = parsed.data
    this.#beatAt = this.#options.clock.now()
    this.#judge()
  }

  /** Live is who hears a feeder that is live itself, and has what that one has published. */
  #judge(): void {
    const heard = this.#beat
    const place = this.#chain?.place
    if (heard === undefined || place === undefined) return
    if (heard.shape !== SHAPE) {
      this.#change('broken', 'the feeder is of another version: start feeder and hubs of the same one')
      return
    }
    const now = this.#options.clock.now()
    if (heard.sequence === place.sequence) this.#apartSince = undefined
    else this.#apartSince ??= now
    if (heard.kind === 'streaming') this.#change('streaming', undefined)
    else this.#change(heard.kind, `the feeder says: ${heard.error ?? 'the first snapshot is being taken'}`)
  }

  #look(): void {
    const now = this.#options.clock.now()
    const silentMs = now - this.#beatAt
    if (this.#kind === 'streaming' && silentMs > BEAT_SILENCE_MS_MAX) {
      this.#change('broken', 'no feeder is heard on NATS: start one (npm run feeder), or look why it is silent')
    }
    const apartMs = this.#apartSince === undefined ? 0 : now - Math.max(this.#apartSince, this.#tookAt)
    if (apartMs <= APART_MS_MAX) return
    this.#apartSince = undefined
    const place = this.#chain?.place
    // Beyond the stream's end: it was made anew.
    if (place && this.#beat && this.#beat.sequence < place.sequence) this.#chain = undefined
    this.#cut?.(new SourceError('link_silent', 'NATS does not deliver what the feeder has published'))
  }
}
