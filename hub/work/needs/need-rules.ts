import type { Action } from '../../contract/vocabulary/actions.ts'
import type { CloseNeedReason, Freed } from '../../contract/vocabulary/needs.ts'
import { type Refused, refuse } from '../command/refusal.ts'

/** An account and how it is shown to others: organisation and call-sign, never a person's name. */
export type Holder = { readonly id: string; readonly label: string }

type Held = {
  readonly holder: Holder
  /** ms since 1970 */
  readonly claimedAt: number
  /** ms since 1970 */
  readonly leaseUntil: number
  /** to whom the holder offers to hand it over */
  readonly offer: Holder | null
}

export type NeedState =
  | { readonly status: 'open'; readonly freed: Freed | null }
  | ({ readonly status: 'claimed' } & Held)
  | ({ readonly status: 'in_progress' } & Held)
  | { readonly status: 'fulfilled'; readonly at: number }
  | { readonly status: 'transferred'; readonly at: number }
  | { readonly status: 'closed'; readonly at: number; readonly reason: CloseNeedReason }
export type NeedStatus = NeedState['status']
export type HeldState = Extract<NeedState, Held>

/** `fence` grows with every new holder; a write that carries an older one comes from somebody who has lost the need. */
export type Need = { readonly fence: number; readonly state: NeedState }

export type NeedEvent =
  | { readonly type: 'claim' }
  | { readonly type: 'heartbeat' }
  | { readonly type: 'start' }
  | { readonly type: 'fulfil' }
  | { readonly type: 'release' }
  | { readonly type: 'expire' }
  | { readonly type: 'ask' }
  | { readonly type: 'offer'; readonly to: Holder }
  | { readonly type: 'withdraw' }
  | { readonly type: 'accept' }
  | { readonly type: 'reject' }
  | { readonly type: 'transfer' }
  | { readonly type: 'close'; readonly reason: CloseNeedReason }
  | { readonly type: 'reopen' }
export type NeedEventType = NeedEvent['type']

/** Who acts. `fence`: the token the actor was given with the claim; a supervisor of the area has none. */
export type NeedActor = Holder & { readonly supervises: boolean; readonly fence?: number | undefined }

/** `lapsed`: the claim whose lease had run out by now; the history gets its `expired` before the new event. */
export type NeedDecision = { readonly ok: true; readonly need: Need; readonly lapsed: HeldState | null } | Refused

/** Whose move an event is while somebody holds the need. `supervised`: the holder's or a supervisor's of the area. */
type Right = 'anyone' | 'holder' | 'supervised' | 'offered' | 'clock'

type NeedRule = {
  /** where it leads from each state; `null` where it makes no sense */
  readonly next: Readonly<Record<NeedStatus, NeedStatus | null>>
  readonly right: Right
  /** the action of the table of rights behind it; who holds the need is the machine's question, not the table's */
  readonly action: Action | null
  /** as the history says it; a heartbeat is no news */
  readonly history: string | null
}

const NEVER = null
const ENDED = { fulfilled: NEVER, transferred: NEVER, closed: NEVER }
/** What somebody does who holds the need; it stays theirs. */
const STAYS = { open: NEVER, claimed: 'claimed', in_progress: 'in_progress', ...ENDED } as const
/** It is of no holder any more. */
const leaves = <S extends NeedStatus | null>(to: S) => ({ open: NEVER, claimed: to, in_progress: to, ...ENDED })
/** Whether anybody holds it or not. */
const ends = <S extends NeedStatus>(to: S) => ({ ...leaves(to), open: to })

/** State × event, a row an event. Total, so that a new state or event must be thought through. */
export const NEED_EVENTS = {
  claim: {
    next: { ...leaves(NEVER), open: 'claimed' },
    right: 'anyone',
    action: 'case.claim',
    history: 'need.claimed',
  },
  heartbeat: { next: STAYS, right: 'holder', action: 'case.contact', history: null },
  start: {
    next: { ...STAYS, claimed: 'in_progress', in_progress: NEVER },
    right: 'holder',
    action: 'case.contact',
    history: 'need.started',
  },
  fulfil: { next: leaves('fulfilled'), right: 'supervised', action: 'case.contact', history: 'need.fulfilled' },
  release: { next: leaves('open'), right: 'supervised', action: 'case.release', history: 'need.released' },
  expire: { next: leaves('open'), right: 'clock', action: null, history: 'need.expired' },
  ask: { next: STAYS, right: 'anyone', action: 'case.claim', history: 'need.asked' },
  offer: { next: STAYS, right: 'supervised', action: 'case.handover', history: 'need.offered' },
  withdraw: { next: STAYS, right: 'supervised', action: 'case.handover', history: 'need.withdrawn' },
  accept: { next: leaves('claimed'), right: 'offered', action: 'case.claim', history: 'need.accepted' },
  reject: { next: STAYS, right: 'offered', action: 'case.claim', history: 'need.rejected' },
  transfer: { next: ends('transferred'), right: 'supervised', action: 'case.place', history: 'need.transferred' },
  close: { next: ends('closed'), right: 'supervised', action: 'case.close', history: 'need.closed' },
  reopen: {
    next: { open: NEVER, claimed: NEVER, in_progress: NEVER, fulfilled: 'open', transferred: 'open', closed: 'open' },
    right: 'anyone',
    action: 'case.reopen',
    history: 'need.reopened',
  },
} as const satisfies Readonly<Record<NeedEventType, NeedRule>>

export function isHeld(state: NeedState): state is HeldState {
  return state.status === 'claimed' || state.status === 'in_progress'
}

/** What the loser of a race is told: who has it, and since when (ms since 1970). */
export function heldBy(state: HeldState, actor: Holder) {
  return {
    holder: state.holder.label,
    since: state.claimedAt,
    until: state.leaseUntil,
    yours: state.holder.id === actor.id,
  }
}

/**
 * Decides one event. A claim whose lease has run out counts as open from that instant, whether or not the sweep has
 * been there; a late action of its holder is refused.
 * @param leaseMs the lease a holder gets with this event
 * @param now ms since 1970
 */
export function decideNeed(need: Need, event: NeedEvent, actor: NeedActor, leaseMs: number, now: number): NeedDecision {
  const lapsed = event.type !== 'expire' && isHeld(need.state) && need.state.leaseUntil <= now ? need.state : null
  const state: NeedState = lapsed ? { status: 'open', freed: 'expired' } : need.state
  const { next: nexts, right }: NeedRule = NEED_EVENTS[event.type]
  const next = nexts[state.status]
  if (next === null) {
    if (lapsed && lapsed.holder.id === actor.id) return refuse('lease_expired', { ended: lapsed.leaseUntil })
    if (event.type === 'claim' && isHeld(state)) return refuse('already_claimed', heldBy(state, actor))
    if (lostIt(need, actor)) return stale(state, actor)
    return refuse('not_possible', { status: state.status, event: event.type })
  }
  if (isHeld(state)) {
    const refused = checkRight(state, event, right, actor, need.fence, now)
    if (refused) return refused
  }
  return { ok: true, need: step(state, need.fence, next, event, actor, leaseMs, now), lapsed }
}

function lostIt(need: Need, actor: NeedActor): boolean {
  return actor.fence !== undefined && actor.fence < need.fence
}

function stale(state: NeedState, actor: NeedActor): Refused {
  return isHeld(state) ? refuse('stale_fence', heldBy(state, actor)) : refuse('stale_fence', { status: state.status })
}

function checkRight(
  state: HeldState,
  event: NeedEvent,
  right: Right,
  actor: NeedActor,
  fence: number,
  now: number,
): Refused | undefined {
  if (right === 'anyone') return undefined
  if (right === 'clock')
    return state.leaseUntil <= now ? undefined : refuse('not_possible', { until: state.leaseUntil })
  if (event.type === 'withdraw' && state.offer === null) return refuse('not_possible', { event: event.type })
  if (right === 'offered') return state.offer?.id === actor.id ? undefined : refuse('not_offered')
  if (right === 'supervised' && actor.supervises) return undefined
  if (actor.fence !== undefined && actor.fence !== fence) return refuse('stale_fence', heldBy(state, actor))
  if (state.holder.id !== actor.id) return refuse('not_holder', heldBy(state, actor))
  return actor.fence === fence ? undefined : refuse('stale_fence', heldBy(state, actor))
}

function step(
  state: NeedState,
  fence: number,
  next: NeedStatus,
  event: NeedEvent,
  actor: NeedActor,
  leaseMs: number,
  now: number,
): Need {
  if (next === 'open') return { fence, state: { status: 'open', freed: FREED_BY[event.type] ?? 'released' } }
  if (next === 'fulfilled' || next === 'transferred') return { fence, state: { status: next, at: now } }
  if (next === 'closed') {
    return {
      fence,
      state: { status: 'closed', at: now, reason: event.type === 'close' ? event.reason : 'case_closed' },
    }
  }
  if (event.type === 'claim' || event.type === 'accept') {
    const holder = { id: actor.id, label: actor.label }
    const held = { holder, claimedAt: now, leaseUntil: now + leaseMs, offer: null }
    return { fence: fence + 1, state: { status: next, ...held } }
  }
  if (!isHeld(state)) throw new Error(`${event.type} led from ${state.status} to ${next} without a holder`)
  const acts = state.holder.id === actor.id
  return {
    fence,
    state: {
      ...state,
      status: next,
      leaseUntil: acts ? Math.max(state.leaseUntil, now + leaseMs) : state.leaseUntil,
      offer: event.type === 'offer' ? event.to : ENDS_OFFER.includes(event.type) ? null : state.offer,
    },
  }
}

const ENDS_OFFER: readonly NeedEventType[] = ['withdraw', 'reject']
const FREED_BY: Partial<Record<NeedEventType, Freed>> = { release: 'released', expire: 'expired', reopen: 'reopened' }
