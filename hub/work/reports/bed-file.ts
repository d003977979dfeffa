import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { type BedFault, type BedLine, readBedFile } from '../../../db/import/beds/read-file.ts'
import { FileProblem } from '../../../db/import/problem.ts'
import {
  type BedRow,
  bedsOfFacilities,
  type FacilityRow,
  facilitiesNamed,
  writeManyBeds,
} from '../../../db/queries/facilities.ts'
import { registeredOf } from '../../../db/queries/places.ts'
import { bedsHeldAt } from '../../../db/queries/transfers.ts'
import { can } from '../../authorize/decide.ts'
import type { bedImportAnswer, bedImportBody } from '../../contract/api/reports.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { doubtIn } from '../../contract/refusals/fields.ts'
import { type RowFault, rowFaultText } from '../../contract/refusals/row-faults.ts'
import { BED_STATES } from '../../contract/vocabulary/beds.ts'
import { doubtsOfBeds } from '../../contract/vocabulary/plausible.ts'
import { setAside } from '../beds/reconciliation.ts'
import type { CommandContext } from '../command/run.ts'

/** Changes and bad rows that a preview shows; the rest are counted. */
const ITEMS_MAX = 200
const ERRORS_MAX = 200

type Body = z.output<typeof bedImportBody>
type Planned = BedLine & { readonly of: FacilityRow; readonly before: BedRow | undefined }

/** The facility that a row means: by its hospital code, else by its number; none named, the reporter's own. */
function facilityOf(
  { by }: CommandContext,
  named: ReadonlyMap<string, FacilityRow>,
  { facility }: BedLine,
): FacilityRow | RowFault {
  const own = by.grant?.facility
  const asked = facility ?? (own == null ? undefined : String(own))
  if (asked === undefined) return { key: 'missing', params: { column: 'facility' } }
  const found = named.get(asked)
  if (found === undefined) return { key: 'id', params: { value: asked } }
  if (!can(by.grant, 'facility.report', { area: found.district, facility: found.id }).allowed) {
    return { key: 'other_area', params: {} }
  }
  return found.active ? found : { key: 'facility_closed', params: { name: found.name_th } }
}

async function planBeds(
  context: CommandContext,
  lines: readonly BedLine[],
  input: Body,
): Promise<{ readonly planned: readonly Planned[]; readonly faults: readonly BedFault[] }> {
  const { trx, by, at } = context
  const own = by.grant?.facility
  const names = new Set([...lines.flatMap(({ facility }) => facility ?? []), ...(own == null ? [] : [String(own)])])
  const rows = await facilitiesNamed(trx, [...names])
  // A hospital code of five digits is a code before it is a number.
  const named = new Map([
    ...rows.map((row) => [String(row.id), row] as const),
    ...rows.flatMap((row) => (row.code === null ? [] : [[row.code, row] as const])),
  ])
  const beds = new Map(
    (
      await bedsOfFacilities(
        trx,
        rows.map(({ id }) => id),
      )
    ).map((row) => [`${row.facility_id}.${row.level}`, row]),
  )
  const held = await bedsHeldAt(
    trx,
    rows.map(({ id }) => id),
  )
  const people = new Map<string, Awaited<ReturnType<typeof registeredOf>>>()
  const first = new Map<string, number>()
  const planned: Planned[] = []
  const faults: BedFault[] = []
  for (const row of lines) {
    const { line, level, counts } = row
    const refuse = (key: RowFault['key'], params: RowFault['params']) => faults.push({ line, fault: { key, params } })
    const of = facilityOf(context, named, row)
    if ('key' in of) {
      refuse(of.key, of.params)
      continue
    }
    const before = beds.get(`${of.id}.${level}`)
    const earlier = first.get(`${of.id}.${level}`)
    first.set(`${of.id}.${level}`, earlier ?? line)
    if (!people.has(of.district)) people.set(of.district, await registeredOf(trx, of.district))
    const needed = held.get(`${of.id}.${level}`) ?? 0
    if (earlier !== undefined) refuse('level_twice', { line: earlier })
    else if (counts.held < needed) refuse('beds_held', { held: needed })
    else if (before && before.reported_at >= at) refuse('newer_count', {})
    else {
      const doubts = doubtsOfBeds('staffed', counts.staffed, before?.staffed, people.get(of.district))
      if (doubts.length === 0 || input.acceptImplausible) planned.push({ ...row, of, before })
      else for (const doubt of doubts) refuse('doubt', { what: doubtIn(input.language, doubt) })
    }
  }
  return { planned, faults }
}

const countsOf = (row: Readonly<Record<(typeof BED_STATES)[number], number>>) =>
  Object.fromEntries(BED_STATES.map((state) => [state, row[state]])) as Record<(typeof BED_STATES)[number], number>

/**
 * What a file of bed counts would report, level by level; reported, in this transaction, when `apply` names the plan that
 * was looked at. One bad row, and nothing is.
 * @throws ApiError 422 of a file that cannot be read, 409 when what it would do has changed since
 */
export async function importBeds(context: CommandContext, input: Body): Promise<z.infer<typeof bedImportAnswer>> {
  const { trx, by, at } = context
  const file = await readBedFile(Buffer.from(input.file, 'base64')).catch((error) => {
    if (!(error instanceof FileProblem)) throw error
    const what = error.line === undefined ? error.message : `(line ${error.line}) ${error.message}`
    throw new ApiError('file_unreadable', { line: error.line ?? null, what })
  })
  const { planned, faults: found } = await planBeds(context, file.lines, input)
  const faults = [...file.faults, ...found].toSorted((a, b) => a.line - b.line)
  const looked = planned.map(({ of, level, counts, before }) => [of.id, level, counts, before && countsOf(before)])
  const plan = createHash('sha256').update(JSON.stringify(looked)).digest('hex').slice(0, 32)
  const written = input.apply !== undefined && faults.length === 0
  if (written && input.apply !== plan) throw new ApiError('import_changed')
  if (written) {
    const report = { sourceAt: at, actor: by.account, now: at, key: `${by.owner}:${context.key}` }
    const counted = planned.map(({ of, level, counts, before }) => ({
      of,
      counts: { level, ...counts },
      standing: before?.occupied,
    }))
    const plain = await setAside(context, report, counted)
    const rows = plain.map(({ of, counts }) => ({ facility_id: of.id, ...counts }))
    if ((await writeManyBeds(trx, report, rows)) < rows.length) throw new ApiError('import_changed')
  }
  return {
    plan,
    written,
    facilities: new Set(planned.map(({ of }) => of.id)).size,
    levels: planned.length,
    items: planned.slice(0, ITEMS_MAX).map(({ line, of, level, counts, before }) => ({
      line,
      facility: of.id,
      nameTh: of.name_th,
      nameEn: of.name_en,
      level,
      before: before === undefined ? null : countsOf(before),
      counts,
    })),
    errors: faults
      .slice(0, ERRORS_MAX)
      .map(({ line, fault }) => ({ line, message: rowFaultText(input.language, fault) })),
    bad: new Set(faults.map(({ line }) => line)).size,
  }
}
