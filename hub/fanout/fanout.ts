import type { CloseName } from '../wire/close.ts'
import { CLOSE } from '../wire/close.ts'
import { type ClientMessage, type Delta, type HubMessage, PROTOCOL_VERSION } from '../wire/messages.ts'
import type { Scope } from '../wire/scopes.ts'
import { Buckets } from './admission.ts'
import { Answers } from './answers.ts'
import { Beating } from './beating.ts'
import type { Health } from './beats.ts'
import { encodeFrame, type Frame } from './frames.ts'
import type { Carrier, Link, Topic, Verdict, Viewer } from './link.ts'
import type { FanoutMetrics } from './metrics.ts'
import { Questions } from './questions.ts'
import { flushDelay } from './schedule.ts'
import {
  parseClientMessage,
  Session,
  SHARED_MESSAGES_BURST,
  SHARED_MESSAGES_PER_SECOND,
  TALKERS_MAX,
} from './session.ts'

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
  /** whether the link to PostgreSQL lives, and how far behind it is */
  readonly health: () => Health
  readonly authorize: (viewer: Viewer, scope: Scope) => Verdict
}

/** ms of a turn spent on answers before the loop goes on: a storm must not hold back the flush. */
export const ANSWERS_BUDGET_MS = 5
/** ms a client that is ahead of this hub waits for it to catch up before it gets the whole scope. */
export const AHEAD_WAIT_MS = 5000

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
  readonly #answers: Answers
  readonly #questions = new Questions()
  readonly #beating: Beating
  readonly #talkers = new Buckets(SHARED_MESSAGES_BURST, SHARED_MESSAGES_PER_SECOND, TALKERS_MAX)
  #answering = false
  #cancelFlush: (() => void) | undefined
  #lastFlush = Number.NEGATIVE_INFINITY
  #flushes = 0
  /** the newest frame of each scope, and in which flush it left */
  readonly #framed = new Map<Scope, { readonly from: number; readonly to: number; readonly flush: number }>()
  /** position of the first state: no client of this process holds an older one */
  #since = 0
  #cancelLook: (() => void) | undefined
  #stopped = false
  #build: string

  constructor(options: FanoutOptions) {
    this.#options = options
    this.#build = options.build
    this.#since = options.shown.position
    this.#answers = new Answers((scope, position) => options.shown.since(scope, position))
    const { loop, beatMs, health, shown } = options
    this.#beating = new Beating({
      ...{ loop, beatMs, health, position: () => shown.position },
      publish: (topic, frame) => this.#publish(topic, frame),
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
    if (this.#cancelFlush !== undefined || this.#stopped) return
    const { loop, flushMs } = this.#options
    this.#cancelFlush = loop.after(flushDelay(loop.now(), this.#lastFlush, flushMs), () => this.flush())
  }

  /** Call after a snapshot that nothing held can be built upon (another epoch): everyone gets everything anew. */
  replaced(): void {
    this.#answers.clear()
    this.#options.shown.flush()
    this.#since = this.#options.shown.position
    this.#framed.clear()
    const hello = encodeFrame(this.#hello())
    for (const session of this.#sessions) {
      session.state.owedHello = true
      if (!session.state.behind) this.#greet(session, hello)
      for (const scope of session.state.scopes) this.#ask(session, scope, 0)
    }
  }

  /** Call when another dashboard is served: unattended screens load it. */
  rebuilt(build: string): void {
    this.#build = build
    const hello = encodeFrame(this.#hello())
    for (const session of this.#sessions) {
      session.state.owedHello = true
      if (!session.state.behind) this.#greet(session, hello)
    }
  }

  #greet(session: Session, hello: Frame): void {
    session.link.send(hello)
    if (!session.state.behind) session.state.owedHello = false
  }

  /** All scopes in one turn of the loop: what is published in a turn leaves in one write per socket. */
  flush(): void {
    this.#cancelFlush = undefined
    const { loop, shown, metrics } = this.#options
    const now = loop.now()
    this.#lastFlush = now
    if (!shown.hasDirty()) {
      this.#lookAhead()
      return
    }
    this.#answers.clear()
    const flush = ++this.#flushes
    const deltas = shown.flush()
    for (const delta of deltas) {
      const frame = encodeFrame(delta)
      const { s, from, to } = delta
      // Presence comes and goes with cases; its few rows since the start are a frame as small as any.
      if (!s.startsWith('presence:')) this.#framed.set(s, { from, to, flush })
      this.#publish(s, frame)
      metrics.flushed(delta, frame, now)
    }
    this.#beating.published(
      deltas.map(({ s }) => s),
      now,
    )
    this.#lookAhead()
  }

  /** The hub has moved, or time has passed: some who are ahead of it can be answered. */
  #lookAhead(): void {
    const { loop, shown } = this.#options
    this.#questions.reached(shown.position, loop.now() - AHEAD_WAIT_MS)
    if (this.#questions.any) this.#answerSoon()
  }

  connect(link: Link): Session {
    const session = new Session(link)
    this.#sessions.add(session)
    link.send(encodeFrame(this.#hello()))
    this.#beating.join(session)
    return session
  }

  disconnect(session: Session): void {
    if (!session.open) return
    session.open = false
    this.#sessions.delete(session)
    this.#beating.forget(session)
    for (const scope of session.state.scopes) this.#options.metrics.subscribed(scope, -1)
  }

  receive(session: Session, text: string): void {
    if (!session.open) return
    const { loop, metrics } = this.#options
    const now = loop.now()
    if (!session.state.admitMessage(now)) {
      this.close(session, 'tooMany')
      return
    }
    if (!session.talkers.every((key) => this.#talkers.take(key, now))) {
      metrics.ignored()
      return
    }
    const parsed = parseClientMessage(text)
    if (parsed.kind === 'message') this.#obey(session, parsed.message)
    else if (parsed.kind === 'unknown-scope') this.#deny(session, parsed.scope, 'unknown_scope')
    else this.close(session, parsed.close)
  }

  /** The carrier could not queue a frame for this client: leave its topics until its buffers have drained. */
  dropped(session: Session): void {
    const { metrics, loop } = this.#options
    if (!session.open || session.state.behind) return
    metrics.dropped()
    session.state.behind = true
    for (const scope of session.state.scopes) this.#ask(session, scope, this.#surely(scope))
    // Not in this turn: a carrier calls from within its publish, and uWS dies of SIGSEGV when a topic loses a
    // subscriber while a message of more than 16 KB is being published to it.
    loop.after(0, () => this.#stepBack(session))
  }

  /** What a client that drops a frame of the newest flush, the first it drops, surely holds of a scope. */
  #surely(scope: Scope): number {
    const framed = this.#framed.get(scope)
    if (framed === undefined) return this.#since
    return framed.flush === this.#flushes ? framed.from : framed.to
  }

  #stepBack(session: Session): void {
    if (!session.open || !session.state.behind) return
    for (const scope of session.state.scopes) session.link.leave(scope)
    this.#beating.leave(session)
    if (session.state.strike(this.#options.loop.now())) this.close(session, 'slow')
  }

  /** Its buffers are empty again: one complete answer per scope, with the latest values, instead of all it missed. */
  drained(session: Session): void {
    if (!session.open || !session.state.behind) return
    session.state.behind = false
    if (session.state.owedHello) this.#greet(session, encodeFrame(this.#hello()))
    this.#beating.join(session)
    this.#questions.enqueue(session)
    this.#answerSoon()
    this.#options.metrics.resynced('slow')
  }

  /** Check every subscription again: an account, a role or a session has changed. */
  recheck(concerns: (viewer: Viewer) => boolean, ended: (viewer: Viewer) => boolean): void {
    for (const session of this.#sessions) {
      const { viewer } = session.link
      if (!concerns(viewer)) continue
      if (ended(viewer)) {
        this.close(session, 'revoked')
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
    if (!session.open) return
    this.disconnect(session)
    this.#options.metrics.closed(name)
    session.link.close(name)
  }

  /** Sends everyone away, told to come back spread over `spreadMs`, so that the next hub is not stormed. */
  async stop(spreadMs: number): Promise<void> {
    if (this.#stopped) return
    this.#stopped = true
    this.#beating.stop()
    this.#cancelLook?.()
    this.#cancelFlush?.()
    const { loop } = this.#options
    this.flush()
    this.#answers.clear()
    for (const session of [...this.#sessions]) {
      if (!session.state.behind && session.state.asked.size === 0) this.#bringUpTo(session)
      const wait = Math.round(loop.random() * spreadMs)
      session.link.send(encodeFrame({ t: 'bye', code: CLOSE.restarting.code, in: wait }))
      this.close(session, 'restarting')
    }
    await Promise.all(this.#carriers.map((carrier) => carrier.stop()))
  }

  /** A position in a quiet scope is old: brought up to now, it can be resumed at a hub that has just started. */
  #bringUpTo({ state, link }: Session): void {
    for (const scope of state.scopes) {
      const from = this.#framed.get(scope)?.to ?? this.#since
      if (from > 0) link.send(this.#answers.get(scope, from))
    }
  }

  #hello(): HubMessage {
    const { shown, loop, flushMs, beatMs } = this.#options
    const build = this.#build
    return { t: 'hello', v: PROTOCOL_VERSION, e: shown.epoch, now: loop.now(), tickMs: flushMs, beatMs, build }
  }

  #obey(session: Session, message: ClientMessage): void {
    const { loop, shown, metrics } = this.#options
    switch (message.t) {
      case 'ping':
        session.link.send(encodeFrame({ t: 'pong', n: message.n, now: loop.now() }))
        return
      case 'unsub':
        this.#leave(session, message.s)
        return
      case 'wrong':
        metrics.wrong(message.ms)
        return
      case 'sub': {
        const verdict = this.#admit(session, message.s)
        if (verdict !== 'allowed') {
          this.#deny(session, message.s, verdict)
          return
        }
        if (session.state.scopes.has(message.s)) metrics.resynced(this.#missed(message) ? 'asked' : 'proof')
        else metrics.subscribed(message.s, 1)
        session.state.scopes.add(message.s)
        this.#beating.retune(session)
        this.#ask(session, message.s, message.e === undefined || message.e === shown.epoch ? message.at : 0)
        return
      }
      default:
        message satisfies never
    }
  }

  #admit(session: Session, scope: Scope): Verdict | 'too_many' {
    return session.state.admitScope(scope) ? this.#options.authorize(session.link.viewer, scope) : 'too_many'
  }

  /** Whether a client that asks again has missed something, or only wants its quiet screen proved (rule C8). */
  #missed({ s, at }: { readonly s: Scope; readonly at: number }): boolean {
    return at === 0 || at < (this.#framed.get(s)?.to ?? 0)
  }

  #leave(session: Session, scope: Scope): void {
    session.state.answered(scope)
    if (!session.state.scopes.delete(scope)) return
    session.link.leave(scope)
    this.#beating.retune(session)
    this.#options.metrics.subscribed(scope, -1)
  }

  #deny(session: Session, scope: string, code: keyof typeof DENIED): void {
    session.link.send(encodeFrame({ t: 'deny', s: scope, code, message: DENIED[code] }))
  }

  #ask(session: Session, scope: Scope, at: number): void {
    this.#questions.ask(session, scope, at, this.#options.loop.now())
    this.#answerSoon()
  }

  #answerSoon(): void {
    if (this.#answering) return
    this.#answering = true
    this.#options.loop.after(0, () => this.#answer())
  }

  /** For at most ANSWERS_BUDGET_MS a turn; who is ahead of this hub waits for it. */
  #answer(): void {
    this.#answering = false
    const { loop, shown } = this.#options
    const began = loop.now()
    do {
      const next = this.#questions.next()
      if (next === undefined) return
      const { session, scope, question } = next
      const isAhead = question.at > shown.position
      if (isAhead && began - question.since < AHEAD_WAIT_MS) this.#questions.wait(session, scope, question)
      else this.#answerOne(session, scope, isAhead ? 0 : question.at)
    } while (loop.now() - began < ANSWERS_BUDGET_MS)
    if (this.#questions.any) this.#answerSoon()
  }

  #answerOne(session: Session, scope: Scope, from: number): void {
    const { state, link } = session
    link.send(this.#answers.get(scope, from))
    // What could not be sent is still asked, and comes once the buffers have drained.
    if (state.behind) return
    state.answered(scope)
    link.join(scope)
    this.#options.metrics.answered(from === 0)
  }

  #publish(topic: Topic, frame: Frame): void {
    for (const carrier of this.#carriers) carrier.publish(topic, frame)
  }

  #look(): void {
    const { loop, beatMs } = this.#options
    this.#cancelLook = loop.after(beatMs, () => {
      for (const carrier of this.#carriers) carrier.look?.()
      this.#lookAhead()
      this.#look()
    })
  }
}
