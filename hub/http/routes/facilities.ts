import { readBeds, reportBeds, reportVaccinations } from '../../work/reports/reports.ts'
import { callOf, callRoutes } from '../calls.ts'
import { commandOf, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const command = commandOf('facilities')

const COMMANDS = [
  command(
    'POST /api/facilities/{id}/beds',
    'facility.report',
    'Report beds by level; 409 when a newer count stands',
    reportBeds,
  ),
  command(
    'POST /api/facilities/{id}/vaccinations',
    'vaccination.report',
    'Report doses of a day, late ones and corrections',
    reportVaccinations,
  ),
]

const beds = callOf('facilities')(
  'GET /api/facilities/{id}/beds',
  {
    action: 'facility.report',
    summary: 'Beds of a facility by level, as last counted',
    says: 'The beds',
    faults: { 404: 'No such facility in your area' },
  },
  readBeds,
)

export const facilityRoutes = (deps: AppDeps) => commandRoutes(deps, COMMANDS, callRoutes(deps, [beds]))
