import { facilitiesQuery, reportsQuery } from '../../contract/api/lists.ts'
import { pageOfFacilities } from '../../work/facilities/facility-list.ts'
import { pageOfReports } from '../../work/reports/report-list.ts'
import { areaAsked, callOf, callRoutes } from '../calls.ts'
import type { AppDeps } from '../env.ts'

const page = { action: 'report.read', resource: areaAsked, says: 'A page' } as const

/** The lists behind numbers that are not of cases. No personal data is in them. */
const CALLS = [
  callOf('reports')(
    'GET /api/reports',
    {
      ...page,
      summary: 'The reports behind a number of doses or tests: late ones and corrections by name, newest first',
      asks: reportsQuery,
    },
    (context, _, query) => pageOfReports(context, query),
  ),
  callOf('facilities')(
    'GET /api/facilities',
    {
      ...page,
      summary: 'Facilities of an area with their beds by level: by name, or those behind a number; pages by cursor',
      asks: facilitiesQuery,
    },
    (context, _, query) => pageOfFacilities(context, query),
  ),
]

export const listRoutes = (deps: AppDeps) => callRoutes(deps, CALLS)
