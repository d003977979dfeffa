import type { Refused } from '../command/refusal.ts'
import { isHeld, type NeedState } from '../needs/need-rules.ts'
import { decideClose } from './close-rules.ts'

type LiveNeed = { readonly id: number; readonly kind: string; readonly state: NeedState }

/** What becomes of the live needs of a duplicate and of the case it repeats; of each kind one stays. */
export type MergePlan = {
  readonly ok: true
  /** go along to the other case, with their holders */
  readonly move: readonly number[]
  /** closed as duplicates, in whichever case they are */
  readonly close: readonly number[]
}

/**
 * Of two needs of a kind the one that somebody has is kept. When others have the one that would be closed, only a
 * supervisor of the area may merge.
 * @param now ms since 1970
 */
export function decideMerge(
  from: readonly LiveNeed[],
  into: readonly LiveNeed[],
  actor: { readonly id: string; readonly supervises: boolean },
  now: number,
): MergePlan | Refused {
  const held = ({ state }: LiveNeed) => isHeld(state) && state.leaseUntil > now
  const move: LiveNeed[] = []
  const close: LiveNeed[] = []
  for (const need of from) {
    const same = into.find(({ kind }) => kind === need.kind)
    if (same === undefined) move.push(need)
    else if (held(need) && !held(same)) {
      move.push(need)
      close.push(same)
    } else close.push(need)
  }
  if (!actor.supervises) {
    const refused = decideClose(close, actor.id, now)
    if (!refused.ok) return refused
  }
  return { ok: true, move: move.map(({ id }) => id), close: close.map(({ id }) => id) }
}
