import { Follower } from './follower.ts'
import type { BusOptions } from './jetstream/bus.ts'
import { JetStreamFollower } from './jetstream/follower.ts'
import type { FollowedOptions, Source, SourceOptions } from './source.ts'

export type { SourceErrorCode } from './errors.ts'
export { SourceError } from './errors.ts'
export { DEFAULT_LIMITS, type SourceLimits } from './limits.ts'

/** Follow the database until `stop()`: slot, snapshot, stream; after any break all of it again. */
export function startSource(options: SourceOptions): Source {
  return new Follower(options)
}

/** The same out of NATS JetStream, which a feeder fills: the newest snapshot there, then its stream. */
export function startStreamSource(bus: BusOptions, options: FollowedOptions): Source {
  return new JetStreamFollower({ ...options, bus })
}
