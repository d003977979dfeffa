import type { Freed } from '../../contract/vocabulary/needs.ts'
import { type Refused, refuse } from '../command/refusal.ts'
import { isHeld, type Need } from '../needs/need-rules.ts'

/** A mis-tap is noticed at once; later, the change is a decision and gets an event of its own. */
export const UNDO_MS = 30_000

export type UndoableEvent = {
  readonly kind: string
  readonly actor: string | null
  /** ms since 1970 */
  readonly recordedAt: number
}

/** What an undo restores. */
export type UndoAxis = 'need' | 'columns' | 'care' | 'severity' | 'place' | 'outcome' | 'close' | 'reopen' | 'merge'

/** Events of history that can be taken back, and the axis whose later events stand in the way. */
export const UNDO_AXIS: Readonly<Record<string, UndoAxis>> = {
  'need.claimed': 'need',
  'need.started': 'need',
  'need.fulfilled': 'need',
  'need.released': 'need',
  'need.closed': 'need',
  'case.triaged': 'severity',
  'case.checked': 'severity',
  'care.done': 'care',
  'care.lent': 'care',
  'care.returned': 'care',
  'case.placed': 'place',
  'case.contacted': 'columns',
  'case.verified': 'columns',
  'case.escalated': 'reopen',
  'case.outcome': 'outcome',
  'case.closed': 'close',
  'case.reopened': 'reopen',
  'case.merged': 'merge',
}

/** @param later whether something has happened on the same axis since */
export function decideUndo(
  event: UndoableEvent,
  actor: string,
  later: boolean,
  now: number,
): { readonly ok: true; readonly axis: UndoAxis } | Refused {
  const axis = UNDO_AXIS[event.kind]
  if (axis === undefined) return refuse('not_possible', { event: event.kind })
  if (event.actor !== actor) return refuse('not_yours', { event: event.kind })
  if (later) return refuse('not_possible', { event: event.kind, because: 'something_happened_since' })
  if (now - event.recordedAt > UNDO_MS) return refuse('too_late', { withinMs: UNDO_MS })
  return { ok: true, axis }
}

/** How a need stood before the event that is taken back. */
export type NeedBefore =
  | { readonly from: 'open'; readonly freed: Freed | null }
  | { readonly from: 'claimed' | 'in_progress'; readonly holder: string; readonly label: string }

/**
 * The need as it was: boards do not show a mis-tap that was taken back at once. Whoever gets it back gets a new lease and, unless it never left their hands, a new fence: a
 * write on its way with the old one must not land.
 */
export function needUndone(need: Need, before: NeedBefore, leaseMs: number, now: number): Need {
  if (before.from === 'open') return { fence: need.fence, state: { status: 'open', freed: before.freed } }
  if (isHeld(need.state) && need.state.holder.id === before.holder) {
    return { fence: need.fence, state: { ...need.state, status: before.from } }
  }
  const holder = { id: before.holder, label: before.label }
  return {
    fence: need.fence + 1,
    state: { status: before.from, holder, claimedAt: now, leaseUntil: now + leaseMs, offer: null },
  }
}
