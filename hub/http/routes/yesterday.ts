import { readYesterday } from '../../../db/queries/day-marks.ts'
import { yesterdayQuery } from '../../contract/api/yesterday.ts'
import { areaAsked, callOf, callRoutes } from '../calls.ts'
import type { AppDeps } from '../env.ts'

const yesterday = ({ clock }: AppDeps) =>
  callOf('situation')(
    'GET /api/yesterday',
    {
      action: 'province.read',
      resource: areaAsked,
      summary: 'The numbers of a scope as they stood yesterday at the same hour',
      asks: yesterdayQuery,
      says: 'The mark of that hour; `null` when nobody has made it',
    },
    async ({ trx }, _, { area }) => {
      const mark = await readYesterday(trx, area, clock.now())
      return { mark: mark ? { ...mark, at: mark.at.getTime() } : null }
    },
  )

export const yesterdayRoutes = (deps: AppDeps) => callRoutes(deps, [yesterday(deps)])
