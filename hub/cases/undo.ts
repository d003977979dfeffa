import { type Refused, refuse } from './refusal.ts'

/** A mis-tap is noticed at once; later, the change is a decision and gets an event of its own. */
export const UNDO_MS = 30_000

export type UndoableEvent = {
  readonly kind: string
  readonly actor: string | null
  /** ms since 1970 */
  readonly recordedAt: number
}

/** Events of history that can be taken back, and the axis whose later events stand in the way. */
export const UNDO_AXIS: Readonly<Record<string, 'need' | 'severity' | 'place' | 'stage'>> = {
  'need.claimed': 'need',
  'need.started': 'need',
  'need.fulfilled': 'need',
  'need.released': 'need',
  'need.closed': 'need',
  'case.triaged': 'severity',
  'case.placed': 'place',
  'case.closed': 'stage',
}

/** @param later whether something has happened on the same axis since */
export function decideUndo(
  event: UndoableEvent,
  actor: string,
  later: boolean,
  now: number,
): { readonly ok: true; readonly axis: 'need' | 'severity' | 'place' | 'stage' } | Refused {
  const axis = UNDO_AXIS[event.kind]
  if (axis === undefined) return refuse('not_possible', { event: event.kind })
  if (event.actor !== actor) return refuse('not_yours', { event: event.kind })
  if (later) return refuse('not_possible', { event: event.kind, because: 'something_happened_since' })
  if (now - event.recordedAt > UNDO_MS) return refuse('too_late', { withinMs: UNDO_MS })
  return { ok: true, axis }
}
