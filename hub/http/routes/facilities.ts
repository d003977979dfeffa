import { withAccount } from '../../../db/queries/rls.ts'
import { bedsAnswer, bedsBody, facilityParams, reportAnswer, vaccinationsBody } from '../../contract/api/reports.ts'
import { commanderOf, runCommand } from '../../work/command/run.ts'
import { readBeds, reportBeds, reportVaccinations } from '../../work/reports/reports.ts'
import { secured, signedIn } from '../auth/secured.ts'
import { commandRoute, fault, json } from '../command-route.ts'
import type { AppDeps } from '../env.ts'
import { createRouter } from '../router.ts'

const read = secured(
  {
    method: 'get',
    path: '/api/facilities/{id}/beds',
    tags: ['facilities'],
    summary: 'Beds of a facility by level, as last counted',
    request: { params: facilityParams },
    responses: {
      200: { description: 'The beds', content: json(bedsAnswer) },
      404: fault('No such facility in your area'),
    },
  },
  'facility.report',
)
const report = commandRoute({
  path: '/api/facilities/{id}/beds',
  action: 'facility.report',
  tag: 'facilities',
  summary: 'Report beds by level; 409 when a newer count stands',
  body: bedsBody,
  answer: bedsAnswer,
  params: facilityParams,
})
const vaccinate = commandRoute({
  path: '/api/facilities/{id}/vaccinations',
  action: 'vaccination.report',
  tag: 'facilities',
  summary: 'Report doses of a day, late ones and corrections',
  body: vaccinationsBody,
  answer: reportAnswer,
  params: facilityParams,
})

export function facilityRoutes(deps: AppDeps) {
  return createRouter()
    .openapi(read, async (c) => {
      const { id } = c.req.valid('param')
      const by = commanderOf(await signedIn(c))
      return c.json(await withAccount(deps.db, by, (trx) => readBeds({ trx, by }, id)), 200)
    })
    .openapi(report, async (c) => {
      const { id } = c.req.valid('param')
      const input = c.req.valid('json')
      const by = commanderOf(await signedIn(c))
      const { body } = await runCommand(deps, c, by, input, async (context) => ({
        status: 200,
        body: await reportBeds(context, id, input),
      }))
      return c.json(body, 200)
    })
    .openapi(vaccinate, async (c) => {
      const { id } = c.req.valid('param')
      const input = c.req.valid('json')
      const by = commanderOf(await signedIn(c))
      const { body } = await runCommand(deps, c, by, input, async (context) => ({
        status: 200,
        body: await reportVaccinations(context, id, input),
      }))
      return c.json(body, 200)
    })
}
