import { operationDay } from '../../../db/queries/cases.ts'
import { readFacility } from '../../../db/queries/facilities.ts'
import { insertPerson, type PersonInput } from '../../../db/queries/people.ts'
import type { Place } from '../../../db/queries/places.ts'
import { keepRecorded, readRecorded } from '../../../db/queries/recorded.ts'
import { insertTest, insertVaccinations } from '../../../db/queries/reports.ts'
import { insertVulnerable } from '../../../db/queries/vulnerable.ts'
import { demand } from '../../authorize/demand.ts'
import type { RecordAnswer, RecordInput } from '../../contract/api/record.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import { recordCheck } from '../care/check.ts'
import { createCase, type NewCase } from '../cases/new-case.ts'
import { suggestSeverity } from '../cases/severity.ts'
import { operationDayOf } from '../command/days.ts'
import { findPlace } from '../command/place.ts'
import { checkBirth } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { sourceTime } from '../command/source-time.ts'
import { msOfIso } from '../command/times.ts'
import { likelyDuplicates } from '../duplicates/duplicates.ts'
import { keepConsent } from '../privacy/consent.ts'

type PlacedInput = Exclude<RecordInput, { kind: 'check' }>

const ACTION: Readonly<Record<PlacedInput['kind'], Action>> = {
  request: 'case.record',
  patient: 'case.record',
  vulnerable: 'vulnerable.record',
  test: 'test.report',
  dose: 'vaccination.report',
}

type About = Exclude<PlacedInput, { kind: 'dose' }>

/**
 * Saves one record of a volunteer, once for its key, however late it is sent again: a phone may hold it for longer than
 * answers are kept. Likely duplicates are named in the answer and do not keep it from being saved.
 */
export async function saveRecord(context: CommandContext, input: RecordInput): Promise<RecordAnswer> {
  const { trx, by, key, at } = context
  const { account } = by
  if (account === null) throw new Error('a record of nobody')
  const earlier = await readRecorded(trx, account, key)
  if (earlier) {
    if (earlier.kind !== input.kind) throw new ApiError('idempotency_key_reused')
    const { kind, made: id, case_id } = earlier
    return { kind, id, case: case_id, severity: null, likely: [] }
  }
  const body = input.kind === 'check' ? await recordCheck(context, input) : await saveInPlace(context, input)
  await keepRecorded(trx, { account, key, kind: input.kind, made: body.id, case_id: body.case, at })
  return body
}

async function saveInPlace(context: CommandContext, input: PlacedInput): Promise<RecordAnswer> {
  const place = await findPlace(context.trx, input.place)
  demand(context.by.grant, ACTION[input.kind], { area: place.place })
  return save(context, input, place)
}

async function save(context: CommandContext, input: PlacedInput, place: Place): Promise<RecordAnswer> {
  switch (input.kind) {
    case 'request':
      return saveCase(context, input, place, {
        severity: suggestSeverity(input),
        risk608: input.risks.length > 0,
        classification: 'unclassified',
        needs: input.needs,
        complaint: input,
      })
    case 'patient':
      return saveCase(context, input, place, {
        severity: input.severity ?? suggestSeverity(input),
        risk608: input.risks.length > 0,
        classification: input.classification,
        needs: input.needs,
        complaint: input,
      })
    case 'vulnerable':
      return saveVulnerable(context, input, place)
    case 'test':
      return saveTest(context, input, place)
    case 'dose':
      return saveDose(context, input, place)
  }
}

/** When it happened; beside it what the device said, when its clock cannot be believed. */
export function sourceColumns(sourceAt: string | undefined, now: number): { source_at: Date; device_at: Date | null } {
  const { at, deviceAt } = sourceTime(msOfIso(sourceAt), now)
  return { source_at: new Date(at), device_at: deviceAt === undefined ? null : new Date(deviceAt) }
}

function personOf(input: About, now: number): PersonInput {
  checkBirth(input, now)
  const { name, phone, secondPhone, id, nationality, language, birthYear, birthMonth, sex } = input
  const paper = { idKind: id?.kind, idNumber: id?.number }
  return { name, phone, secondPhone, ...paper, nationality, language, birthYear, birthMonth, sex }
}

async function saveCase(
  context: CommandContext,
  input: About,
  place: Place,
  facts: Pick<NewCase, 'severity' | 'risk608' | 'classification' | 'needs' | 'complaint'>,
): Promise<RecordAnswer> {
  const person = personOf(input, context.now)
  const likely = await likelyDuplicates(context.trx, {
    phone: person.phone ?? null,
    name: person.name ?? null,
    idNumber: person.idNumber ?? null,
    district: place.district,
    place: place.place,
    at: context.now,
  })
  const id = await createCase(context, {
    source: 'volunteer',
    place,
    person,
    private: { lat: input.place.point?.lat, lon: input.place.point?.lon, address: input.address, notes: input.note },
    sourceAt: msOfIso(input.sourceAt),
    ...facts,
  })
  await keepConsent(context, { caseId: id }, input.consent, agreedAt(input, context.now))
  return { kind: input.kind, id, case: id, severity: facts.severity, likely }
}

async function saveVulnerable(
  context: CommandContext,
  input: Extract<RecordInput, { kind: 'vulnerable' }>,
  place: Place,
): Promise<RecordAnswer> {
  const { trx, by, now, at } = context
  const id = await insertVulnerable(trx, {
    person_id: await insertPerson(trx, personOf(input, now)),
    district: place.district,
    place: place.place,
    reasons: [...new Set(input.reasons)],
    doses: input.doses ?? null,
    private: { lat: input.place.point?.lat, lon: input.place.point?.lon, address: input.address, notes: input.note },
    recorded_by: by.account,
    recorded_label: by.label,
    ...sourceColumns(input.sourceAt, now),
    recorded_at: at,
  })
  await keepConsent(context, { vulnerableId: id }, input.consent, agreedAt(input, now))
  return { kind: input.kind, id, case: null, severity: null, likely: [] }
}

/** They agreed when it was recorded, which may be days before it is sent. */
const agreedAt = ({ sourceAt }: About, now: number): Date => new Date(sourceTime(msOfIso(sourceAt), now).at)

/** The day a report is for: as given, not in the future, or the day it was made. */
export async function reportDay(
  { trx, now }: CommandContext,
  given: string | undefined,
  sourceAt: number | undefined,
): Promise<{ day: string; late: boolean }> {
  const today = await operationDay(trx)
  const day = given ?? operationDayOf(today, sourceTime(sourceAt, now).at, now)
  if (day > today) throw wrongField('day', 'day_future')
  return { day, late: day < today }
}

async function saveTest(
  context: CommandContext,
  input: Extract<RecordInput, { kind: 'test' }>,
  place: Place,
): Promise<RecordAnswer> {
  const { trx, by, now, at } = context
  const sourceAt = msOfIso(input.sourceAt)
  const { day } = await reportDay(context, input.day, sourceAt)
  const id = await insertTest(trx, {
    district: place.district,
    day,
    kind: input.test,
    tested: 1,
    positive: input.positive ? 1 : 0,
    ...sourceColumns(input.sourceAt, now),
    recorded_at: at,
    actor: by.account,
    idempotency_key: `${by.owner}:${context.key}`,
  })
  const known = input.name !== undefined || input.phone !== undefined || input.id?.number !== undefined
  if (!input.positive || !known) return { kind: input.kind, id, case: null, severity: null, likely: [] }
  const saved = await saveCase(context, input, place, {
    severity: 'unknown',
    risk608: false,
    classification: input.test === 'pcr' ? 'confirmed' : 'probable',
    needs: [],
  })
  return { ...saved, id }
}

async function saveDose(
  context: CommandContext,
  input: Extract<RecordInput, { kind: 'dose' }>,
  place: Place,
): Promise<RecordAnswer> {
  const { trx, by, now, at } = context
  const sourceAt = msOfIso(input.sourceAt)
  const { day, late } = await reportDay(context, input.day, sourceAt)
  const site = input.facility === undefined ? undefined : await siteOf(context, input.facility, sourceAt)
  const [id = 0] = await insertVaccinations(trx, [
    {
      district: place.district,
      day,
      dose: input.dose,
      target_group: input.group,
      vaccine: input.vaccine,
      kind: late ? 'late' : 'report',
      doses: 1,
      facility_id: site ?? null,
      ...sourceColumns(input.sourceAt, now),
      recorded_at: at,
      actor: by.account,
      idempotency_key: `${by.owner}:${context.key}`,
    },
  ])
  return { kind: input.kind, id, case: null, severity: null, likely: [] }
}

/**
 * The site of a dose, which a phone may have held for days: what was merged meanwhile is the entry that stayed, and one that was
 * still open then is right. One outside the account's areas is taken as it was said.
 * @throws ApiError 409 of a site that was closed before: the phone keeps the record, for another place
 */
async function siteOf(context: CommandContext, id: number, sourceAt: number | undefined): Promise<number> {
  const { trx, now } = context
  const site = await readFacility(trx, id)
  if (site === undefined) return id
  if (site.merged_into !== null) return siteOf(context, site.merged_into, sourceAt)
  const at = sourceTime(sourceAt, now).at
  if (!site.active && (site.closed_at === null || site.closed_at.getTime() <= at)) {
    throw new ApiError('site_closed', { since: site.closed_at?.getTime() ?? null })
  }
  return id
}
