import { lateAnswer, lateQuery } from '../../contract/api/late.ts'
import { listLate } from '../../work/reports/late.ts'
import { areaAsked, type Call, call, callRoutes } from '../calls.ts'
import type { AppDeps } from '../env.ts'
import { demandReady } from '../ready.ts'

const calls = (deps: AppDeps): readonly Call[] => [
  call({
    path: '/api/late',
    action: 'report.read',
    resource: areaAsked,
    tag: 'reports',
    summary: 'Who has not reported, by name: provinces and their numbers of the day, facilities past their deadline',
    asks: lateQuery,
    says: 'A page of facilities, and all provinces',
    answer: lateAnswer,
    faults: { 503: 'The first snapshot has not been taken yet' },
    work({ trx }, _, { day = deps.situation.today, ...page }) {
      demandReady(deps)
      return listLate(trx, (column, code) => deps.situation.cell(column, code), { day, ...page })
    },
  }),
]

export const lateRoutes = (deps: AppDeps) => callRoutes(deps, calls(deps))
