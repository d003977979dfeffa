import { type Refused, refuse } from '../command/refusal.ts'
import { heldBy, isHeld, type NeedState } from '../needs/need-rules.ts'

/**
 * Whether somebody who does not supervise the area may close a case: not while another holds one of its needs. The one
 * who has held longest is named; a claim whose lease has run out holds nothing.
 * @param now ms since 1970
 */
export function decideClose(
  needs: readonly { readonly kind: string; readonly state: NeedState }[],
  account: string,
  now: number,
): { readonly ok: true } | Refused {
  const others = needs
    .flatMap(({ kind, state }) => (isHeld(state) && state.leaseUntil > now ? [{ kind, state }] : []))
    .filter(({ state }) => state.holder.id !== account)
    .sort((a, b) => a.state.claimedAt - b.state.claimedAt)
  const [first] = others
  if (first === undefined) return { ok: true }
  const { holder, since } = heldBy(first.state, { id: account, label: '' })
  return refuse('held_by_others', { holder, need: first.kind, since, held: others.length })
}
