import { isEphemeral, type Scope } from '../contract/live/scopes.ts'

/** Those whose first scope this is: what is published there vouches for the hub as well as a beat does. */
export type ScopeBeat = `beat:${Scope}`
/** `beat`: those without a scope, few and not for long. */
export type BeatTopic = 'beat' | ScopeBeat

/** A hub that is further behind PostgreSQL than this says so every beat, whatever else it sends. */
export const HEALTHY_LAG_MS_MAX = 1000
/** After a delta the next may be on its way: so much longer than a beat is waited for it. */
const DELTA_GRACE = 0.1
/** Beats that deltas may stand for in a row; then one goes along with a delta, in the same write. */
export const BEATS_SPARED_MAX = 4

export type Health = { readonly live: boolean; readonly lagMs: number }

/** One text each: a copy for every connection would be memory. */
const names = new Map<Scope, ScopeBeat>()

/** A scope that passes comes and goes; its readers have another one, or none. */
export function beatTopicOf(scopes: Iterable<Scope>): BeatTopic {
  for (const scope of scopes) {
    if (isEphemeral(scope)) continue
    const name = names.get(scope) ?? (`beat:${scope}` as const)
    names.set(scope, name)
    return name
  }
  return 'beat'
}

/** When a topic's readers heard a delta, if since the last beat of its own, and a beat (ms); whether the hub was well then. */
type Said = { deltaAt: number; beatAt: number; healthy: boolean }

const NEVER = Number.NEGATIVE_INFINITY

/**
 * When to beat (rule C3). A beat of its own is a write per socket, as dear as a delta; where deltas keep coming they say
 * all but the hub's health. Pure: the caller brings the time.
 */
export class HeartbeatPlan {
  readonly #beatMs: number
  readonly #topics = new Map<BeatTopic, Said>()

  constructor(beatMs: number) {
    this.#beatMs = beatMs
    this.join('beat')
  }

  /** Somebody listens to this topic from now on. */
  join(topic: BeatTopic): void {
    if (!this.#topics.has(topic)) this.#topics.set(topic, { deltaAt: NEVER, beatAt: NEVER, healthy: true })
  }

  /** A delta is being published to it. @returns whether a beat has to go along */
  published(topic: BeatTopic, now: number, health: Health): boolean {
    const said = this.#topics.get(topic)
    if (said === undefined) return false
    said.deltaAt = now
    const along = said.healthy !== isHealthy(health) || now - said.beatAt >= BEATS_SPARED_MAX * this.#beatMs
    if (along) Object.assign(said, { beatAt: now, healthy: isHealthy(health) })
    return along
  }

  /** The topics that have to hear a beat now. */
  due(now: number, health: Health): BeatTopic[] {
    const healthy = isHealthy(health)
    const due: BeatTopic[] = []
    for (const [topic, said] of this.#topics) {
      const waits = said.healthy === healthy && now < this.#dueAt(said)
      // A clock that was set back must not silence the hub.
      if (waits && now >= said.deltaAt && now >= said.beatAt) continue
      this.#topics.set(topic, { deltaAt: NEVER, beatAt: now, healthy })
      due.push(topic)
    }
    return due
  }

  /** ms until `due` can name one. */
  nextIn(now: number): number {
    let next = this.#beatMs
    for (const said of this.#topics.values()) next = Math.min(next, Math.max(0, this.#dueAt(said) - now))
    return next
  }

  /** Of a hub that is not well a delta vouches for nothing. */
  #dueAt({ deltaAt, beatAt, healthy }: Said): number {
    return healthy && deltaAt >= beatAt ? deltaAt + (1 + DELTA_GRACE) * this.#beatMs : beatAt + this.#beatMs
  }
}

const isHealthy = ({ live, lagMs }: Health): boolean => live && lagMs <= HEALTHY_LAG_MS_MAX
