import type { Scope } from '../contract/live/scopes.ts'
import { encodeFrame } from './frames.ts'
import { type BeatTopic, beatTopicOf, type Health, HeartbeatPlan } from './heartbeat-plan.ts'
import type { Sending } from './rounds.ts'
import type { Session } from './session.ts'

export type HeartbeatOptions = {
  readonly loop: { now(): number; after(ms: number, task: () => void): () => void }
  readonly beatMs: number
  /** whether the link to PostgreSQL lives, and how far behind it is */
  readonly health: () => Health
  readonly position: () => number
  readonly publish: (sending: Sending) => void
}

/** Looks in a beat at who has to hear one: those of one look share the frame. */
const LOOKS = 20

/** Says that the hub lives (rule C3): to each session on the topic of its first scope. heartbeat-plan.ts says when. */
export class Heartbeat {
  readonly #options: HeartbeatOptions
  readonly #plan: HeartbeatPlan
  /** those on no topic of beats: they have no scope yet, and hear each by itself */
  readonly #scopeless = new Set<Session>()
  #cancel: () => void

  constructor(options: HeartbeatOptions) {
    this.#options = options
    this.#plan = new HeartbeatPlan(options.beatMs)
    this.#cancel = options.loop.after(options.beatMs, () => this.#beat())
  }

  join(session: Session): void {
    const { beats } = session.state
    if (beats === 'beat') this.#scopeless.add(session)
    else session.join(beats)
  }

  leave(session: Session): void {
    const { beats } = session.state
    if (beats === 'beat') this.#scopeless.delete(session)
    else session.leave(beats)
  }

  /** The connection is gone, and its topics with it. */
  forget(session: Session): void {
    this.#scopeless.delete(session)
  }

  /** Its scopes have changed. */
  retune(session: Session): void {
    const { state } = session
    const topic = beatTopicOf(state.scopes)
    if (topic === state.beats) return
    this.#plan.join(topic)
    const isReading = session.flow.kind === 'reading'
    if (isReading) this.leave(session)
    state.beats = topic
    if (isReading) this.join(session)
  }

  /** Deltas of these scopes are being published. @returns what has to go along with them, to leave in the same write */
  published(scopes: readonly Scope[], now: number): Sending {
    const health = this.#options.health()
    const topics = scopes.map((scope) => beatTopicOf([scope]))
    const along = topics.filter((topic) => topic !== 'beat' && this.#plan.published(topic, now, health))
    return this.#sending(along, now, health)
  }

  /** The hub's health may be another: whoever was told otherwise hears it now, not a beat later. */
  look(): void {
    this.#cancel()
    this.#beat()
  }

  stop(): void {
    this.#cancel()
  }

  #beat(): void {
    const { loop, beatMs, health, publish } = this.#options
    const now = loop.now()
    const well = health()
    const due = this.#plan.due(now, well)
    if (due.length > 0) publish(this.#sending(due, now, well))
    this.#cancel = loop.after(Math.max(this.#plan.nextIn(now) + 1, beatMs / LOOKS), () => this.#beat())
  }

  /** One beat of these topics; the scopeless have theirs at once. */
  #sending(topics: readonly BeatTopic[], now: number, { live, lagMs }: Health): Sending {
    if (topics.length === 0) return []
    const frame = encodeFrame({ t: 'beat', now, to: this.#options.position(), live, lag: lagMs })
    if (topics.includes('beat')) for (const session of this.#scopeless) session.link.send(frame)
    return topics.flatMap((topic) => (topic === 'beat' ? [] : [[topic, frame] as const]))
  }
}
