import type { z } from '@hono/zod-openapi'
import { readCase, updateCase } from '../../../db/queries/cases.ts'
import { type HelpRow, updateHelpRequest } from '../../../db/queries/help.ts'
import { needsOfCase, openNeeds } from '../../../db/queries/needs.ts'
import { addToNotes } from '../../../db/queries/people.ts'
import { liveTransferOf } from '../../../db/queries/transfers.ts'
import { suggestSeverity } from '../../cases/severity.ts'
import { hasEnded, STAGE_NEXT } from '../../cases/stage.ts'
import { urgencyClass } from '../../wire/urgency.ts'
import type { moreBody } from '../bodies/help.ts'
import { needsWith } from './case-access.ts'
import { endCase } from './close.ts'
import { record } from './history.ts'
import type { CommandContext } from './run.ts'

/** What a person adds, again and again, to their request. */
const NOTES_CHARACTERS_MAX = 4000

/** What the person sees of their request: who is on it and since when, and nothing about themselves. */
export async function statusOf({ trx }: Pick<CommandContext, 'trx'>, request: HelpRow) {
  const own = await readCase(trx, request.case_id)
  const facts = own?.merged_into == null ? own : ((await readCase(trx, own.merged_into)) ?? own)
  if (facts === undefined) throw new Error(`case ${request.case_id} of a request is gone`)
  const needs = await needsOfCase(trx, facts.id)
  const live = needs.filter((need) => need.ended_at === null)
  const held = live.some((need) => need.claimed_by !== null)
  const state: 'received' | 'being_handled' | 'ended' | 'cancelled' =
    request.cancelled_at !== null
      ? 'cancelled'
      : hasEnded(facts.stage)
        ? 'ended'
        : held || facts.contacted_at !== null
          ? 'being_handled'
          : 'received'
  const times = needs.map((need) => (need.ended_at ?? need.claimed_at ?? need.opened_at).getTime())
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
    askedAt: request.created_at.getTime(),
    contactedAt: facts.contacted_at?.getTime() ?? null,
    changedAt: Math.max(facts.reported_at.getTime(), facts.contacted_at?.getTime() ?? 0, ...times),
    phone:
      request.phone_hash === null
        ? ('none' as const)
        : request.phone_verified_at === null
          ? ('unverified' as const)
          : ('verified' as const),
  }
}

/** The person takes the request back. @returns whether there was anything left to cancel. */
export async function cancelHelp(context: CommandContext, request: HelpRow): Promise<boolean> {
  const facts = await readCase(context.trx, request.case_id)
  if (facts === undefined || hasEnded(facts.stage) || request.cancelled_at !== null) return false
  if (await liveTransferOf(context.trx, facts.id)) {
    // A bed is held or an ambulance is on its way: people have to decide this, and soon.
    await updateCase(context.trx, facts.id, { escalated_at: context.at }, context.at)
    await record(context, {
      caseId: facts.id,
      district: facts.district,
      kind: 'case.escalated',
      details: { reason: 'cancelled_during_transfer', from: facts.stage },
    })
  } else await endCase(context, facts, await needsWith(context, facts), { reason: 'cancelled' })
  await updateHelpRequest(context.trx, request.id, { cancelled_at: context.at })
  return true
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
  const { trx, at } = context
  const facts = await readCase(trx, request.case_id)
  if (facts === undefined || hasEnded(facts.stage)) return false
  if (more.note !== undefined) await addToNotes(trx, facts.id, more.note, NOTES_CHARACTERS_MAX)
  const opened = await openNeeds(trx, facts.id, facts.district, [...new Set(more.needs ?? [])], at)
  const said = suggestSeverity(more)
  const worse =
    urgencyClass({ severity: said, risk608: true }) < urgencyClass({ severity: facts.severity, risk608: true })
  const triaged = facts.stage !== 'reported' && facts.stage !== 'verified'
  if (worse && !triaged) await updateCase(trx, facts.id, { severity: said, severity_at: at }, at)
  if (worse && triaged && STAGE_NEXT[facts.stage].escalate !== null)
    await updateCase(trx, facts.id, { escalated_at: at }, at)
  await record(context, {
    caseId: facts.id,
    district: facts.district,
    kind: 'case.more',
    details: { needs: opened.map((need) => need.kind).join(','), severity: said, note: more.note !== undefined, worse },
  })
  return true
}
