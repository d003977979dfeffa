import type { z } from 'zod'
import type { EventDetails } from '../../../db/queries/case-events.ts'
import { type CaseFacts, type CaseUpdate, lockCases, updateCase } from '../../../db/queries/cases.ts'
import { type NeedWithCase, openNeeds, writeNeed } from '../../../db/queries/needs.ts'
import { liveTransferOf } from '../../../db/queries/transfers.ts'
import { can } from '../../authorize/decide.ts'
import type { mergeBody } from '../../contract/api/cases.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import { urgencyClass } from '../../contract/vocabulary/urgency.ts'
import { leaveBed } from '../beds/beds.ts'
import { record } from '../command/history.ts'
import { allowed } from '../command/refusal.ts'
import type { CommandContext } from '../command/run.ts'
import { closeNeeds, meetNeeds } from '../needs/end-needs.ts'
import { stateOf } from '../needs/need.ts'
import { answerCase, nextStage } from './case.ts'
import { type OpenedCase, openCase } from './case-access.ts'
import { areaOf } from './case-area.ts'
import { columnsBefore } from './columns-before.ts'
import { decideMerge } from './merge-rules.ts'
import { decideTriage } from './severity.ts'
import { hasEnded } from './stage.ts'

/**
 * Merges a duplicate into the case it repeats. Live needs go along, with their holders; of a kind that
 * both have, one is closed as a duplicate. The history stays where it was made and is read together. The more urgent severity stands.
 */
export async function mergeCase(context: CommandContext, fromId: number, { into: intoId }: z.output<typeof mergeBody>) {
  const { trx, by, now, at } = context
  if (fromId === intoId) throw wrongField('into', 'same_case')
  await lockCases(trx, [fromId, intoId])
  const from = await openCase(context, fromId, 'case.merge')
  const into = await openCase(context, intoId, 'case.merge')
  if (hasEnded(into.facts.stage)) {
    throw new ApiError('not_possible', { into: intoId, stage: into.facts.stage })
  }
  if (await liveTransferOf(trx, fromId)) {
    throw new ApiError('transfer_under_way', {})
  }
  const stage = nextStage(from.facts.stage, 'mark_duplicate')
  const live = (opened: OpenedCase) => opened.needs.filter((need) => need.ended_at === null)
  const states = (opened: OpenedCase) =>
    live(opened).map((need) => ({ id: need.id, kind: need.kind, state: stateOf(need) }))
  const supervises = [from, into].every(({ facts }) => can(by.grant, 'case.release', { area: areaOf(facts) }).allowed)
  const plan = allowed(decideMerge(states(from), states(into), { id: by.account ?? '', supervises }, now))
  const among = (ids: readonly number[]) => [...live(from), ...live(into)].filter(({ id }) => ids.includes(id))
  await closeNeeds(context, among(plan.close), 'duplicate')
  const moved = among(plan.move)
  for (const need of moved) await writeNeed(trx, need.id, { case_id: intoId, district: into.facts.district })
  const left = (needs: readonly NeedWithCase[]) => needs.filter(({ id }) => !plan.close.includes(id))
  const bed = await mergeBed(context, from.facts, into.facts)
  // Whoever lies in a bed has what it brings, whichever of the two cases asked for it.
  if (bed === 'moved') await meetNeeds(context, left(live(into)), from.facts.care_place, from.facts.bed_level)
  else if (into.facts.facility_id !== null) {
    const here = moved.map((need) => ({ ...need, case_id: intoId, district: into.facts.district }))
    await meetNeeds(context, here, into.facts.care_place, into.facts.bed_level)
  }
  await updateCase(
    trx,
    fromId,
    { stage, merged_into: intoId, closed_reason: 'duplicate', escalated_at: null, facility_id: null, bed_level: null },
    at,
  )
  const moreUrgent = urgencyClass({ ...from.facts, risk608: true }) < urgencyClass({ ...into.facts, risk608: true })
  const home = moreUrgent && bed !== 'moved' ? atHome(context, from.facts, into.facts) : {}
  await updateCase(
    trx,
    intoId,
    {
      risk608: from.facts.risk608 || into.facts.risk608,
      ...(moreUrgent ? { severity: from.facts.severity, severity_at: at } : {}),
      heard_at: later(from.facts.heard_at, into.facts.heard_at),
      contacted_at: later(from.facts.contacted_at, into.facts.contacted_at),
      ...(bed === 'moved' ? placeOf(from.facts, into.facts) : {}),
      ...home,
    },
    at,
  )
  const queued = home.care_place !== undefined
  const [opened] = queued ? await openNeeds(trx, intoId, into.facts.district, ['bed'], at) : []
  const needs = moved.map((need) => need.kind).join(',')
  await record(context, {
    caseId: intoId,
    district: into.facts.district,
    kind: 'case.absorbed',
    details: { from: fromId, needs, fromSeverity: into.facts.severity },
  })
  const event = await record(context, {
    caseId: fromId,
    district: from.facts.district,
    kind: 'case.merged',
    details: {
      into: intoId,
      needs,
      moved: moved.map((need) => need.id).join(','),
      ...columnsBefore(from.facts, ['stage', 'closed_reason', 'merged_into', 'escalated_at']),
      ...columnsBefore(from.facts, ['care_place', 'care_place_at', 'facility_id', 'bed_level']),
      bed,
      queued,
      openedNeed: opened?.id ?? null,
      ...intoBefore(into.facts),
      raisedFrom: moreUrgent ? into.facts.severity : null,
      raised608: from.facts.risk608 && !into.facts.risk608,
    },
  })
  return answerCase(context, fromId, event)
}

/** What the person said last stays news, and who reached them has, whichever of the two cases it was. */
function later(a: Date | null, b: Date | null): Date | null {
  return a === null || (b !== null && b > a) ? b : a
}

/**
 * One person lies in one bed: that of the duplicate becomes the other case's when it has none, or is left. A bed that
 * only a merged case points to would stay occupied for good.
 */
async function mergeBed(context: CommandContext, from: CaseFacts, into: CaseFacts): Promise<'moved' | 'left' | null> {
  if (from.facility_id === null) return null
  if (into.facility_id === null) return 'moved'
  await leaveBed(context, from)
  return 'left'
}

function placeOf({ care_place, care_place_at, facility_id, bed_level }: CaseFacts, into: CaseFacts) {
  return { care_place, care_place_at, facility_id, bed_level, stage: nextStage(into.stage, 'admit') }
}

/** A case at home that turns red by its duplicate goes to the queue for beds, as by a triage, unless the duplicate's override stands. */
function atHome({ at }: CommandContext, from: CaseFacts, into: CaseFacts): CaseUpdate {
  const override = from.care_place === 'hi' ? from.override_by : null
  const decision = decideTriage({ severity: into.severity, carePlace: into.care_place }, from.severity, override)
  if (!decision.ok) return {}
  if (!decision.move) return { override_by: decision.override }
  return { care_place: decision.carePlace, care_place_at: at, stage: nextStage(into.stage, 'queue'), override_by: null }
}

function intoBefore({ care_place, care_place_at, stage, override_by, contacted_at }: CaseFacts): EventDetails {
  const place = { intoPlace: care_place, intoPlaceAt: care_place_at.getTime(), intoStage: stage }
  return { ...place, was_intoOverride: override_by, intoContactedAt: contacted_at?.getTime() ?? null }
}
