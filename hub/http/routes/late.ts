import { lateQuery } from '../../contract/api/late.ts'
import { listLate } from '../../work/reports/late.ts'
import { areaAsked, callOf, callRoutes } from '../calls.ts'
import type { AppDeps } from '../env.ts'
import { demandReady } from '../ready.ts'

const late = (deps: AppDeps) =>
  callOf('reports')(
    'GET /api/late',
    {
      action: 'report.read',
      resource: areaAsked,
      summary: 'Who has not reported, by name: provinces and their numbers of the day, facilities past their deadline',
      asks: lateQuery,
      says: 'A page of facilities, and all provinces',
      faults: { 503: 'The first snapshot has not been taken yet' },
    },
    ({ trx }, _, { day = deps.situation.today, ...page }) => {
      demandReady(deps)
      return listLate(trx, (column, code) => deps.situation.cell(column, code), { day, ...page })
    },
  )

export const lateRoutes = (deps: AppDeps) => callRoutes(deps, [late(deps)])
