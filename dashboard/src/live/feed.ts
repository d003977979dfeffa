import { indexPath, legPath, wayFrom } from '../../../hub/contract/live/feed.ts'
import type { FeedIndex } from '../../../hub/contract/live/feed-messages.ts'
import type { Beat, ClientMessage, Delta, Hello, HubMessage } from '../../../hub/contract/live/messages.ts'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import {
  beginAgain,
  doubt,
  type Followed,
  fold,
  follow,
  isAhead,
  isIndex,
  isLeg,
  misses,
  owed,
  past,
} from './followed.ts'
import { LAG_MS_MAX } from './freshness.ts'
import { ageOf, answered, type HubTime, question, startTime } from './hubTime.ts'
import type { World } from './link.ts'
import { BROKEN, type Transport, type TransportHandlers, type TransportLink } from './transport.ts'
import { vouched } from './vouched.ts'

/** From the beginning of one reading to that of the next, and how often the page is told how old it is. */
export const POLL_MS = 1_000
const POLL_GAP_MS = 100
/** A reading that takes longer has failed. */
const ANSWER_MS_MAX = 4_000

/** Who holds nothing younger hears silence, and gives this opening up as it does a dead socket. */
const TOLD_MS_MAX = 8_000

export type FeedOptions = {
  /** what the page shows, all of it everybody's */
  readonly scopes: readonly Scope[]
  readonly world: World
  /** @returns the body of a 200, `null` for any other answer. @throws when there is none */
  readonly get: (path: string, signal: AbortSignal) => Promise<string | null>
}

/** What stands at an address: its JSON, `gone` for what is not answered, `wrong` for what nobody can read. */
type Got = { readonly value: unknown } | 'gone' | 'wrong'

/** What outlives a single opening. */
type Known = {
  readonly followed: ReadonlyMap<Scope, Followed>
  readonly time: HubTime
  /** by the newest index that was seen: one of an epoch that is over greets nobody */
  hello: Hello | null
}

/**
 * The public feed as a carrier: an index about once a second, and the steps it names, become the frames that a socket
 * would bring. Whoever stands between may be late or wrong. So all is folded into a copy first, and the page is given
 * only what led to the right checksum; how old that is it is told each second; and what does not fit is asked for past
 * whoever answered.
 */
export function feedTransport(options: FeedOptions): Transport {
  const followed = new Map(options.scopes.map((scope) => [scope, follow(scope)]))
  const known: Known = { followed, time: startTime(), hello: null }
  return {
    open(handlers) {
      const reader = new Reader(options, known, handlers)
      reader.start()
      return reader
    },
  }
}

class Reader implements TransportLink {
  readonly #options: FeedOptions
  readonly #known: Known
  readonly #handlers: TransportHandlers
  #isGreeted = false
  #over = false
  #cancelNext: (() => void) | undefined
  #cancelTell: (() => void) | undefined
  #abort = new AbortController()

  constructor(options: FeedOptions, known: Known, handlers: TransportHandlers) {
    this.#options = options
    this.#known = known
    this.#handlers = handlers
    for (const followed of known.followed.values()) followed.held = null
  }

  start(): void {
    this.#readIn(0)
    this.#tellEverySecond()
  }

  /** A ping is not answered: the clock of an answer that a cache has kept is no clock. What walls paint nobody reads here. */
  send(text: string): void {
    const message: ClientMessage = JSON.parse(text)
    const followed = message.t === 'sub' ? this.#known.followed.get(message.s) : undefined
    if (message.t !== 'sub' || followed === undefined) return
    followed.held = message.e === this.#known.hello?.e ? message.at : 0
    followed.asked = true
  }

  close(): void {
    this.#over = true
    this.#cancelNext?.()
    this.#cancelTell?.()
    this.#abort.abort()
  }

  #say(message: HubMessage): void {
    if (!this.#over) this.#handlers.message(JSON.stringify(message))
  }

  #readIn(ms: number): void {
    this.#cancelNext = this.#options.world.after(ms, () => void this.#readAndGoOn())
  }

  #tellEverySecond(): void {
    this.#cancelTell = this.#options.world.after(POLL_MS, () => {
      const beat = this.#beat()
      if (this.#isGreeted && beat && beat.lag <= TOLD_MS_MAX) this.#say(beat)
      this.#tellEverySecond()
    })
  }

  #beat(): Beat | null {
    return vouched(this.#known.followed.values(), this.#known.time, this.#options.world.now())
  }

  async #readAndGoOn(): Promise<void> {
    const { world } = this.#options
    const startedAt = world.now()
    const abort = new AbortController()
    this.#abort = abort
    const cancel = world.after(ANSWER_MS_MAX, () => abort.abort())
    await this.#read()
    cancel()
    if (!this.#over) this.#readIn(Math.max(POLL_GAP_MS, POLL_MS - (world.now() - startedAt)))
  }

  /** One reading: every index, and what they lead to. */
  async #read(): Promise<void> {
    const all = [...this.#known.followed.values()]
    const indexes = await Promise.all(all.map((followed) => this.#readIndex(followed)))
    if (this.#over) return
    for (const index of indexes) if (index) this.#greet(index)
    if (!this.#isGreeted) {
      this.close()
      this.#handlers.closed(BROKEN)
      return
    }
    await Promise.all(
      all.map(async (followed, i) => {
        const index = indexes[i]
        if (index !== undefined && index.hello.e === this.#known.hello?.e) await this.#catchUp(followed, index)
      }),
    )
  }

  async #readIndex(followed: Followed): Promise<FeedIndex | undefined> {
    const { world } = this.#options
    const { time } = this.#known
    if (world.now() < followed.notBefore) return undefined
    const got = await this.#get(indexPath(followed.scope), followed)
    if (got === 'gone') return this.#missing(followed)
    if (got === 'wrong' || !isIndex(got.value)) return this.#doubt(followed)
    const echo = question(time, ageOf(time, got.value, world.now()), world.now(), world.random())
    if (echo !== null) await this.#askTime(followed.scope, echo)
    // It may still be the newest there is; whoever answered is passed by the next time.
    if (time.echo === null && ageOf(time, got.value, world.now()) > LAG_MS_MAX) this.#doubt(followed)
    return got.value
  }

  async #askTime(scope: Scope, echo: string): Promise<void> {
    const { world } = this.#options
    const sentAt = world.now()
    const got = await this.#get(`${indexPath(scope)}?echo=${echo}`)
    const index = got !== 'gone' && got !== 'wrong' && isIndex(got.value) ? got.value : null
    answered(this.#known.time, index, sentAt, world.now())
  }

  /** At first, and with another epoch or build than the page knows, if no newer index said otherwise. */
  #greet({ hello }: FeedIndex): void {
    const known = this.#known.hello
    if (known !== null && hello.now < known.now) return
    this.#known.hello = hello
    if (this.#isGreeted && known?.e === hello.e && known.build === hello.build) return
    this.#isGreeted = true
    this.#say(hello)
  }

  async #catchUp(followed: Followed, index: FeedIndex): Promise<void> {
    const { e } = index.hello
    if (followed.epoch !== e) beginAgain(followed, e)
    if (isAhead(followed, index, this.#options.world.now())) return
    const before = followed.copy.position
    const way = wayFrom(before, index)
    const all = await Promise.all(way.map((leg) => this.#get(legPath(followed.scope, e, leg), followed)))
    if (this.#over) return
    const legs: Delta[] = []
    for (const [i, got] of all.entries()) {
      if (got === 'gone') return this.#missing(followed)
      if (got === 'wrong' || !isLeg(got.value, followed.scope, way[i]!)) return this.#doubt(followed)
      legs.push(got.value)
    }
    if (!fold(followed, legs, index)) return this.#doubt(followed)
    followed.missing = 0
    const deltas = owed(followed, legs, before, index)
    // Its age before it: what is old is never shown as if it were not.
    const beat = this.#beat()
    if (beat) this.#say(beat)
    for (const delta of deltas) this.#say(delta)
  }

  #missing(followed: Followed): undefined {
    if (misses(followed)) this.#doubt(followed)
  }

  #doubt(followed: Followed): undefined {
    const { world } = this.#options
    doubt(followed, world.now(), world.random())
  }

  async #get(path: string, followed?: Followed): Promise<Got> {
    const { world, get } = this.#options
    const address = followed ? path + past(followed, world.now(), world.random()) : path
    const text = await get(address, this.#abort.signal).catch(() => null)
    if (text === null) return 'gone'
    try {
      return { value: JSON.parse(text) }
    } catch {
      return 'wrong'
    }
  }
}
