import { ApiError } from '../contract/refusals/api-error.ts'
import type { AppDeps } from './env.ts'

/** @throws ApiError 503 before the first snapshot, with what the hub waits for */
export function demandReady({ situation, sourceState }: Pick<AppDeps, 'situation' | 'sourceState'>): void {
  if (situation.position > 0) return
  const why = sourceState().error ?? 'The hub has not taken its first snapshot yet.'
  throw new ApiError('not_ready', undefined, { values: { why }, retryAfter: 1 })
}
