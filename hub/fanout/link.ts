import type { Pass } from '../authorize/pass.ts'
import type { CloseName } from '../contract/live/close.ts'
import type { Scope } from '../contract/live/scopes.ts'
import type { Frame } from './frames.ts'
import type { ScopeBeat } from './heartbeat-plan.ts'

/** Who is at the other end; `pass` is `null` for a visitor. `renewed`: it came with the token of before of a session that has just got another. */
export type Viewer = { readonly address: string; readonly pass: Pass | null; readonly renewed?: boolean }

export type Verdict = 'allowed' | 'unauthenticated' | 'forbidden'

/** One connection, as its carrier offers it to a session. */
export type Link = {
  readonly viewer: Viewer
  /** to this client alone, behind all that was published before */
  send(frame: Frame): void
  join(topic: ShardTopic): void
  leave(topic: ShardTopic): void
  close(name: CloseName): void
}

export type Topic = Scope | ScopeBeat

/** A topic, or the part of its readers that is in a later shard (shards.ts). */
export type ShardTopic = Topic | `${Topic}#${number}`

/** What carries frames to clients: plain WebSocket, Socket.IO. */
export type Carrier = {
  readonly name: 'live' | 'socketio'
  /** encode once, hand to the topic once */
  publish(topic: ShardTopic, frame: Frame): void
  /** once a beat: looks for clients that have stopped reading */
  look?(): void
  /** after the sessions were closed: let go of the server */
  stop(): Promise<void>
}
