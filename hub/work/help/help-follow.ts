import type { z } from 'zod'
import { firstTimes } from '../../../db/queries/case-events.ts'
import { type CaseFacts, updateCase } from '../../../db/queries/cases.ts'
import { lastCheckAt } from '../../../db/queries/checks.ts'
import { readFacility } from '../../../db/queries/facilities.ts'
import { type HelpRow, isSharedCase, updateHelpRequest } from '../../../db/queries/help.ts'
import { needsOfCase, openNeeds, shortenLeases } from '../../../db/queries/needs.ts'
import { addToNotes, openedBy, readPhone } from '../../../db/queries/people.ts'
import { lastTransferOf, liveTransferOf, type TransferRow } from '../../../db/queries/transfers.ts'
import type { moreBody } from '../../contract/api/help.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { AT_HOME, type CheckValues } from '../../contract/vocabulary/care.ts'
import { OPENERS, openerOf } from '../../contract/vocabulary/roles.ts'
import { urgencyClass } from '../../contract/vocabulary/urgency.ts'
import { isAtHome, keepCheck } from '../care/check.ts'
import { needsWith } from '../cases/case-access.ts'
import { endCase } from '../cases/close.ts'
import { keepComplaint } from '../cases/complaint.ts'
import { suggestSeverity } from '../cases/severity.ts'
import { hasEnded } from '../cases/stage.ts'
import { record } from '../command/history.ts'
import type { CommandContext } from '../command/run.ts'
import { msOf } from '../command/times.ts'
import { formMustWait } from '../command/turns.ts'
import { leaseUntil } from '../needs/lease.ts'
import type { CaseWork } from '../services.ts'
import { takeBackOf } from './asker.ts'
import { lockCaseOf, readCaseOf } from './help-case.ts'
import { isReached, messagesLeave } from './one-time-code.ts'

/** What a person adds, again and again, to their request. */
export const NOTES_CHARACTERS_MAX = 4000

/** What the person is told of their request as a whole. `cancelling`: help was on its way already, and people decide. */
type State = 'received' | 'being_handled' | 'ended' | 'cancelled' | 'cancelling'

/** Who has arrived may have no open need any more. */
const CARED_FOR: readonly string[] = ['in_care', 'monitoring']

/**
 * The case has the last word: staff may open a cancelled one again. A cancel that had to wait for them has escalated
 * the case at the very same time, until somebody reaches the person or somebody else escalates it anew.
 */
function stateOf(facts: CaseFacts, { cancelled_at }: HelpRow, held: boolean): State {
  if (hasEnded(facts.stage)) return cancelled_at === null ? 'ended' : 'cancelled'
  if (cancelled_at !== null && facts.escalated_at?.getTime() === cancelled_at.getTime()) return 'cancelling'
  return held || facts.contacted_at !== null || CARED_FOR.includes(facts.stage) ? 'being_handled' : 'received'
}

/** Steps whose time is in the history alone once they are over. */
const STEPS = ['need.claimed', 'need.fulfilled', 'transfer.accepted', 'transfer.en_route', 'transfer.arrived']

/** Where a bed is held for them, or where they have arrived. */
const BED_FOUND: readonly string[] = ['accepted', 'transport', 'en_route', 'arrived']

async function bedOf(trx: CommandContext['trx'], transfer: TransferRow | undefined, at: ReadonlyMap<string, number>) {
  if (transfer === undefined || transfer.to_facility === null || !BED_FOUND.includes(transfer.status)) return null
  const facility = await readFacility(trx, transfer.to_facility)
  return {
    // Of a facility in another area the name is not known here.
    nameTh: facility?.name_th ?? null,
    nameEn: facility?.name_en ?? null,
    foundAt: at.get('transfer.accepted') ?? transfer.updated_at.getTime(),
    onTheWayAt: at.get('transfer.en_route') ?? null,
    arrivedAt: at.get('transfer.arrived') ?? null,
  }
}

/** What the person sees of their request: who is on it and since when, and nothing about themselves. */
export async function statusOf(
  { trx }: Pick<CommandContext, 'trx'>,
  work: CaseWork,
  request: HelpRow,
  marks: readonly string[],
) {
  const facts = await readCaseOf({ trx }, request)
  const needs = await needsOfCase(trx, facts.id)
  const held = needs.some((need) => need.ended_at === null && need.claimed_by !== null)
  const state = stateOf(facts, request, held)
  const times = needs.map((need) => (need.ended_at ?? need.claimed_at ?? need.opened_at).getTime())
  for (const at of [facts.reported_at, facts.contacted_at, facts.heard_at]) times.push(at?.getTime() ?? 0)
  const transfer = await lastTransferOf(trx, facts.id)
  const steps = await firstTimes(trx, facts.id, STEPS, transfer?.id)
  const bed = await bedOf(trx, transfer, steps)
  return {
    state,
    language: request.language,
    severity: facts.severity,
    stage: facts.stage,
    carePlace: facts.care_place,
    place: facts.place ?? facts.district,
    needs: needs.map((need) => ({
      kind: need.kind,
      status: need.status,
      holder: need.holder_label,
      since: (need.ended_at ?? need.claimed_at ?? need.opened_at).getTime(),
    })),
    bed,
    askedAt: request.created_at.getTime(),
    takenAt: steps.get('need.claimed') ?? null,
    helpedAt: steps.get('need.fulfilled') ?? null,
    contactedAt: facts.contacted_at?.getTime() ?? null,
    check: asksForChecks(facts) ? { lastAt: msOf(await lastCheckAt(trx, facts.id, true)) } : null,
    opened: await openedOf(trx, facts.id),
    changedAt: Math.max(...times, bed?.foundAt ?? 0, bed?.onTheWayAt ?? 0, bed?.arrivedAt ?? 0),
    phone: await phoneState(trx, work, request),
    takeBack: await takeBackOf(trx, work, request, marks),
  }
}

/** Told by kinds of roles, in one order. */
export async function openedOf(trx: CommandContext['trx'], id: number) {
  const rows = await openedBy(trx, id)
  return OPENERS.flatMap((by) => {
    const times = rows.reduce((sum, { role, times }) => sum + (openerOf(role) === by ? times : 0), 0)
    return times > 0 ? [{ by, times }] : []
  })
}

async function phoneState(trx: CommandContext['trx'], work: CaseWork, request: HelpRow) {
  if (request.phone_hash === null) return 'none' as const
  if (request.phone_verified_at !== null) return 'verified' as const
  const phone = (await messagesLeave(trx, work)) ? await readPhone(trx, request.case_id) : undefined
  return phone !== undefined && isReached(work, phone) ? ('unverified' as const) : ('unchecked' as const)
}

/** The person takes the request back. @returns whether there was anything left to cancel. */
export async function cancelHelp(context: CommandContext, request: HelpRow): Promise<boolean> {
  const facts = await lockCaseOf(context, request)
  if (hasEnded(facts.stage) || stateOf(facts, request, false) === 'cancelling') return false
  await endForPerson(context, facts, request, await cannotEnd(context, facts, request))
  return true
}

/**
 * Ends the case for the person who asked, or tells those who work on it.
 * @param because why people have to decide; `undefined`: nobody has to, and it ends at once
 */
export async function endForPerson(
  context: CommandContext,
  facts: CaseFacts,
  request: HelpRow,
  because: string | undefined,
): Promise<void> {
  const { trx, at } = context
  if (because === undefined) await endCase(context, facts, await needsWith(context, facts), { reason: 'cancelled' })
  else {
    await updateCase(trx, facts.id, { escalated_at: at, heard_at: at }, at)
    await record(context, {
      caseId: facts.id,
      district: facts.district,
      kind: 'case.escalated',
      details: { reason: because, from: facts.stage },
    })
  }
  await updateHelpRequest(trx, request.id, { cancelled_at: at })
}

/** Why people have to decide this, and soon: a bed is held or an ambulance on its way, or somebody else asked for the same. */
export async function cannotEnd(
  { trx }: CommandContext,
  { id }: CaseFacts,
  request: HelpRow,
): Promise<string | undefined> {
  if (await liveTransferOf(trx, id)) return 'cancelled_during_transfer'
  return (await isSharedCase(trx, request.id, id)) ? 'cancelled_by_one_of_several' : undefined
}

/**
 * The person adds to the request. Worse symptoms raise the severity while nobody has triaged it, and escalate it
 * when somebody has: the nurse's word stands, but must be asked for again.
 */
export async function addToHelp(
  context: CommandContext,
  request: HelpRow,
  more: z.output<typeof moreBody>,
): Promise<boolean> {
  const { trx, at, now, leases } = context
  const facts = await lockCaseOf(context, request)
  if (hasEnded(facts.stage)) return false
  if (more.note !== undefined) await addToNotes(trx, facts.id, more.note, NOTES_CHARACTERS_MAX)
  await keepComplaint(context, facts, more, {}, at)
  // Who has an outcome waits for no place (migration 0014); that they ask for one again is for people to look at.
  const again = facts.outcome !== 'none' && more.needs?.includes('bed') === true
  const asked = [...new Set(more.needs ?? [])].filter((kind) => !(again && kind === 'bed'))
  const opened = await openNeeds(trx, facts.id, facts.district, asked, at)
  const said = suggestSeverity(more)
  const worse =
    urgencyClass({ severity: said, risk608: true }) < urgencyClass({ severity: facts.severity, risk608: true })
  const triaged = facts.stage !== 'reported' && facts.stage !== 'verified'
  const raised = worse && !triaged
  await updateCase(
    trx,
    facts.id,
    {
      heard_at: at,
      risk608: facts.risk608 || more.risks.length > 0,
      ...(raised ? { severity: said, severity_at: at } : {}),
      ...((worse && triaged) || again ? { escalated_at: at } : {}),
    },
    at,
  )
  if (raised) await shortenLeases(trx, facts.id, new Date(leaseUntil(leases, said, now)))
  await record(context, {
    caseId: facts.id,
    district: facts.district,
    kind: 'case.more',
    details: {
      needs: opened.map((need) => need.kind).join(','),
      symptoms: [...new Set(more.symptoms)].join(','),
      risks: [...new Set(more.risks)].join(','),
      spo2: more.spo2 ?? null,
      severity: said,
      note: more.note !== undefined,
      worse,
    },
  })
  return true
}

/** Two answers of one person to "how are you" are this far apart: a finger that taps again is no news. */
const CHECKS_APART_MS = 10 * 60_000

/** In care at home, or waiting for a bed after it: others have nobody's plan, and say more in words. */
function asksForChecks(facts: CaseFacts): boolean {
  return isAtHome(facts) && (facts.care_place === 'waiting' || AT_HOME.some((place) => place === facts.care_place))
}

/** The daily check, by the person themselves: what is worse shows on the board at once. @throws ApiError 429 too soon after the last */
export async function checkMyself(context: CommandContext, request: HelpRow, values: CheckValues): Promise<boolean> {
  const facts = await lockCaseOf(context, request)
  if (hasEnded(facts.stage)) return false
  if (!asksForChecks(facts)) throw new ApiError('not_at_home', { stage: facts.stage, carePlace: facts.care_place })
  const last = await lastCheckAt(context.trx, facts.id, true)
  const wait = last === null ? 0 : last.getTime() + CHECKS_APART_MS - context.now
  if (wait > 0) formMustWait(Math.ceil(wait / 1000))
  await keepCheck(context, facts, values, { channel: null })
  return true
}
