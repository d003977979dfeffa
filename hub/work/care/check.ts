import { type CaseFacts, updateCase } from '../../../db/queries/cases.ts'
import { insertCheck, lastCheckAt } from '../../../db/queries/checks.ts'
import { insertContact } from '../../../db/queries/contacts.ts'
import { openNeeds, shortenLeases } from '../../../db/queries/needs.ts'
import type { RecordAnswer, RecordInput } from '../../contract/api/record.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import { type CheckValues, symptomsOfCheck } from '../../contract/vocabulary/care.ts'
import type { ContactChannel } from '../../contract/vocabulary/contacts.ts'
import type { CarePlace, Severity } from '../../contract/vocabulary/severity.ts'
import { urgencyClass } from '../../contract/vocabulary/urgency.ts'
import { nextStage } from '../cases/case.ts'
import { openCase } from '../cases/case-access.ts'
import { columnsBefore } from '../cases/columns-before.ts'
import { keepComplaint } from '../cases/complaint.ts'
import { decideTriage, suggestSeverity } from '../cases/severity.ts'
import { hasEnded } from '../cases/stage.ts'
import { record } from '../command/history.ts'
import { allowed } from '../command/refusal.ts'
import type { CommandContext } from '../command/run.ts'
import { sourceTime } from '../command/source-time.ts'
import { msOfIso } from '../command/times.ts'
import { leaseUntil } from '../needs/lease.ts'
import { writeLeases } from '../needs/undo-need.ts'

/** Clocks of phones differ; what is further ahead is none. */
const AHEAD_MS_MAX = 3_600_000
/** An older check says nothing of how somebody is now: the person has to be asked again. */
const OLD_MS_MAX = 3 * 86_400_000
/** Staffed places see their patients; everybody else is at home, whatever the plan for them is. */
const STAFFED: readonly CarePlace[] = ['field', 'hospitel', 'hospital', 'discharged']

export function isAtHome({ stage, outcome, care_place }: Pick<CaseFacts, 'stage' | 'outcome' | 'care_place'>): boolean {
  return !hasEnded(stage) && outcome === 'none' && !STAFFED.includes(care_place)
}

/** The daily check of whoever reached the person; of a case that was merged meanwhile, the one it became. */
export async function recordCheck(
  context: CommandContext,
  input: Extract<RecordInput, { kind: 'check' }>,
): Promise<RecordAnswer> {
  let { facts } = await openCase(context, input.case, 'case.care')
  while (facts.merged_into !== null) facts = (await openCase(context, facts.merged_into, 'case.care')).facts
  const { check, event, severity } = await keepCheck(context, facts, input, {
    channel: input.channel,
    sourceAt: msOfIso(input.sourceAt),
  })
  return { kind: 'check', id: check, case: facts.id, severity, likely: [], event }
}

/** What a check may change of its case. */
const BEFORE = [
  ...(['stage', 'severity', 'severity_at', 'care_place', 'care_place_at'] as const),
  ...(['override_by', 'contacted_at', 'escalated_at'] as const),
]

type Told = {
  /** how a worker reached them; null: the person says it themselves, which is no human contact */
  readonly channel: ContactChannel | null
  /** ms since 1970 */
  readonly sourceAt?: number | undefined
}

/** @throws ApiError 422 of a time that no check can have */
function timeOfCheck(sourceAt: number | undefined, now: number): { at: Date; deviceAt: Date | null } {
  if (sourceAt !== undefined && sourceAt > now + AHEAD_MS_MAX) throw wrongField('sourceAt', 'time_future')
  if (sourceAt !== undefined && sourceAt < now - OLD_MS_MAX) throw wrongField('sourceAt', 'check_past')
  const { at } = sourceTime(sourceAt, now)
  return { at: new Date(at), deviceAt: sourceAt === undefined || sourceAt === at ? null : new Date(sourceAt) }
}

/**
 * Keeps a check of a locked case. It raises the severity by the guards of triage and never lowers it: red at home goes to
 * the queue for beds, unless somebody has taken the responsibility. What is worse asks for people; a check that is older
 * than the last decision, or than another check, changes neither.
 * @throws ApiError 409 of somebody who is not at home any more; 422 of its time
 */
export async function keepCheck(
  context: CommandContext,
  facts: CaseFacts,
  values: CheckValues,
  { channel, sourceAt }: Told,
): Promise<{ check: number; event: number; severity: Severity }> {
  const { trx, by, at: recordedAt, now, leases } = context
  if (!isAtHome(facts)) throw new ApiError('not_at_home', { stage: facts.stage, carePlace: facts.care_place })
  const { at, deviceAt } = timeOfCheck(sourceAt, now)
  const last = await lastCheckAt(trx, facts.id, false)
  const symptoms = symptomsOfCheck(values)
  const { spo2, temperature, feeling } = values
  const check = await insertCheck(trx, {
    case_id: facts.id,
    at,
    device_at: deviceAt,
    recorded_at: recordedAt,
    spo2: spo2 ?? null,
    temperature: temperature ?? null,
    feeling,
    actor: by.account,
    said_by: by.label,
  })
  const complaint = await keepComplaint(context, facts, { symptoms, risks: [], spo2 }, {}, at)
  const contact = channel && (await logContact(context, facts, channel, at))

  const isNews = at >= facts.severity_at && (last === null || at >= last)
  const said = suggestSeverity({ symptoms, risks: [], spo2 })
  const raised = isNews && isMoreUrgent(said, facts.severity)
  const worse = isNews && (raised || feeling === 'worse')
  const decision = raised
    ? allowed(decideTriage({ severity: facts.severity, carePlace: facts.care_place }, said, null))
    : undefined
  const reached = contact === null ? facts.stage : nextStage(facts.stage, 'contact')
  await updateCase(
    trx,
    facts.id,
    {
      stage: decision?.move ? nextStage(reached, 'queue') : reached,
      ...(contact === null ? { heard_at: recordedAt } : { escalated_at: null }),
      ...(contact !== null && !(facts.contacted_at && facts.contacted_at > at) ? { contacted_at: at } : {}),
      ...(worse ? { escalated_at: recordedAt } : {}),
      ...(decision ? { severity: decision.severity, severity_at: recordedAt } : {}),
      ...(decision?.move ? { care_place: decision.carePlace, care_place_at: recordedAt, override_by: null } : {}),
    },
    recordedAt,
  )
  const [opened] = decision?.move ? await openNeeds(trx, facts.id, facts.district, ['bed'], recordedAt) : []
  const shortened = decision
    ? await shortenLeases(trx, facts.id, new Date(leaseUntil(leases, decision.severity, now)))
    : []
  const event = await record(context, {
    caseId: facts.id,
    district: facts.district,
    kind: 'case.checked',
    sourceAt: at.getTime(),
    // Without the values: the history is read by many.
    details: {
      check,
      channel,
      contact,
      from: facts.severity,
      to: decision?.severity ?? facts.severity,
      worse,
      openedNeed: opened?.id ?? null,
      complaint,
      shortened: writeLeases(shortened),
      ...columnsBefore(facts, BEFORE),
    },
  })
  return { check, event, severity: decision?.severity ?? facts.severity }
}

/** The 608 flag apart, which stays as it is. Nothing said of symptoms is no news. */
function isMoreUrgent(said: Severity, than: Severity): boolean {
  return (
    said !== 'unknown' &&
    urgencyClass({ severity: said, risk608: true }) < urgencyClass({ severity: than, risk608: true })
  )
}

function logContact({ by, trx, at }: CommandContext, facts: CaseFacts, channel: ContactChannel, happened: Date) {
  return insertContact(trx, {
    caseId: facts.id,
    needId: null,
    district: facts.district,
    channel,
    result: 'reached',
    actor: by.account ?? '',
    actorLabel: by.label,
    at: happened,
    recordedAt: at,
    note: null,
  })
}
