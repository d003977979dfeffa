import {
  claimOpenNeed,
  extendLeases,
  lockNeed,
  type NeedRow,
  type NeedWithCase,
  needsHeldBy,
  readNeedWithCase,
  writeNeed,
} from '../../../db/queries/needs.ts'
import { can } from '../../authorize/decide.ts'
import { demand } from '../../authorize/demand.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { accountKey } from '../../situation/account-key.ts'
import { areaOf } from '../cases/case-area.ts'
import { demandNoOutcome } from '../cases/outcome.ts'
import { hasEnded } from '../cases/stage.ts'
import { record } from '../command/history.ts'
import { allowed } from '../command/refusal.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { msOf } from '../command/times.ts'
import { type LeaseTimes, warnAt } from './lease.ts'
import {
  decideNeed,
  type HeldState,
  isHeld,
  NEED_EVENTS,
  type Need,
  type NeedEvent,
  type NeedState,
} from './need-rules.ts'

export type NeedCommand = Exclude<NeedEvent, { type: 'expire' }>

/** A need as commands and lists answer it. `fence` is given to its holder alone. Times: ms since 1970. */
export type NeedView = {
  id: number
  caseId: number
  kind: NeedRow['kind']
  status: NeedRow['status']
  freed: NeedRow['freed']
  openedAt: number
  holder: string | null
  yours: boolean
  claimedAt: number | null
  leaseUntil: number | null
  warnAt: number | null
  askedBy: string | null
  /** how boards name that account */
  askedKey: string | null
  askedAt: number | null
  offeredTo: string | null
  offeredToYou: boolean
  fence: number | null
  closedReason: string | null
}

export type NeedAnswer = { need: NeedView; event: number | null }

export function needView(row: NeedWithCase, account: string | null, leases: LeaseTimes): NeedView {
  const yours = row.claimed_by !== null && row.claimed_by === account
  const until = msOf(row.lease_until)
  return {
    id: row.id,
    caseId: row.case_id,
    kind: row.kind,
    status: row.status,
    freed: row.freed,
    openedAt: row.opened_at.getTime(),
    holder: row.holder_label,
    yours,
    claimedAt: msOf(row.claimed_at),
    leaseUntil: until,
    warnAt: until === null ? null : warnAt(leases, row.severity, until),
    askedBy: row.asked_label,
    askedKey: row.asked_by === null ? null : accountKey(row.asked_by),
    askedAt: msOf(row.asked_at),
    offeredTo: row.offered_label,
    offeredToYou: row.offered_to !== null && row.offered_to === account,
    fence: yours ? row.fence : null,
    closedReason: row.closed_reason,
  }
}

/** What the commander holds, the lease that ends first at the top. */
export async function needsOfMine({ trx, by, leases }: CommandContext) {
  const rows = by.account === null ? [] : await needsHeldBy(trx, by.account)
  return { needs: rows.map((row) => needView(row, by.account, leases)) }
}

export function stateOf(row: NeedRow): NeedState {
  switch (row.status) {
    case 'open':
      return { status: 'open', freed: row.freed }
    case 'claimed':
    case 'in_progress':
      return {
        status: row.status,
        holder: { id: row.claimed_by ?? '', label: row.holder_label ?? '' },
        claimedAt: msOf(row.claimed_at) ?? 0,
        leaseUntil: msOf(row.lease_until) ?? 0,
        offer: row.offered_to === null ? null : { id: row.offered_to, label: row.offered_label ?? '' },
      }
    case 'closed':
      return { status: 'closed', at: msOf(row.ended_at) ?? 0, reason: row.closed_reason as 'cancelled' }
    default:
      return { status: row.status, at: msOf(row.ended_at) ?? 0 }
  }
}

export function needOf(row: NeedRow): Need {
  return { fence: row.fence, state: stateOf(row) }
}

/** The columns of a need in a state; `asked` is kept by the caller. */
export function columnsOf({ fence, state }: Need) {
  const held = isHeld(state) ? state : null
  return {
    status: state.status,
    fence,
    freed: state.status === 'open' ? state.freed : null,
    claimed_by: held?.holder.id ?? null,
    holder_label: held?.holder.label ?? null,
    claimed_at: held ? new Date(held.claimedAt) : null,
    lease_until: held ? new Date(held.leaseUntil) : null,
    offered_to: held?.offer?.id ?? null,
    offered_label: held?.offer?.label ?? null,
    ended_at: 'at' in state ? new Date(state.at) : null,
    closed_reason: state.status === 'closed' ? state.reason : null,
  }
}

/** What an undo needs to know of the state before. The holder's id leaves the hub as a key only (routes/cases.ts). */
export function before(state: NeedState) {
  return isHeld(state)
    ? { from: state.status, holder: state.holder.id, label: state.holder.label }
    : { from: state.status, ...(state.status === 'open' ? { freed: state.freed } : {}) }
}

/** Carries out one event on a need, writes its history, and keeps the board in step. */
export async function moveNeed(
  context: CommandContext,
  needId: number,
  event: NeedCommand,
  fence: number | undefined,
): Promise<NeedAnswer> {
  const { trx, by, now, leases } = context
  const { action, history } = NEED_EVENTS[event.type]
  if (event.type === 'claim') {
    const won = await claimOpen(context, needId)
    if (won) return won
  }
  const row = await lockNeed(trx, needId)
  if (row === undefined) throw notFound('need', needId)
  // Whether a held need is theirs is for the machine to say: a holder who has lost it hears who has it now.
  demand(by.grant, action, { area: areaOf(row), holder: by.account })
  if (event.type === 'reopen' && hasEnded(row.stage)) {
    throw new ApiError('not_possible', { stage: row.stage, event: 'reopen' })
  }
  if (event.type === 'reopen' && row.kind === 'bed') demandNoOutcome(row)
  const supervises = can(by.grant, 'case.release', { area: areaOf(row) }).allowed
  const actor = { id: by.account ?? '', label: by.label, supervises, fence }
  const { need, lapsed } = allowed(decideNeed(needOf(row), event, actor, leases[row.severity], now))
  if (lapsed || !isHeld(stateOf(row))) demand(by.grant, action, { area: areaOf(row), holder: null })
  if (lapsed) await recordLapse(context, row, lapsed)
  await writeNeed(trx, needId, {
    ...columnsOf(need),
    ...asking(context, event, need),
    held_last: heldLast(row, need, lapsed),
  })
  const id =
    history === null
      ? null
      : await record(context, {
          caseId: row.case_id,
          needId,
          district: row.district,
          kind: history,
          details: {
            need: row.kind,
            fence: need.fence,
            ...before(lapsed ? { status: 'open', freed: 'expired' } : stateOf(row)),
            ...(event.type === 'offer' ? { to: event.to.label } : {}),
            ...(event.type === 'close' ? { reason: event.reason } : {}),
          },
        })
  await heartbeat(context, row.case_id)
  const written = await readNeedWithCase(trx, needId)
  return { need: needView(written ?? row, by.account, leases), event: id }
}

/** Who held a need to its end; a claim that had run out holds nothing. */
export function heldLast({ claimed_by }: NeedRow, { state }: Need, lapsed: HeldState | null): string | null {
  return 'at' in state && lapsed === null ? claimed_by : null
}

/** Who asks the holder for it: forgotten when it changes hands or ends. */
function asking({ by, at }: CommandContext, event: NeedCommand, need: Need) {
  if (event.type === 'ask') return { asked_at: at, asked_by: by.account, asked_label: by.label }
  const stays = isHeld(need.state) && event.type !== 'claim' && event.type !== 'accept'
  return stays ? {} : { asked_at: null, asked_by: null, asked_label: null }
}

/** The common claim: one conditional UPDATE. Everything else (held, lapsed, ended) is for the machine to explain. */
async function claimOpen(context: CommandContext, needId: number): Promise<NeedAnswer | undefined> {
  const { trx, by, at, leases } = context
  if (by.account === null) return undefined
  const row = await claimOpenNeed(trx, { need: needId, account: by.account, label: by.label, now: at, leases })
  if (row === undefined) return undefined
  demand(by.grant, 'case.claim', { area: areaOf(row) })
  const event = await record(context, {
    caseId: row.case_id,
    needId,
    district: row.district,
    kind: NEED_EVENTS.claim.history,
    details: { need: row.kind, fence: row.fence, from: 'open', freed: row.was_freed },
  })
  await heartbeat(context, row.case_id)
  return { need: needView(row, by.account, leases), event }
}

/** A claim had run out before the sweep was there: the history says so before what follows. */
export async function recordLapse(context: CommandContext, row: NeedRow, lapsed: HeldState): Promise<void> {
  const lease = { ...context, by: { ...context.by, account: null, label: 'lease' } }
  await record(lease, {
    caseId: row.case_id,
    needId: row.id,
    district: row.district,
    kind: NEED_EVENTS.expire.history,
    sourceAt: lapsed.leaseUntil,
    details: { holder: lapsed.holder.id, label: lapsed.holder.label, fence: row.fence },
  })
}

/** The shared part of every command on a case: it keeps what the commander holds there. */
export async function heartbeat({ trx, by, at, leases }: CommandContext, caseId: number): Promise<void> {
  if (by.account !== null) await extendLeases(trx, { caseId, account: by.account, now: at, leases })
}

export function holds(need: NeedRow, account: string | null, now: number): boolean {
  return account !== null && need.claimed_by === account && (msOf(need.lease_until) ?? 0) > now
}
