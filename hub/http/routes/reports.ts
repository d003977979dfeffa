import { z } from '@hono/zod-openapi'
import { listReports } from '../../../db/queries/reports.ts'
import { withAccount } from '../../../db/queries/rls.ts'
import { behind } from '../../cases/behind.ts'
import { ApiError } from '../api-error.ts'
import { secured, signedIn } from '../auth/secured.ts'
import { reportAnswer, reportsAnswer, reportsQuery, testsBody } from '../bodies/reports.ts'
import { commandRoute, fault, json } from '../command-route.ts'
import { reportTests } from '../commands/reports.ts'
import { commanderOf, runCommand } from '../commands/run.ts'
import type { AppDeps } from '../env.ts'
import { createRouter } from '../router.ts'

const tests = commandRoute({
  path: '/api/tests',
  action: 'test.report',
  tag: 'reports',
  summary: 'Report the tests of a district and day, or a correction',
  body: testsBody,
  answer: reportAnswer,
  params: z.object({}),
})

const list = secured(
  {
    method: 'get',
    path: '/api/reports',
    tags: ['reports'],
    summary: 'The reports behind a number of doses or tests: late ones and corrections by name, newest first',
    request: { query: reportsQuery },
    responses: { 200: { description: 'A page', content: json(reportsAnswer) }, 400: fault('The request is wrong') },
  },
  'case.read',
  (c) => ({ area: c.req.query('area') ?? '' }),
)

export function reportRoutes(deps: AppDeps) {
  return createRouter()
    .openapi(tests, async (c) => {
      const input = c.req.valid('json')
      const by = commanderOf(await signedIn(c))
      const { body } = await runCommand(deps, c, by, input, async (context) => ({
        status: 200,
        body: await reportTests(context, input),
      }))
      return c.json(body, 200)
    })
    .openapi(list, async (c) => {
      const { area, metric, day, before, limit } = c.req.valid('query')
      const found = behind(metric)
      const table = found?.table
      if (found === undefined || (table !== 'vaccinations' && table !== 'tests')) {
        const message = 'no metric of doses or tests; cases and needs: GET /api/cases'
        throw new ApiError(400, 'invalid_input', 'The request is wrong in: metric.', [
          { in: 'query', path: 'metric', message },
        ])
      }
      const grant = await signedIn(c)
      const rows = await withAccount(deps.db, grant, (trx) =>
        listReports(trx, table, { area, day, where: found.where }, before, limit),
      )
      const reports = rows.map((row) => ({
        id: row.id,
        district: row.district,
        facility: 'facility_id' in row ? row.facility_id : null,
        day: row.day,
        kind: row.kind,
        dose: 'dose' in row ? row.dose : null,
        group: 'target_group' in row ? row.target_group : null,
        amount: 'doses' in row ? row.doses : row.tested,
        positive: 'positive' in row ? row.positive : null,
        sourceAt: row.source_at.getTime(),
        recordedAt: row.recorded_at.getTime(),
      }))
      const last = rows.at(-1)
      return c.json({ reports, cursor: last && rows.length === limit ? last.id : null }, 200)
    })
}
