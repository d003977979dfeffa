import type { z } from 'zod'
import { countReports, isReportTable, listReports } from '../../../db/queries/reports.ts'
import type { reportsQuery } from '../../contract/api/lists.ts'
import { unfitField } from '../../contract/refusals/wrong-fields.ts'
import { rowsBehindMetric } from '../cases/rows-behind-metric.ts'
import { idAfter } from '../command/keyset.ts'
import type { CommandContext } from '../command/run.ts'

/** A page of the reports behind a number, newest first. @throws ApiError 400 for a metric that is not of reports */
export async function pageOfReports({ trx }: CommandContext, query: z.output<typeof reportsQuery>) {
  const { area, metric, day, days, before, limit } = query
  const found = rowsBehindMetric(metric)
  const table = found?.table ?? ''
  if (found === undefined || !isReportTable(table)) {
    throw unfitField('query', 'metric', 'metric_unknown')
  }
  const last = day && found.day ? { last: day, length: days } : undefined
  const filter = { area, days: last, where: found.where }
  const rows = await listReports(trx, table, filter, before, limit)
  const all =
    before === undefined ? await countReports(trx, table, found.amount ?? 'id', filter) : { total: null, amount: null }
  const reports = rows.map(({ facility_id, facility_th, facility_en, source_at, device_at, recorded_at, ...row }) => ({
    ...row,
    facility: facility_id === null ? null : { id: facility_id, nameTh: facility_th, nameEn: facility_en },
    sourceAt: source_at.getTime(),
    deviceAt: device_at?.getTime() ?? null,
    recordedAt: recorded_at.getTime(),
  }))
  return { reports, cursor: idAfter(rows, limit), ...all }
}
