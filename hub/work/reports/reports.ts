import type { z } from 'zod'
import { bedsOfFacility, noteReported, writeBedReport } from '../../../db/queries/facilities.ts'
import { registeredOf } from '../../../db/queries/places.ts'
import { reconciliationsOf } from '../../../db/queries/reconciliations.ts'
import {
  doseReportsOfDay,
  dosesOfDay,
  greatestDoseDay,
  greatestTestDay,
  insertTest,
  insertVaccinations,
  sameTestsReportedAt,
  testsOfDay,
} from '../../../db/queries/reports.ts'
import { unitsOfFacility, writeStanding } from '../../../db/queries/standing.ts'
import { bedsHeldByTransfers } from '../../../db/queries/transfers.ts'
import { demand } from '../../authorize/demand.ts'
import type { bedsBody, testsBody, vaccinationsBody } from '../../contract/api/reports.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import { type Doubt, doubtsOfBeds, doubtsOfReport } from '../../contract/vocabulary/plausible.ts'
import { bedSumError } from '../beds/bed-rules.ts'
import { setAside } from '../beds/reconciliation.ts'
import { findPlace } from '../command/place.ts'
import { demandNew, demandPlausible } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { sourceTime } from '../command/source-time.ts'
import { msOfIso } from '../command/times.ts'
import { reportDay, sourceColumns } from '../record/record.ts'
import { countedAt, openFacility, reportingFacility } from './reporting-facility.ts'

export async function readBeds(context: Pick<CommandContext, 'trx' | 'by'>, id: number) {
  const facility = await openFacility(context, id, 'facility.report')
  const levels = await bedsOfFacility(context.trx, id)
  const units = await unitsOfFacility(context.trx, id)
  const waiting = await reconciliationsOf(context.trx, id)
  return {
    facility: id,
    kind: facility.kind,
    nameTh: facility.name_th,
    nameEn: facility.name_en,
    district: facility.district,
    reportedAt: facility.reported_at?.getTime() ?? null,
    levels: levels.map(({ facility_id: _, district: __, reported_at, ...counts }) => ({
      ...counts,
      reportedAt: reported_at.getTime(),
    })),
    units: units.map(({ kind, total, in_use, reported_at }) => ({
      kind,
      total,
      inUse: in_use,
      reportedAt: reported_at.getTime(),
    })),
    waiting: waiting.map(({ level, occupied, known, source_at }) => ({
      level,
      occupied,
      known,
      sourceAt: source_at.getTime(),
    })),
  }
}

/** What a facility counted, level by level. An older count than what stands is refused, and nothing of it is kept. */
export async function reportBeds(context: CommandContext, id: number, input: z.output<typeof bedsBody>) {
  const { trx, by, at, now } = context
  const facility = await reportingFacility(context, id, 'facility.report')
  const sourceAt = countedAt(input.sourceAt, now)
  const held = await bedsHeldByTransfers(trx, id)
  for (const [i, level] of input.levels.entries()) {
    const error = bedSumError(level)
    if (error !== 0) {
      const { staffed } = level
      throw wrongField(`levels.${i}.staffed`, 'beds_sum', {
        level: level.level,
        sum: staffed + error,
        staffed,
      })
    }
    const needed = held.get(level.level) ?? 0
    if (level.held < needed) {
      throw wrongField(`levels.${i}.held`, 'beds_held', { level: level.level, held: needed })
    }
  }
  for (const [i, { total, inUse }] of input.units.entries()) {
    if (inUse > total) throw wrongField(`units.${i}.inUse`, 'units_more', { inUse, total })
  }
  const people = await registeredOf(trx, facility.district)
  const stood = new Map((await unitsOfFacility(trx, id)).map((row) => [row.kind, row.total]))
  const standing = new Map((await bedsOfFacility(trx, id)).map((row) => [row.level, row]))
  demandPlausible(
    [
      ...input.levels.flatMap((level, i) =>
        doubtsOfBeds(`levels.${i}.staffed`, level.staffed, standing.get(level.level)?.staffed, people),
      ),
      ...input.units.flatMap((unit, i) => doubtsOfBeds(`units.${i}.total`, unit.total, stood.get(unit.kind), people)),
    ],
    input,
  )
  const report = { facility, sourceAt, actor: by.account, now: at, key: `${by.owner}:${context.key}` }
  const counted = input.levels.map((counts) => ({
    of: facility,
    counts,
    standing: standing.get(counts.level)?.occupied,
  }))
  const plain = await setAside(context, report, counted)
  const newer = await writeBedReport(
    trx,
    report,
    plain.map(({ counts }) => counts),
  )
  if (newer.length > 0) {
    const levels = newer.map(({ level, standing }) => ({ level, standing: standing.getTime() }))
    throw new ApiError('older_report', levels)
  }
  const units = input.units.map(({ kind, total, inUse }) => ({ part: kind, counts: { total, in_use: inUse } }))
  const newerUnits = await writeStanding(trx, 'care_units', report, units)
  if (newerUnits.length > 0) {
    throw new ApiError(
      'older_report',
      newerUnits.map(({ part, standing }) => ({ unit: part, standing: standing.getTime() })),
    )
  }
  return readBeds(context, id)
}

/** @returns when each of these rows was reported for the site and day already; `undefined` when one of them was not */
async function sameDosesReportedAt(
  trx: CommandContext['trx'],
  site: Parameters<typeof doseReportsOfDay>[1],
  rows: z.output<typeof vaccinationsBody>['rows'],
): Promise<Date | undefined> {
  const reported = await doseReportsOfDay(trx, site)
  const found = rows.map(({ dose, group, vaccine, doses }) =>
    reported.find(
      (row) => row.dose === dose && row.target_group === group && row.vaccine === vaccine && row.doses === doses,
    ),
  )
  const times = found.flatMap((row) => (row ? [row.at.getTime()] : []))
  return times.length === rows.length ? new Date(Math.max(...times)) : undefined
}

/** Doses of one site and day. Of an earlier day they are late; a correction never takes back more than was given. */
export async function reportVaccinations(
  context: CommandContext,
  id: number,
  input: z.output<typeof vaccinationsBody>,
) {
  const { trx, by, at, now } = context
  const facility = await reportingFacility(context, id, 'vaccination.report')
  const sourceAt = msOfIso(input.sourceAt)
  const { day, late } = await reportDay(context, input.day, sourceAt)
  const kind = input.correction ? 'correction' : late ? 'late' : 'report'
  const same = await sameDosesReportedAt(trx, { district: facility.district, facility: id, day }, input.rows)
  const ids = await insertVaccinations(
    trx,
    input.rows.map((row, i) => ({
      district: facility.district,
      day,
      dose: row.dose,
      target_group: row.group,
      vaccine: row.vaccine,
      kind,
      doses: row.doses,
      facility_id: id,
      ...sourceColumns(input.sourceAt, now),
      recorded_at: at,
      actor: by.account,
      idempotency_key: `${by.owner}:${context.key}:${i}`,
    })),
  )
  await noteReported(trx, id, new Date(sourceTime(sourceAt, now).at))
  const people = await registeredOf(trx, facility.district)
  const doubts: Doubt[] = []
  for (const dose of new Set(input.rows.map((row) => row.dose))) {
    const site = { district: facility.district, facility: id, day, dose }
    const left = await dosesOfDay(trx, site)
    if (left < 0)
      throw wrongField('rows', 'correction_left', {
        left: -left,
      })
    const rows = input.rows.map((row, i) => ({ ...row, i })).filter((row) => row.dose === dose)
    const adds = rows.reduce((sum, row) => sum + row.doses, 0)
    const largest = rows.reduce((a, b) => (Math.abs(b.doses) > Math.abs(a.doses) ? b : a))
    const greatest = await greatestDoseDay(trx, site)
    doubts.push(...doubtsOfReport(`rows.${largest.i}.doses`, 'doses', { before: left - adds, adds, greatest, people }))
  }
  demandNew(same, input)
  demandPlausible(doubts, input)
  return { ids, day, late: kind === 'late' }
}

/** Tests of a district and day, and corrections of them. @param round of active case finding, whose tests they are */
export async function reportTests(context: CommandContext, input: z.output<typeof testsBody>, round?: number) {
  const { trx, by, at, now } = context
  const { district } = await findPlace(trx, { area: input.area })
  demand(by.grant, 'test.report', { area: district })
  const sourceAt = msOfIso(input.sourceAt)
  const { day, late } = await reportDay(context, input.day, sourceAt)
  const { kind, tested, positive } = input
  const same = await sameTestsReportedAt(trx, { district, day, kind, tested, positive })
  const id = await insertTest(trx, {
    district,
    day,
    kind: input.kind,
    tested: input.tested,
    positive: input.positive,
    ...sourceColumns(input.sourceAt, now),
    recorded_at: at,
    actor: by.account,
    round_id: round ?? null,
    idempotency_key: `${by.owner}:${context.key}${round === undefined ? '' : `:${kind}`}`,
  })
  const left = await testsOfDay(trx, district, day, input.kind)
  if (input.correction) {
    if (left.tested < 0 || left.positive < 0 || left.positive > left.tested) {
      throw wrongField('tested', left.tested < 0 || left.positive < 0 ? 'correction_left' : 'positive_more', {
        left: Math.max(-left.tested, -left.positive, 0),
      })
    }
  }
  const { tested: adds } = input
  const greatest = await greatestTestDay(trx, district, day, input.kind)
  const people = await registeredOf(trx, district)
  demandNew(same, input)
  demandPlausible(doubtsOfReport('tested', 'tests', { before: left.tested - adds, adds, greatest, people }), input)
  return { ids: [id], day, late }
}
