import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logger.ts'
import type { Snapshot, Transaction } from '../situation/index.ts'
import type { SourceLimits } from './limits.ts'

/** `starting`: no stream yet, or a new one on purpose. `broken`: it broke or cannot start; it is tried again for ever. */
export type SourceState = {
  readonly kind: 'starting' | 'streaming' | 'broken'
  /** when this kind began, ms */
  readonly since: number
  /** where the newest transaction or snapshot ends that was handed over, in bytes; 0 before the first */
  readonly position: number
  /** when PostgreSQL was last heard, ms; keepalives count, so it is at most about 3 s ago while the link lives; 0 before the first */
  readonly heardAt: number
  /** WAL that PostgreSQL has written and the hub has not processed, bytes; looked at every second */
  readonly lagBytes: number
  /** WAL that PostgreSQL keeps for this hub's slot, bytes */
  readonly retainedBytes: number
  /** pids of the sessions whose open transactions hold up a new slot; screens are stale until they end */
  readonly heldUpBy?: readonly number[]
  /** what is wrong, or what is waited for; for people */
  readonly error?: string
}

/** Tables beside those of the situation → their columns, all published, the key first. */
export type AlsoRead = Readonly<Record<string, readonly string[]>>

/** Of a change feed, wherever it comes from. */
export type FollowedOptions = {
  readonly clock: Clock
  readonly logger: Logger
  /** tables whose rows the snapshot also brings: table → columns, all published */
  readonly alsoRead?: AlsoRead
  /** A whole new state; every transaction after it is newer. If it throws, the snapshot is taken again. */
  readonly onSnapshot: (snapshot: Snapshot) => void
  /** One commit, in commit order. While a returned promise is open, the next ones wait. If it fails: a new snapshot. */
  readonly onTransaction: (tx: Transaction) => void | Promise<void>
  /** when `kind` or `error` changed */
  readonly onState: (state: SourceState) => void
}

/** Of one that follows PostgreSQL itself. */
export type SourceOptions = FollowedOptions & {
  /** jitasa_hub's */
  readonly url: string
  readonly publication: string
  readonly limits?: Partial<SourceLimits>
}

export type Source = {
  state(): SourceState
  /** ms that the feed is behind what PostgreSQL has written, seen every second; 0: level with the last look */
  lagMs(): number
  /**
   * Give up the stream and begin with a new slot and snapshot; no transaction comes before the snapshot. At once, or
   * after a growing pause (10 s at most) when it is asked for again and again.
   */
  resnapshot(reason: string): void
  stop(): Promise<void>
}
