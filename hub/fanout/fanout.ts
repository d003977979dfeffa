import type { CloseName } from '../contract/live/close.ts'
import { type ClientMessage, type Delta, type HubMessage, PROTOCOL_VERSION } from '../contract/live/messages.ts'
import type { Scope } from '../contract/live/scopes.ts'
import { Buckets } from './admission.ts'
import { type FarewellOptions, sayFarewell } from './farewell.ts'
import { encodeFrame, type Frame } from './frames.ts'
import { Heartbeat } from './heartbeat.ts'
import type { Health } from './heartbeat-plan.ts'
import type { Carrier, Link, Verdict, Viewer } from './link.ts'
import type { FanoutMetrics } from './metrics.ts'
import { NewestFrames } from './newest-frames.ts'
import { Resync } from './resync.ts'
import { Rounds, type Sending } from './rounds.ts'
import { flushDelay, LOOP_SHARE_MAX, stretchedTick } from './schedule.ts'
import {
  CLOSED,
  parseClientMessage,
  RATE_KEYS_MAX,
  READING,
  Session,
  SHARED_MESSAGES_BURST,
  SHARED_MESSAGES_PER_SECOND,
} from './session.ts'
import { rankOf, Shards } from './shards.ts'
import { PAINT_MS, Walls } from './walls.ts'

export type { Session }

/** The view that is fanned out; hub/situation's Situation, or a synthetic one in benches and simulations. */
export type Shown = {
  readonly epoch: string
  readonly position: number
  since(scope: Scope, position: number): Delta
  flush(): Delta[]
  hasDirty(): boolean
}

/** Time and the loop, so that a simulation can bring its own. */
export type Loop = {
  now(): number
  /** run `task` after `ms`; 0: at the end of this turn. @returns cancel */
  after(ms: number, task: () => void): () => void
  random(): number
}

export type FanoutOptions = {
  readonly shown: Shown
  readonly loop: Loop
  readonly metrics: FanoutMetrics
  readonly build: string
  readonly flushMs: number
  readonly beatMs: number
  /** sockets that are written in one turn of the loop; SHARD_SOCKETS_MAX unless a simulation or bench wants another */
  readonly shardSockets?: number
  /** of the loop's time, what fan-out may take at most; LOOP_SHARE_MAX unless a bench floods */
  readonly loopShare?: number
  /** a screen has painted what it was told (Walls) */
  readonly onOwnPainted?: (scope: Scope, position: number) => void
  /** whether the link to PostgreSQL lives, and how far behind it is */
  readonly health: () => Health
  readonly authorize: (viewer: Viewer, scope: Scope) => Verdict
  /** somebody asked for what they may not see */
  readonly onDenied?: (viewer: Viewer, scope: Scope, code: Exclude<Verdict, 'allowed'>) => void
}

/** Screens that are bound anew together come back spread over so long. */
const MOVED_SPREAD_MS = 500

const TELL = encodeFrame({ t: 'tell' })

const DENIED = {
  unauthenticated: 'sign in to see this',
  forbidden: 'your account does not cover this area',
  unknown_scope: 'there is no such scope',
  too_many: 'too many subscriptions on one connection',
} as const

/** Sessions, subscriptions and flushes over any number of carriers. All that is carrier-specific is behind Link. */
export class Fanout {
  readonly #options: FanoutOptions
  readonly #carriers: Carrier[] = []
  readonly #sessions = new Set<Session>()
  readonly #newest: NewestFrames
  readonly #resync: Resync
  readonly #heartbeat: Heartbeat
  readonly #shards: Shards
  readonly #rounds: Rounds
  readonly #rates = new Buckets(SHARED_MESSAGES_BURST, SHARED_MESSAGES_PER_SECOND, RATE_KEYS_MAX)
  readonly walls: Walls
  #cancelFlush: (() => void) | undefined
  #lastFlush = Number.NEGATIVE_INFINITY
  #tickMs: number
  #cancelLook: (() => void) | undefined
  #stopped = false
  #build: string

  constructor(options: FanoutOptions) {
    this.#options = options
    this.#build = options.build
    const { loop, flushMs, beatMs, health, shown, metrics } = options
    this.#tickMs = flushMs
    this.#shards = new Shards(options.shardSockets)
    this.#rounds = new Rounds({
      shards: this.#shards,
      loop,
      publish: (topic, frame) => {
        for (const carrier of this.#carriers) carrier.publish(topic, frame)
      },
      done: (tookMs) => this.#written(tookMs),
    })
    this.#newest = new NewestFrames(shown.position)
    this.#resync = new Resync({ shown, loop, answered: (whole) => metrics.answered(whole) })
    this.#heartbeat = new Heartbeat({
      loop,
      beatMs,
      health,
      position: () => shown.position,
      publish: (sending) => this.#rounds.send(sending),
    })
    this.walls = new Walls({
      ...{ loop, shown, metrics, onOwn: options.onOwnPainted },
      tell: (session) => {
        if (session.flow.kind === 'reading') session.link.send(TELL)
      },
    })
    this.#look()
  }

  attach(carrier: Carrier): void {
    this.#carriers.push(carrier)
  }

  get sessions(): number {
    return this.#sessions.size
  }

  /** Call after each folded transaction. */
  changed(): void {
    // What is changed while shards still wait for the last flush is flushed after them (#written).
    if (this.#cancelFlush !== undefined || this.#stopped || this.#rounds.busy) return
    const { loop } = this.#options
    this.#cancelFlush = loop.after(flushDelay(loop.now(), this.#lastFlush, this.#tickMs), () => this.flush())
  }

  /** Call after a snapshot that nothing held can be built upon (another epoch): everyone gets everything anew. */
  replaced(): void {
    const { shown } = this.#options
    this.#rounds.abandon()
    this.#resync.moved()
    shown.flush()
    this.#newest.reset(shown.position)
    this.walls.reset()
    const hello = encodeFrame(this.#hello())
    for (const session of this.#sessions) {
      this.#tell(session, hello)
      for (const scope of session.state.scopes) this.#resync.ask(session, scope, 0)
    }
  }

  /** Call when another dashboard is served: unattended screens load it. */
  rebuilt(build: string): void {
    this.#build = build
    const hello = encodeFrame(this.#hello())
    for (const session of this.#sessions) this.#tell(session, hello)
  }

  /** Call when the link to PostgreSQL is lost, or lives again: screens are told at once. */
  healthChanged(): void {
    if (!this.#stopped) this.#heartbeat.look()
  }

  /** Now, or when its buffers have drained. */
  #tell(session: Session, hello: Frame): void {
    if (session.flow.kind === 'behind') session.flow.helloPending = true
    else this.#greet(session, hello)
  }

  #greet(session: Session, hello: Frame): void {
    session.link.send(hello)
    if (session.flow.kind === 'behind') session.flow.helloPending = true
  }

  /**
   * All scopes at once, shard by shard: what a shard gets is published in one turn of the loop, and leaves in one write per
   * socket. The next flush waits until all have it, so that no shard is behind another by more than one.
   */
  flush(): void {
    this.#cancelFlush = undefined
    if (this.#rounds.busy) return
    const { loop, shown, metrics } = this.#options
    const now = loop.now()
    this.#lastFlush = now
    if (shown.hasDirty()) {
      this.#resync.moved()
      const deltas = shown.flush()
      this.#newest.record(deltas)
      const sending: Sending = deltas.map((delta) => [delta.s, encodeFrame(delta)])
      for (const [i, delta] of deltas.entries()) metrics.flushed(delta, sending[i]![1], now)
      this.#rounds.send([
        ...sending,
        ...this.#heartbeat.published(
          deltas.map(({ s }) => s),
          now,
        ),
      ])
      this.walls.published(deltas, now)
    }
    this.#resync.lookAhead()
  }

  #written(tookMs: number): void {
    const { flushMs, metrics, shown, loopShare = LOOP_SHARE_MAX } = this.#options
    this.#tickMs = stretchedTick(tookMs, flushMs, loopShare)
    metrics.written(tookMs, this.#tickMs)
    if (shown.hasDirty()) this.changed()
  }

  connect(link: Link): Session {
    const session = new Session(link)
    this.#sessions.add(session)
    link.send(encodeFrame(this.#hello()))
    this.#heartbeat.join(session)
    // Else it would be a visitor's, and its page would take it that nobody is signed in. The carrier has it from the next turn on.
    if (link.viewer.renewed) this.#options.loop.after(0, () => this.close(session, 'renewed'))
    return session
  }

  disconnect(session: Session): void {
    if (session.flow.kind === 'closed') return
    session.flow = CLOSED
    this.#sessions.delete(session)
    this.#heartbeat.forget(session)
    if (session.shard !== undefined) this.#shards.leave(session.shard)
    this.walls.left(session)
    for (const scope of session.state.scopes) this.#options.metrics.subscribed(scope, -1)
  }

  receive(session: Session, text: string): void {
    if (session.flow.kind === 'closed') return
    const { loop, metrics } = this.#options
    const now = loop.now()
    if (!session.state.admitMessage(now)) {
      this.close(session, 'tooMany')
      return
    }
    if (!session.rateKeys.every((key) => this.#rates.take(key, now))) {
      metrics.ignored()
      return
    }
    const parsed = parseClientMessage(text)
    if (parsed.kind === 'message') this.#handle(session, parsed.message)
    else if (parsed.kind === 'unknown-scope') this.#deny(session, parsed.scope, 'unknown_scope')
    else this.close(session, parsed.close)
  }

  /** The carrier could not queue a frame for this client: leave its topics until its buffers have drained. */
  dropped(session: Session): void {
    const { metrics, loop } = this.#options
    if (session.flow.kind !== 'reading') return
    metrics.dropped()
    session.flow = { kind: 'behind', helloPending: false }
    for (const scope of session.state.scopes) this.#resync.ask(session, scope, this.#newest.heldAtLeast(scope))
    // Not in this turn: a carrier calls from within its publish, and uWS dies of SIGSEGV when a topic loses a
    // subscriber while a message of more than 16 KB is being published to it.
    loop.after(0, () => this.#leaveTopics(session))
  }

  #leaveTopics(session: Session): void {
    if (session.flow.kind !== 'behind') return
    for (const scope of session.state.scopes) session.leave(scope)
    this.#heartbeat.leave(session)
    if (session.state.isTooSlow(this.#options.loop.now())) this.close(session, 'slow')
  }

  /** Its buffers are empty again: one complete answer per scope, with the latest values, instead of all it missed. */
  drained(session: Session): void {
    if (session.flow.kind !== 'behind') return
    const { helloPending } = session.flow
    session.flow = READING
    if (helloPending) this.#greet(session, encodeFrame(this.#hello()))
    this.#heartbeat.join(session)
    this.#resync.resume(session)
    this.#options.metrics.resynced('slow')
  }

  /**
   * Check every subscription again: an account, a role or a session has changed. `moved`: screens whose account is bound
   * anew, which come back to ask what they are to show. `renewed`: of those that have ended, whose session goes on under another token.
   */
  recheck(
    concerns: (viewer: Viewer) => boolean,
    ended: (viewer: Viewer) => boolean,
    moved: (viewer: Viewer) => boolean = () => false,
    renewed: (viewer: Viewer) => boolean = () => false,
  ): void {
    for (const session of this.#sessions) {
      const { viewer } = session.link
      if (!concerns(viewer)) continue
      if (ended(viewer)) {
        if (renewed(viewer)) this.close(session, 'renewed')
        else this.close(session, 'revoked')
        continue
      }
      if (moved(viewer)) {
        this.#sayFarewell(session, 'moved', MOVED_SPREAD_MS)
        this.close(session, 'moved')
        continue
      }
      for (const scope of session.state.scopes) {
        const verdict = this.#options.authorize(viewer, scope)
        if (verdict === 'allowed') continue
        this.#leave(session, scope)
        this.#deny(session, scope, verdict)
      }
    }
  }

  close(session: Session, name: CloseName): void {
    if (session.flow.kind === 'closed') return
    this.disconnect(session)
    this.#options.metrics.closed(name)
    session.link.close(name)
  }

  /** Sends everyone away, told to come back spread over `spreadMs`, so that the next hub is not stormed. */
  async stop(spreadMs: number): Promise<void> {
    if (this.#stopped) return
    this.#stopped = true
    this.#heartbeat.stop()
    this.#cancelLook?.()
    this.#cancelFlush?.()
    this.#rounds.finish()
    this.flush()
    this.#rounds.finish()
    this.#resync.moved()
    for (const session of [...this.#sessions]) {
      this.#sayFarewell(session, 'restarting', spreadMs)
      this.close(session, 'restarting')
    }
    await Promise.all(this.#carriers.map((carrier) => carrier.stop()))
  }

  #sayFarewell(session: Session, why: FarewellOptions['why'], spreadMs: number): void {
    sayFarewell(session, {
      why,
      spreadMs,
      random: () => this.#options.loop.random(),
      positionOf: (scope) => this.#newest.positionOf(scope),
      frameSince: (scope, position) => this.#resync.frameSince(scope, position),
    })
  }

  #hello(): HubMessage {
    const { shown, loop, flushMs, beatMs } = this.#options
    return {
      t: 'hello',
      v: PROTOCOL_VERSION,
      e: shown.epoch,
      now: loop.now(),
      tickMs: flushMs,
      beatMs,
      paintMs: PAINT_MS,
      build: this.#build,
    }
  }

  #handle(session: Session, message: ClientMessage): void {
    const { loop, shown, metrics } = this.#options
    switch (message.t) {
      case 'ping':
        session.link.send(encodeFrame({ t: 'pong', n: message.n, now: loop.now() }))
        return
      case 'unsub':
        this.#leave(session, message.s)
        return
      case 'wrong':
        metrics.wrong(message.s, message.ms)
        return
      case 'painted':
        this.walls.painted(session, message)
        return
      case 'screen':
        this.walls.says(session, message)
        return
      case 'sub': {
        const verdict = this.#admit(session, message.s)
        if (verdict !== 'allowed') {
          if (verdict !== 'too_many') this.#options.onDenied?.(session.link.viewer, message.s, verdict)
          this.#deny(session, message.s, verdict)
          return
        }
        if (session.state.scopes.has(message.s))
          metrics.resynced(this.#newest.isMissing(message.s, message.at) ? 'asked' : 'proof')
        else metrics.subscribed(message.s, 1)
        session.shard ??= this.#shards.enter(rankOf(message.s))
        session.state.scopes.add(message.s)
        this.#heartbeat.retune(session)
        this.#resync.ask(session, message.s, message.e === undefined || message.e === shown.epoch ? message.at : 0)
        return
      }
      default:
        message satisfies never
    }
  }

  #admit(session: Session, scope: Scope): Verdict | 'too_many' {
    return session.state.admitScope(scope) ? this.#options.authorize(session.link.viewer, scope) : 'too_many'
  }

  #leave(session: Session, scope: Scope): void {
    session.state.answered(scope)
    if (!session.state.scopes.delete(scope)) return
    session.leave(scope)
    this.#heartbeat.retune(session)
    this.#options.metrics.subscribed(scope, -1)
  }

  #deny(session: Session, scope: string, code: keyof typeof DENIED): void {
    session.link.send(encodeFrame({ t: 'deny', s: scope, code, message: DENIED[code] }))
  }

  #look(): void {
    const { loop, beatMs } = this.#options
    this.#cancelLook = loop.after(beatMs, () => {
      for (const carrier of this.#carriers) carrier.look?.()
      this.#resync.lookAhead()
      this.#look()
    })
  }
}
