import {
  type CloseResourceReason,
  RESOURCE_CLAIM_HOURS,
  type ResourceEvent,
  type ResourceState,
} from '../../contract/vocabulary/resources.ts'

const CLAIM_MS = RESOURCE_CLAIM_HOURS * 3_600_000

type Held = { readonly holder: string; readonly label: string; readonly claimedAt: number }
export type Resource =
  | { readonly status: 'open' }
  | ({ readonly status: 'claimed' } & Held)
  | ({ readonly status: 'delivered'; readonly at: number } & Held)
  | { readonly status: 'closed'; readonly at: number; readonly reason: CloseResourceReason; readonly held: Held | null }

export type ResourceMove =
  | { readonly type: 'claim' }
  | { readonly type: 'release' }
  | { readonly type: 'deliver' }
  | { readonly type: 'close'; readonly reason: CloseResourceReason }

/** Where each move leads from each state; `null`: nowhere. */
const NEXT: Readonly<Record<ResourceMove['type'], Readonly<Record<ResourceState, ResourceState | null>>>> = {
  claim: { open: 'claimed', claimed: 'claimed', delivered: null, closed: null },
  release: { open: null, claimed: 'open', delivered: null, closed: null },
  deliver: { open: null, claimed: 'delivered', delivered: null, closed: null },
  close: { open: 'closed', claimed: 'closed', delivered: null, closed: null },
}
export const RESOURCE_HISTORY: Readonly<Record<ResourceMove['type'], ResourceEvent>> = {
  claim: 'claimed',
  release: 'released',
  deliver: 'delivered',
  close: 'closed',
}

/** When a claim ends: from then on anybody may take it over. ms since 1970 */
export const claimUntil = (claimedAt: number): number => claimedAt + CLAIM_MS

export type ResourceDecision =
  | { readonly ok: true; readonly resource: Resource }
  | { readonly ok: false; readonly refusal: 'already_claimed'; readonly held: Held }
  | { readonly ok: false; readonly refusal: 'resource_ended' | 'resource_open' }

/**
 * What becomes of a request. Who may move one that another holds is the table's question, asked before.
 * @param now ms since 1970
 */
export function decideResource(
  resource: Resource,
  move: ResourceMove,
  actor: { readonly id: string; readonly label: string },
  now: number,
): ResourceDecision {
  const next = NEXT[move.type][resource.status]
  if (next === null) return { ok: false, refusal: resource.status === 'open' ? 'resource_open' : 'resource_ended' }
  if (move.type === 'claim') {
    if (resource.status === 'claimed' && now < claimUntil(resource.claimedAt)) {
      return { ok: false, refusal: 'already_claimed', held: heldOf(resource) }
    }
    return { ok: true, resource: { status: 'claimed', holder: actor.id, label: actor.label, claimedAt: now } }
  }
  const held = resource.status === 'claimed' ? heldOf(resource) : null
  if (move.type === 'close') return { ok: true, resource: { status: 'closed', at: now, reason: move.reason, held } }
  if (move.type === 'deliver' && held) return { ok: true, resource: { status: 'delivered', at: now, ...held } }
  return { ok: true, resource: { status: 'open' } }
}

function heldOf({ holder, label, claimedAt }: Held): Held {
  return { holder, label, claimedAt }
}
