import { isEphemeral, type Scope } from '../contract/live/scopes.ts'
import type { ShardTopic, Topic } from './link.ts'

/** Sockets that are written in one turn of the loop: about 10 ms. What a whole topic gets in one turn holds up every command. */
export const SHARD_SOCKETS_MAX = 1000

/** Who is served first when there is more to send than a turn takes: those who act, then provinces, then the nation's walls. */
export type Rank = 0 | 1 | 2

export function rankOf(scope: Scope): Rank {
  if (scope === 'nation' || scope === 'alerts') return 2
  return scope.startsWith('province:') || scope.startsWith('public:') ? 1 : 0
}

/** One text each: a copy for every connection would be memory. Scopes that come and go are left out. */
const names = new Map<Topic, ShardTopic[]>()

/** The topic of a shard; the first one's has the plain name. */
export function shardTopic(topic: Topic, shard: number): ShardTopic {
  if (shard === 0) return topic
  if (isEphemeral(topic)) return `${topic}#${shard}`
  const known = names.get(topic) ?? []
  const name = known[shard] ?? (`${topic}#${shard}` as const)
  known[shard] = name
  names.set(topic, known)
  return name
}

/**
 * Spreads sessions over shards of at most `socketsMax`: a session's topics are those of its shard, so that all it
 * gets of a flush still leaves in one write. A shard whose last session has gone may be taken by another rank.
 */
export class Shards {
  readonly socketsMax: number
  readonly #shards: { rank: Rank; sessions: number }[] = []
  #order: number[] = []

  constructor(socketsMax = SHARD_SOCKETS_MAX) {
    this.socketsMax = socketsMax
  }

  enter(rank: Rank): number {
    let shard = this.#shards.findIndex((each) => each.rank === rank && this.#hasRoom(each))
    if (shard < 0) shard = this.#shards.findIndex(({ sessions }) => sessions === 0)
    if (shard < 0) shard = this.#shards.push({ rank, sessions: 0 }) - 1
    const entered = this.#shards[shard]!
    entered.sessions += 1
    if (entered.sessions === 1) {
      entered.rank = rank
      this.#sort()
    }
    return shard
  }

  leave(shard: number): void {
    const left = this.#shards[shard]!
    left.sessions -= 1
    if (left.sessions === 0) this.#sort()
  }

  /** Those that somebody is in, in the order in which they are served. */
  get order(): readonly number[] {
    return this.#order
  }

  sessionsOf(shard: number): number {
    return this.#shards[shard]?.sessions ?? 0
  }

  #hasRoom({ sessions }: { readonly sessions: number }): boolean {
    return sessions > 0 && sessions < this.socketsMax
  }

  #sort(): void {
    const inUse = [...this.#shards.keys()].filter((shard) => this.sessionsOf(shard) > 0)
    this.#order = inUse.sort((a, b) => this.#shards[a]!.rank - this.#shards[b]!.rank || a - b)
  }
}
