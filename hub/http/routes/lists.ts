import type { z } from '@hono/zod-openapi'
import {
  amountUnnamed,
  countFacilities,
  type FacilityAmount,
  type FacilityCursor,
  listFacilities,
} from '../../../db/queries/facility-list.ts'
import { countReports, listReports } from '../../../db/queries/reports.ts'
import { withAccount } from '../../../db/queries/rls.ts'
import { facilitiesAnswer, facilitiesQuery, reportsAnswer, reportsQuery } from '../../contract/api/lists.ts'
import { unfitField } from '../../contract/refusals/wrong-fields.ts'
import { rowsBehindMetric } from '../../work/cases/rows-behind-metric.ts'
import { idAfter, readCursor, writeCursor } from '../../work/command/keyset.ts'
import { secured, signedIn } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { fault, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const page = <A extends z.ZodType>(answer: A) => ({
  200: ok('A page', answer),
  400: fault('The request is wrong'),
})

const reports = secured(
  {
    method: 'get',
    path: '/api/reports',
    tags: ['reports'],
    summary: 'The reports behind a number of doses or tests: late ones and corrections by name, newest first',
    request: { query: reportsQuery },
    responses: page(reportsAnswer),
  },
  'report.read',
  (c) => ({ area: c.req.query('area') ?? '' }),
)

const facilities = secured(
  {
    method: 'get',
    path: '/api/facilities',
    tags: ['facilities'],
    summary: 'Facilities of an area with their beds by level: by name, or those behind a number; pages by cursor',
    request: { query: facilitiesQuery },
    responses: page(facilitiesAnswer),
  },
  'report.read',
  (c) => ({ area: c.req.query('area') ?? '' }),
)

/** The lists behind numbers that are not of cases. No personal data is in them. */
export function listRoutes(deps: AppDeps) {
  return createRouter()
    .openapi(reports, async (c) => {
      const { area, metric, day, days, before, limit } = c.req.valid('query')
      const found = rowsBehindMetric(metric)
      const table = found?.table
      if (found === undefined || (table !== 'vaccinations' && table !== 'tests' && table !== 'revisions')) {
        throw unfitField('query', 'metric', 'metric_unknown')
      }
      const last = day && found.day ? { last: day, length: days } : undefined
      const grant = await signedIn(c)
      const filter = { area, days: last, where: found.where }
      const { rows, total } = await withAccount(deps.db, grant, async (trx) => ({
        rows: await listReports(trx, table, filter, before, limit),
        total: before === undefined ? await countReports(trx, table, filter) : null,
      }))
      const shown = rows.map(
        ({ facility_id, facility_th, facility_en, source_at, device_at, recorded_at, ...row }) => ({
          ...row,
          facility: facility_id === null ? null : { id: facility_id, nameTh: facility_th, nameEn: facility_en },
          sourceAt: source_at.getTime(),
          deviceAt: device_at?.getTime() ?? null,
          recordedAt: recorded_at.getTime(),
        }),
      )
      return c.json({ reports: shown, cursor: idAfter(rows, limit), total }, 200)
    })
    .openapi(facilities, async (c) => {
      const { area, kind, state, q, metric, cursor, limit, ...days } = c.req.valid('query')
      const amount = metric === undefined ? undefined : facilityAmount(metric, days)
      const after = cursor === undefined ? undefined : (readCursor(cursor, 2) as unknown as FacilityCursor)
      const grant = await signedIn(c)
      const filter = { area, kinds: kind && [kind], state, text: q, amount }
      const { rows, total, unnamed } = await withAccount(deps.db, grant, async (trx) => ({
        rows: await listFacilities(trx, filter, after, limit),
        unnamed: after === undefined ? await amountUnnamed(trx, filter) : 0,
        total: after === undefined ? await countFacilities(trx, filter) : null,
      }))
      const last = rows.at(-1)
      const shown = rows.map(({ id, code, kind, district, amount, ...row }) => ({
        id,
        code,
        kind,
        district,
        lat: row.lat,
        lon: row.lon,
        hours: row.hours,
        active: row.active,
        mergedInto: row.merged_into,
        nameTh: row.name_th,
        nameEn: row.name_en,
        reportedAt: row.counted_at?.getTime() ?? null,
        amount,
        beds: row.beds as Listed['beds'],
      }))
      const next = last && rows.length === limit ? writeCursor([last.amount, last.id]) : null
      return c.json({ facilities: shown, cursor: next, total, unnamed }, 200)
    })
}

type Listed = z.infer<typeof facilitiesAnswer>['facilities'][number]

/** @throws ApiError 400: beds have no sum over levels, because a free bed of one does not help who needs another. */
function facilityAmount(metric: string, { day, days }: { day?: string | undefined; days: number }): FacilityAmount {
  const found = rowsBehindMetric(metric)
  const { table, where, amount } = found ?? {}
  const counted = day && found?.day ? { last: day, length: days } : undefined
  if (table === 'beds' && where?.level && amount) return { table, column: amount, where }
  if (table === 'facilities' && where) return { table, where }
  if (table === 'vaccinations' && where && amount) return { table, column: amount, where, days: counted }
  // Occupied beds of several days have no sum either.
  if (table === 'bed_census' && where?.level && amount && counted?.length === 1) {
    return { table, column: amount, where, days: counted }
  }
  throw unfitField('query', 'metric', 'metric_unknown')
}
