import type { z } from 'zod'
import { audit } from '../../../db/queries/accounts-audit.ts'
import {
  type CallChange,
  type CallRow,
  endedCalls,
  insertCall,
  lockCall,
  lockCallOfExchange,
  readCallNumber,
  writeCall,
} from '../../../db/queries/calls.ts'
import { readCase } from '../../../db/queries/cases.ts'
import { can } from '../../authorize/decide.ts'
import { demand } from '../../authorize/demand.ts'
import type { callBody, callsQuery, callView, endCallBody } from '../../contract/api/calls.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { isProvince, isUnspecified, provinceOf } from '../../contract/vocabulary/areas.ts'
import { accountKey } from '../../situation/account-key.ts'
import { findPlace } from '../command/place.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { sourceTime } from '../command/source-time.ts'
import { msOfIso } from '../command/times.ts'
import { type Call, type CallMove, callBackBy, decideCall, reported } from './call-rules.ts'

const ENDED_SHOWN_MS = 24 * 3_600_000
const ENDED_MAX = 200

function viewOf(row: CallRow): z.output<typeof callView> {
  const { id, district, state, language, tries, outcome } = row
  return {
    ...{ id, district, state, language, tries, outcome },
    rangAt: row.rangAt.getTime(),
    dueAt: row.dueAt?.getTime() ?? null,
    holder: row.holderLabel,
    holderKey: row.claimedBy === null ? null : accountKey(row.claimedBy),
    leaseUntil: row.leaseUntil?.getTime() ?? null,
    endedAt: row.endedAt?.getTime() ?? null,
    endedBy: row.endedLabel,
    case: row.caseId,
  }
}

function callOf(row: CallRow): Call {
  const { state, tries } = row
  if (state === 'waiting') return { state }
  if (state === 'ended') return { state, outcome: row.outcome ?? 'answered', tries }
  const owed = { dueAt: row.dueAt?.getTime() ?? callBackBy(row.rangAt.getTime()), tries }
  if (state === 'owed') return { state, ...owed }
  return {
    state,
    holder: row.claimedBy ?? '',
    label: row.holderLabel ?? '',
    leaseUntil: row.leaseUntil?.getTime() ?? 0,
    ...owed,
  }
}

function changeOf(call: Call, { at, by }: CommandContext, caseId: number | null = null): CallChange {
  const claimed = call.state === 'claimed' ? call : undefined
  const ended = call.state === 'ended'
  return {
    state: call.state,
    dueAt: call.state === 'owed' || call.state === 'claimed' ? new Date(call.dueAt) : null,
    tries: call.state === 'waiting' ? 0 : call.tries,
    claimedBy: claimed?.holder ?? null,
    holderLabel: claimed?.label ?? null,
    leaseUntil: claimed ? new Date(claimed.leaseUntil) : null,
    endedAt: ended ? at : null,
    endedLabel: ended ? by.label : null,
    outcome: ended ? call.outcome : null,
    caseId,
  }
}

async function locked({ trx }: CommandContext, id: number): Promise<CallRow> {
  const row = await lockCall(trx, id)
  if (row === undefined) throw notFound('call', id)
  return row
}

/**
 * A call as the exchange or an agent tells it. Told again by the same `ref` it moves on, and never back.
 * @throws ApiError 422 of an area that is none, or of a call of the future
 */
export async function recordCall(context: CommandContext, _: number, input: z.output<typeof callBody>) {
  const { trx, by } = context
  const { area } = input
  const ofProvince = isUnspecified(area) && isProvince(provinceOf(area))
  const district = ofProvince ? area : (await findPlace(trx, { area })).district
  demand(by.grant, 'call.record', { area: district })
  const { phone, language, report, ref = null, note = null } = input
  const known = ref === null ? undefined : await lockCallOfExchange(trx, district, ref)
  const rangAt = known?.rangAt ?? new Date(sourceTime(msOfIso(input.rangAt), context.now).at)
  const call = reported(known && callOf(known), report, rangAt.getTime())
  if (known === undefined) {
    const id = await insertCall(trx, { district, ref, language, rangAt }, { phone, note }, changeOf(call, context))
    return { call: viewOf(await locked(context, id)) }
  }
  if (known.state === 'waiting') await writeCall(trx, known.id, changeOf(call, context))
  return { call: viewOf(await locked(context, known.id)) }
}

async function move(
  context: CommandContext,
  id: number,
  what: CallMove,
  caseId: number | null = null,
): Promise<CallRow> {
  const { trx, by, now } = context
  const row = await locked(context, id)
  demand(by.grant, 'call.work', { area: row.district })
  const supervises = can(by.grant, 'call.oversee', { area: row.district }).allowed
  const actor = { id: by.account ?? '', label: by.label, supervises }
  const decision = decideCall(callOf(row), what, actor, { rangAt: row.rangAt.getTime(), now })
  if (!decision.ok) {
    if (decision.refusal !== 'already_claimed') throw new ApiError(decision.refusal)
    const { label, holder, until } = decision
    throw new ApiError('already_claimed', {
      holder: label,
      since: row.rangAt.getTime(),
      until,
      yours: holder === by.account,
    })
  }
  await writeCall(trx, id, changeOf(decision.call, context, caseId))
  return locked(context, id)
}

/** Takes a call, whose number is then told: to one agent, and each time with a row in the audit log. */
export async function takeCall(context: CommandContext, id: number) {
  const { trx, by, requestId } = context
  const row = await move(context, id, { type: 'claim' })
  const { account: actor, role } = by
  await audit(trx, { actor, role, action: 'call.reveal', resource: `call:${id}`, area: row.district, requestId })
  return { call: viewOf(row) }
}

/** The number of a call that was taken, for whoever took it: it stands in no answer that is kept. */
export async function tellNumber({ trx }: CommandContext, id: number) {
  const number = await readCallNumber(trx, id)
  return { phone: number?.phone ?? '', note: number?.note ?? null }
}

export async function releaseCall(context: CommandContext, id: number) {
  return { call: viewOf(await move(context, id, { type: 'release' })) }
}

/** @throws ApiError 404 of a case that is not in the own area */
export async function endCall(context: CommandContext, id: number, input: z.output<typeof endCallBody>) {
  const { result, case: caseId } = input
  if (caseId !== undefined && (await readCase(context.trx, caseId)) === undefined) throw notFound('case', caseId)
  return { call: viewOf(await move(context, id, { type: 'end', result }, caseId ?? null)) }
}

export async function pageOfCalls({ trx, by, now }: CommandContext, _: number, { area }: z.output<typeof callsQuery>) {
  demand(by.grant, 'call.work', { area })
  const calls = await endedCalls(trx, { area, since: new Date(now - ENDED_SHOWN_MS), limit: ENDED_MAX })
  return { calls: calls.map(viewOf) }
}
