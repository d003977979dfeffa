import { z } from 'zod'
import { beat, delta, hello, position } from './messages.ts'
import { isScope, type Scope } from './scopes.ts'

/**
 * The feed that any cache can serve (PROTOCOL.md, "Feed"): an index that lives for a second, and deltas and snapshots
 * that never change. Its messages are the wire's own.
 */
export const feedIndex = z
  .object({
    /** which epoch, as a socket is greeted */
    hello,
    /** how fresh the hub is, as a socket hears it */
    beat,
    /** the newest mark, and the checksum of the scope there */
    to: position,
    sum: delta.shape.sum,
    /** where the newest snapshot stands */
    snapshot: position,
    /** `[from, to]` of the deltas there are, of all lengths, oldest first */
    steps: z.array(z.tuple([position, position])),
  })
  .meta({ id: 'FeedIndex' })
export type FeedIndex = z.infer<typeof feedIndex>

/** ms of commit time that the steps span. */
export const STEP_MS = [1_000, 10_000, 60_000] as const

/** Whatever everybody may see of the situation. */
export function isFeedScope(scope: string): scope is Scope {
  return isScope(scope) && (scope === 'nation' || scope.startsWith('public:'))
}

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

/** Where the index of a scope stands, and where a leg of it. */
export const indexPath = (scope: Scope): string => `/feed/${scope}`
export const legPath = (scope: Scope, epoch: string, [from, to]: Leg): string =>
  `/feed/${scope}/${epoch}/${from === 0 ? 'snapshot' : from}-${to}`
