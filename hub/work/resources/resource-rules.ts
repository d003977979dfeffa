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
  /** `rest`: what is still asked for */
  | { readonly type: 'deliver'; readonly rest: number }
  | { readonly type: 'close'; readonly reason: CloseResourceReason }

/** Where each move leads from each state; `null`: nowhere. */
const NEXT: Readonly<Record<ResourceMove['type'], Readonly<Record<ResourceState, ResourceState | null>>>> = {
  claim: { open: 'claimed', claimed: 'claimed', delivered: null, closed: null },
  release: { open: null, claimed: 'open', delivered: null, closed: null },
  deliver: { open: null, claimed: 'delivered', delivered: null, closed: null },
  close: { open: 'closed', claimed: 'closed', delivered: null, closed: null },
}
const HISTORY: Readonly<Record<ResourceMove['type'], ResourceEvent>> = {
  claim: 'claimed',
  release: 'released',
  deliver: 'delivered',
  close: 'closed',
}

/** When a claim ends. ms since 1970 */
export const claimUntil = (claimedAt: number): number => claimedAt + CLAIM_MS

export type ResourceDecision =
  | { readonly ok: true; readonly resource: Resource; readonly event: ResourceEvent }
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
    const holds = resource.status === 'claimed' && now < claimUntil(resource.claimedAt)
    const kept = holds && resource.holder === actor.id
    if (holds && !kept) return { ok: false, refusal: 'already_claimed', held: heldOf(resource) }
    const claimed = { status: 'claimed', holder: actor.id, label: actor.label, claimedAt: now } as const
    return { ok: true, resource: claimed, event: kept ? 'kept' : 'claimed' }
  }
  const held = resource.status === 'claimed' ? heldOf(resource) : null
  const event = HISTORY[move.type]
  if (move.type === 'close') {
    return { ok: true, resource: { status: 'closed', at: now, reason: move.reason, held }, event }
  }
  if (move.type === 'deliver' && move.rest === 0 && held) {
    return { ok: true, resource: { status: 'delivered', at: now, ...held }, event }
  }
  return { ok: true, resource: { status: 'open' }, event }
}

function heldOf({ holder, label, claimedAt }: Held): Held {
  return { holder, label, claimedAt }
}
