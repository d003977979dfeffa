import type { CloseName } from '../contract/live/close.ts'
import {
  CLIENT_MESSAGE_BYTES_MAX,
  type ClientMessage,
  clientMessage,
  SCOPES_PER_SOCKET_MAX,
} from '../contract/live/messages.ts'
import { isScope, type Scope } from '../contract/live/scopes.ts'
import { accountOf, addressKey } from './admission.ts'
import type { BeatTopic } from './heartbeat-plan.ts'
import type { Link, ShardTopic, Topic } from './link.ts'
import { isPainted } from './painted.ts'
import { type Bucket, fullBucket, takeToken } from './schedule.ts'
import { shardTopic } from './shards.ts'

/** Messages a client may send at once, and per second after that. A client at work sends one every few seconds. */
export const MESSAGES_BURST = 60
export const MESSAGES_PER_SECOND = 10
/**
 * Of all sockets of one address, and of one account. A command centre of 2,000 screens that comes back at once sends
 * 10,000; what exceeds this is not read, and the clients ask again.
 */
export const SHARED_MESSAGES_BURST = 40_000
export const SHARED_MESSAGES_PER_SECOND = 4000
/** Addresses and accounts whose messages are counted. */
export const RATE_KEYS_MAX = 40_000
/** Times a client may fall behind within SLOW_WINDOW_MS before it is sent away to reconnect. */
export const SLOW_COUNT_MAX = 20
export const SLOW_WINDOW_MS = 60_000

export type Parsed =
  | { readonly kind: 'message'; readonly message: ClientMessage }
  | { readonly kind: 'unknown-scope'; readonly scope: string }
  | { readonly kind: 'close'; readonly close: CloseName }

/** What a client's text frame asks for. Total: any text gives an answer. */
export function parseClientMessage(text: string): Parsed {
  if (Buffer.byteLength(text) > CLIENT_MESSAGE_BYTES_MAX) return { kind: 'close', close: 'oversized' }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'close', close: 'garbage' }
    throw error
  }
  if (isPainted(value)) return { kind: 'message', message: value }
  const parsed = clientMessage.safeParse(value)
  if (parsed.success) return { kind: 'message', message: parsed.data }
  const scope = wrongScope(value)
  return scope === undefined ? { kind: 'close', close: 'garbage' } : { kind: 'unknown-scope', scope }
}

/** A well-formed `sub` or `unsub` for a scope that does not exist gets a word, not a closed socket. */
function wrongScope(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('t' in value) || !('s' in value)) return undefined
  const { t, s } = value
  return (t === 'sub' || t === 'unsub') && typeof s === 'string' && !isScope(s) ? s.slice(0, 60) : undefined
}

/** Whether a connection takes what is published. */
export type Flow =
  | { readonly kind: 'reading' }
  /** it dropped frames; it is off its topics until its buffers drain. `helloPending`: it has not got the newest `hello` */
  | { readonly kind: 'behind'; helloPending: boolean }
  | { readonly kind: 'closed' }

/** One for all: an idle connection costs no object for it. */
export const READING: Flow = { kind: 'reading' }
export const CLOSED: Flow = { kind: 'closed' }

/** One connection. */
export class Session {
  readonly link: Link
  readonly state = new SessionState()
  flow: Flow = READING
  /** stands in the line of those to be answered */
  queued = false
  /** whose topics it reads, from its first subscription on */
  shard: number | undefined
  /** its address and its account: they share with others the right to talk, and the address its turn to be answered */
  readonly rateKeys: readonly [address: string, ...account: string[]]

  constructor(link: Link) {
    this.link = link
    const account = accountOf(link.viewer)
    const address = addressKey(link.viewer.address)
    this.rateKeys = account === undefined ? [address] : [address, account]
  }

  /** The topic of its shard. */
  topicOf(topic: Topic): ShardTopic {
    return shardTopic(topic, this.shard ?? 0)
  }

  join(topic: Topic): void {
    this.link.join(this.topicOf(topic))
  }

  leave(topic: Topic): void {
    this.link.leave(this.topicOf(topic))
  }
}

/** Asked from position `at`, first at `since` (ms). `ahead`: put aside until the hub has reached `at`. */
export type Question = { readonly at: number; readonly since: number; readonly ahead: boolean }

/** Of all idle connections: an empty map of its own would be a tenth of what each costs. */
const NOTHING_ASKED: Map<Scope, Question> = new Map()

/** The memory of one connection: what it subscribes to, how much it says, how often it fell behind. */
export class SessionState {
  readonly scopes = new Set<Scope>()
  /** where it hears beats */
  beats: BeatTopic = 'beat'
  /** what it has still to be told: by scope, all after a position */
  asked = NOTHING_ASKED
  #messages: Bucket | undefined
  #slowCount = 0
  #slowSince = 0

  admitMessage(now: number): boolean {
    const bucket = this.#messages ?? fullBucket(MESSAGES_BURST, now)
    const next = takeToken(bucket, now, MESSAGES_BURST, MESSAGES_PER_SECOND)
    if (next !== undefined) this.#messages = next
    return next !== undefined
  }

  ask(scope: Scope, question: Question): void {
    if (this.asked === NOTHING_ASKED) this.asked = new Map()
    this.asked.set(scope, question)
  }

  answered(scope: Scope): void {
    this.asked.delete(scope)
    if (this.asked.size === 0) this.asked = NOTHING_ASKED
  }

  admitScope(scope: Scope): boolean {
    return this.scopes.has(scope) || this.scopes.size < SCOPES_PER_SOCKET_MAX
  }

  /** Counts that the client fell behind. @returns whether it has too often and must be closed. */
  isTooSlow(now: number): boolean {
    if (now - this.#slowSince > SLOW_WINDOW_MS) {
      this.#slowCount = 0
      this.#slowSince = now
    }
    this.#slowCount += 1
    return this.#slowCount > SLOW_COUNT_MAX
  }
}
