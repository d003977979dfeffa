import { hashText } from './checksum.ts'
import type { FeedIndex } from './feed-messages.ts'
import type { Scope } from './scopes.ts'

/** @returns the index with its checksum, which finds whatever changed a byte of it on the way */
export function sealed(index: Omit<FeedIndex, 'check'>): FeedIndex {
  return { ...index, check: hashText(JSON.stringify(index)) }
}

/** Whether it is as the hub made it; JSON keeps the order of what stands in it. */
export function isSealed({ check, ...index }: FeedIndex): boolean {
  return hashText(JSON.stringify(index)) === check
}

/** ms of commit time that the steps span. */
export const STEP_MS = [1_000, 10_000, 60_000] as const

/** From a position to a position; from 0 is the snapshot. */
export type Leg = readonly [from: number, to: number]

/** @returns what leads from `held` (0: nothing) to the newest mark, in order; nothing when that is held */
export function wayFrom(held: number, index: Pick<FeedIndex, 'to' | 'snapshot' | 'steps'>): readonly Leg[] {
  if (held >= index.to) return []
  const steps = held === 0 ? null : stepsFrom(held, index)
  return steps ?? [[0, index.snapshot], ...(stepsFrom(index.snapshot, index) ?? [])]
}

/** @returns `null` when no steps lead to the newest mark */
function stepsFrom(held: number, { to, steps }: Pick<FeedIndex, 'to' | 'steps'>): Leg[] | null {
  const way: Leg[] = []
  for (let at = held; at < to; ) {
    // A step that begins before what is held does no harm (rule D4).
    const next = steps.reduce<Leg | null>(
      (best, step) => (step[0] <= at && step[1] > at && step[1] > (best?.[1] ?? 0) ? step : best),
      null,
    )
    if (next === null) return null
    way.push(next)
    at = next[1]
  }
  return way
}

/** Where it is said whether to read the feed, where the index of a scope stands, and where a leg of it. */
export const ADVICE_PATH = '/feed'
export const indexPath = (scope: Scope): string => `/feed/${scope}`
export const legPath = (scope: Scope, epoch: string, [from, to]: Leg): string =>
  `/feed/${scope}/${epoch}/${from === 0 ? 'snapshot' : from}-${to}`
