import {
  CALL_AGAIN_MINUTES,
  CALL_BACK_MINUTES,
  CALL_LEASE_MINUTES,
  type CallOutcome,
  type CallReport,
  type CallResult,
} from '../../contract/vocabulary/calls.ts'

const MINUTE_MS = 60_000

type Owed = { readonly dueAt: number; readonly tries: number }
export type Call =
  | { readonly state: 'waiting' }
  | ({ readonly state: 'owed' } & Owed)
  | ({ readonly state: 'claimed'; readonly holder: string; readonly label: string; readonly leaseUntil: number } & Owed)
  | { readonly state: 'ended'; readonly outcome: CallOutcome; readonly tries: number }

export type CallMove =
  | { readonly type: 'claim' }
  | { readonly type: 'release' }
  | { readonly type: 'end'; readonly result: CallResult }

export type CallDecision =
  | { readonly ok: true; readonly call: Call }
  | {
      readonly ok: false
      readonly refusal: 'already_claimed'
      readonly holder: string
      readonly label: string
      readonly until: number
    }
  | { readonly ok: false; readonly refusal: 'call_ended' | 'call_free' }

/** When a call that rang at `rangAt` is to be called back at the latest. ms since 1970 */
export const callBackBy = (rangAt: number): number => rangAt + CALL_BACK_MINUTES * MINUTE_MS

/** What the exchange says of a call: `waiting` is overtaken by whatever came before it. `undefined`: a new call. */
export function reported(call: Call | undefined, report: CallReport, rangAt: number): Call {
  if (call !== undefined && call.state !== 'waiting') return call
  if (report === 'waiting') return { state: 'waiting' }
  if (report === 'answered') return { state: 'ended', outcome: 'answered', tries: 0 }
  return { state: 'owed', dueAt: callBackBy(rangAt), tries: 0 }
}

/**
 * What becomes of a call. A claim that has lapsed is nobody's, whether or not the sweep has been there.
 * @param rangAt @param now ms since 1970. @param supervises acts in the holder's place
 */
export function decideCall(
  call: Call,
  move: CallMove,
  actor: { readonly id: string; readonly label: string; readonly supervises: boolean },
  { rangAt, now }: { readonly rangAt: number; readonly now: number },
): CallDecision {
  if (call.state === 'ended') return { ok: false, refusal: 'call_ended' }
  const held = call.state === 'claimed' && now < call.leaseUntil ? call : undefined
  const others = held !== undefined && held.holder !== actor.id
  const owed: Owed =
    call.state === 'waiting' ? { dueAt: callBackBy(rangAt), tries: 0 } : { dueAt: call.dueAt, tries: call.tries }
  if (others && (move.type === 'claim' || !actor.supervises)) {
    return { ok: false, refusal: 'already_claimed', holder: held.holder, label: held.label, until: held.leaseUntil }
  }
  if (move.type === 'claim') {
    const leaseUntil = now + CALL_LEASE_MINUTES * MINUTE_MS
    return { ok: true, call: { state: 'claimed', holder: actor.id, label: actor.label, leaseUntil, ...owed } }
  }
  if (held === undefined) return { ok: false, refusal: 'call_free' }
  if (move.type === 'release') return { ok: true, call: { state: 'owed', ...owed } }
  if (move.result !== 'no_answer')
    return { ok: true, call: { state: 'ended', outcome: move.result, tries: owed.tries } }
  const tries = owed.tries + 1
  const again = CALL_AGAIN_MINUTES[owed.tries]
  if (again === undefined) return { ok: true, call: { state: 'ended', outcome: 'no_answer', tries } }
  return { ok: true, call: { state: 'owed', dueAt: now + again * MINUTE_MS, tries } }
}
