import type { z } from 'zod'
import {
  amountUnnamed,
  countFacilities,
  type FacilityAmount,
  type FacilityCursor,
  listFacilities,
} from '../../../db/queries/facility-list.ts'
import type { facilitiesAnswer, facilitiesQuery } from '../../contract/api/lists.ts'
import { unfitField } from '../../contract/refusals/wrong-fields.ts'
import { rowsBehindMetric } from '../cases/rows-behind-metric.ts'
import { readCursor, writeCursor } from '../command/keyset.ts'
import type { CommandContext } from '../command/run.ts'

type Listed = z.infer<typeof facilitiesAnswer>['facilities'][number]

/** A page of the facilities of an area: by name, or those behind a number, the largest first. */
export async function pageOfFacilities({ trx }: CommandContext, query: z.output<typeof facilitiesQuery>) {
  const { area, kind, state, q, metric, cursor, limit, ...days } = query
  const amount = metric === undefined ? undefined : facilityAmount(metric, days)
  const after = cursor === undefined ? undefined : (readCursor(cursor, 2) as unknown as FacilityCursor)
  const filter = { area, kinds: kind && [kind], state, text: q, amount }
  const rows = await listFacilities(trx, filter, after, limit)
  const last = rows.at(-1)
  const facilities = rows.map(({ id, code, kind, district, lat, lon, hours, active, amount, ...row }) => ({
    id,
    code,
    kind,
    district,
    lat,
    lon,
    hours,
    active,
    amount,
    mergedInto: row.merged_into,
    nameTh: row.name_th,
    nameEn: row.name_en,
    reportedAt: row.counted_at?.getTime() ?? null,
    beds: row.beds as Listed['beds'],
  }))
  const unnamed = after === undefined ? await amountUnnamed(trx, filter) : 0
  const all = after === undefined ? await countFacilities(trx, filter) : undefined
  return {
    facilities,
    cursor: last && rows.length === limit ? writeCursor([last.amount, last.id]) : null,
    total: all?.total ?? null,
    amount: all === undefined ? null : all.amount + unnamed,
    unnamed,
  }
}

/** @throws ApiError 400: beds have no sum over levels, because a free bed of one does not help who needs another. */
function facilityAmount(metric: string, { day, days }: { day?: string | undefined; days: number }): FacilityAmount {
  const found = rowsBehindMetric(metric)
  const { table, where, amount } = found ?? {}
  const counted = day && found?.day ? { last: day, length: days } : undefined
  if (table === 'beds' && where?.level && amount) return { table, column: amount, where }
  if (table === 'stock' && where?.item) return { table, where, ...(amount && { column: amount }) }
  if (table === 'facilities' && where) return { table, where }
  if (table === 'vaccinations' && where && amount) return { table, column: amount, where, days: counted }
  // Occupied beds of several days have no sum either.
  if (table === 'bed_census' && where?.level && amount && counted?.length === 1) {
    return { table, column: amount, where, days: counted }
  }
  throw unfitField('query', 'metric', 'metric_unknown')
}
