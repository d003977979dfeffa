import { bedsAnswer, bedsBody, facilityParams, reportAnswer, vaccinationsBody } from '../../contract/api/reports.ts'
import { readBeds, reportBeds, reportVaccinations } from '../../work/reports/reports.ts'
import { secured } from '../auth/secured.ts'
import { command, commandRoutes, withCommander } from '../commands.ts'
import type { AppDeps } from '../env.ts'
import { fault, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const read = secured(
  {
    method: 'get',
    path: '/api/facilities/{id}/beds',
    tags: ['facilities'],
    summary: 'Beds of a facility by level, as last counted',
    request: { params: facilityParams },
    responses: { 200: ok('The beds', bedsAnswer), 404: fault('No such facility in your area') },
  },
  'facility.report',
)

const COMMANDS = [
  command({
    path: '/api/facilities/{id}/beds',
    action: 'facility.report',
    tag: 'facilities',
    summary: 'Report beds by level; 409 when a newer count stands',
    body: bedsBody,
    answer: bedsAnswer,
    params: facilityParams,
    work: reportBeds,
  }),
  command({
    path: '/api/facilities/{id}/vaccinations',
    action: 'vaccination.report',
    tag: 'facilities',
    summary: 'Report doses of a day, late ones and corrections',
    body: vaccinationsBody,
    answer: reportAnswer,
    params: facilityParams,
    work: reportVaccinations,
  }),
]

export function facilityRoutes(deps: AppDeps) {
  const router = createRouter()
  router.openapi(read, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await withCommander(deps, c, (context) => readBeds(context, id)), 200)
  })
  return commandRoutes(deps, COMMANDS, router)
}
