import { insertCase, operationDay } from '../../../db/queries/cases.ts'
import { openNeeds } from '../../../db/queries/needs.ts'
import { insertCasePrivate, insertPerson, type PersonInput, type PrivateInput } from '../../../db/queries/people.ts'
import type { Place } from '../../../db/queries/places.ts'
import type { Classification } from '../../contract/vocabulary/classifications.ts'
import type { NeedKind } from '../../contract/vocabulary/needs.ts'
import type { Severity } from '../../contract/vocabulary/severity.ts'
import { operationDayOf } from '../command/days.ts'
import { record } from '../command/history.ts'
import type { CommandContext } from '../command/run.ts'
import { sourceTime } from '../command/source-time.ts'
import { keepComplaint } from './complaint.ts'
import type { Complaint } from './severity.ts'

export type NewCase = {
  readonly source: 'help' | 'volunteer'
  readonly place: Place
  readonly person: PersonInput
  readonly private: PrivateInput
  readonly severity: Severity
  readonly risk608: boolean
  readonly classification: Classification
  readonly needs: readonly NeedKind[]
  /** stands apart until somebody confirms it */
  readonly unverified?: boolean | undefined
  /** what the person feels, where they were asked */
  readonly complaint?: Complaint | undefined
  /** ms since 1970; a clock that is ahead counts as now */
  readonly sourceAt?: number | undefined
}

/** A case with its person and needs. @returns the case's id */
export async function createCase(context: CommandContext, input: NewCase): Promise<number> {
  const { trx, by, at, now } = context
  const { at: happened, deviceAt } = sourceTime(input.sourceAt, now)
  const reportedAt = new Date(happened)
  const id = await insertCase(trx, {
    district: input.place.district,
    place: input.place.place,
    report_day: operationDayOf(await operationDay(trx), happened, now),
    classification: input.classification,
    severity: input.severity,
    risk608: input.risk608,
    source: input.source,
    reported_at: reportedAt,
    severity_at: reportedAt,
    care_place_at: reportedAt,
    updated_at: at,
    recorded_by: by.account,
    unverified: input.unverified ?? false,
  })
  const person = await insertPerson(trx, input.person)
  await insertCasePrivate(trx, id, person, input.private)
  await keepComplaint(context, { id, district: input.place.district }, input.complaint, input.person, reportedAt)
  await openNeeds(trx, id, input.place.district, [...new Set(input.needs)], reportedAt)
  await record(context, {
    caseId: id,
    district: input.place.district,
    kind: 'case.reported',
    sourceAt: happened,
    details: {
      source: input.source,
      severity: input.severity,
      risk608: input.risk608,
      classification: input.classification,
      needs: [...new Set(input.needs)].join(','),
      ...(input.unverified && { unverified: true }),
      ...(deviceAt !== undefined && { deviceAt }),
    },
  })
  return id
}
