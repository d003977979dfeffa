import { Follower } from './follower.ts'
import type { Source, SourceOptions } from './source.ts'

export type { SourceErrorCode } from './errors.ts'
export { SourceError } from './errors.ts'
export { DEFAULT_LIMITS, type SourceLimits } from './limits.ts'

/** Follow the database until `stop()`: slot, snapshot, stream; after any break all of it again. */
export function startSource(options: SourceOptions): Source {
  return new Follower(options)
}
